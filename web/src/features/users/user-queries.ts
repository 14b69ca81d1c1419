import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { listInvitations, listUsers } from '#api/user-api.ts';

/** People with an account, newest first, in pages of 50; `q` narrows them down. */
export function usersQuery(q: string) {
  return infiniteQueryOptions({
    queryKey: ['users', q],
    queryFn: ({ pageParam, signal }) =>
      listUsers({ q: q === '' ? undefined : q, cursor: pageParam, limit: 50 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** Invitations that nobody has accepted yet, newest first, in pages of 50. */
export const invitationsQuery = infiniteQueryOptions({
  queryKey: ['invitations'],
  queryFn: ({ pageParam, signal }) => listInvitations({ cursor: pageParam, limit: 50 }, signal),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.nextCursor ?? undefined,
});
