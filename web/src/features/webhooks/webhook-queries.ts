import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { listDeliveries, listWebhooks } from '#api/webhook-api.ts';

/** The webhooks of the account. */
export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: ({ signal }) => listWebhooks(signal),
});

/** What was sent to one webhook, newest first; taken anew while it is looked at. */
export function deliveriesQuery(webhookId: string) {
  return infiniteQueryOptions({
    queryKey: ['webhook-deliveries', webhookId],
    queryFn: ({ pageParam, signal }) =>
      listDeliveries(webhookId, { cursor: pageParam, limit: 20 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: 5_000,
  });
}
