import { queryOptions } from '@tanstack/react-query';
import { listKeys } from '#api/key-api.ts';

/** The API keys of the account. */
export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: ({ signal }) => listKeys(signal),
});
