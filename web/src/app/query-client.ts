import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '#api/api-error.ts';

/** Server state. A refusal (4xx) is final; anything else is tried twice more. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) =>
          failures < 2 && !(error instanceof ApiError && error.status < 500),
      },
    },
  });
}
