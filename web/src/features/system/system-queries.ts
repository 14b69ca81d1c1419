import { queryOptions } from '@tanstack/react-query';
import { getSystem } from '#api/docmill-api.ts';

/** Versions, engines and limits of the server; asked again every minute as a sign of life. */
export const systemQuery = queryOptions({
  queryKey: ['system'],
  queryFn: ({ signal }) => getSystem(signal),
  staleTime: 60_000,
  refetchInterval: 60_000,
});
