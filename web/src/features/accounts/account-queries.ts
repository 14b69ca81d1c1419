import { queryOptions } from '@tanstack/react-query';
import { getAccount, getAuthOptions } from '#api/account-api.ts';

/** How one signs in here. */
export const authOptionsQuery = queryOptions({
  queryKey: ['auth-options'],
  queryFn: ({ signal }) => getAuthOptions(signal),
  staleTime: 60_000,
});

/** Who is signed in. */
export const accountQuery = queryOptions({
  queryKey: ['account'],
  queryFn: ({ signal }) => getAccount(signal),
  staleTime: 60_000,
});
