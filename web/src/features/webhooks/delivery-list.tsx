import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { WebhookDelivery } from '#api/api-model.ts';
import { replayDelivery } from '#api/webhook-api.ts';
import { plainButton } from '#components/button-styles.ts';
import { ErrorNotice } from '#components/error-notice.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { TimeAgo } from '#components/time-ago.tsx';
import { reportFailure } from '#components/toast-queue.ts';
import { useErrorText } from '#components/use-error-text.ts';
import { deliveriesQuery } from './webhook-queries.ts';

/** What was sent to a webhook and how it went, with the means to send it again. */
export function DeliveryList({ webhookId }: { webhookId: string }) {
  const { t } = useTranslation();
  const deliveries = useInfiniteQuery(deliveriesQuery(webhookId));
  if (deliveries.isPending) return <Skeleton className="h-20" />;
  if (deliveries.isError) {
    return <ErrorNotice error={deliveries.error} onRetry={() => void deliveries.refetch()} />;
  }
  const rows = deliveries.data.pages.flatMap((page) => page.items);
  if (rows.length === 0)
    return <p className="text-sm text-ink-soft">{t('webhooks.nothingSent')}</p>;
  return (
    <>
      <ul aria-label={t('webhooks.log')} className="divide-y divide-line rounded-lg bg-sunken px-3">
        {rows.map((delivery) => (
          <li key={delivery.id}>
            <DeliveryRow webhookId={webhookId} delivery={delivery} />
          </li>
        ))}
      </ul>
      {deliveries.hasNextPage && (
        <button
          type="button"
          className={plainButton}
          disabled={deliveries.isFetchingNextPage}
          onClick={() => void deliveries.fetchNextPage()}
        >
          {t('jobs.more')}
        </button>
      )}
    </>
  );
}

const looks = {
  pending: 'text-ink-soft',
  held: 'text-warn',
  delivered: 'text-good',
  dead: 'text-bad',
} as const;

function DeliveryRow({ webhookId, delivery }: { webhookId: string; delivery: WebhookDelivery }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const queryClient = useQueryClient();
  const replay = useMutation({
    mutationFn: () => replayDelivery({ webhookId, id: delivery.id }),
    onError: (error) => reportFailure(t('errors.title'), errorText(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['webhook-deliveries', webhookId] }),
  });
  const isOver = delivery.status === 'delivered' || delivery.status === 'dead';
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 text-sm">
      <div className="min-w-0 flex-1">
        <p>
          <code className="font-mono text-xs">{delivery.event}</code>{' '}
          <span className={looks[delivery.status]}>
            {t(`webhooks.status.${delivery.status}`)}
            {delivery.responseStatus !== null && ` · ${delivery.responseStatus}`}
          </span>
        </p>
        <p className="text-xs text-ink-soft">
          <TimeAgo instant={delivery.createdAt} /> ·{' '}
          {t('jobs.attempts', { count: delivery.attempts })}
          {delivery.errorMessage !== null && ` · ${delivery.errorMessage}`}
        </p>
      </div>
      {isOver && (
        <button
          type="button"
          className={plainButton}
          disabled={replay.isPending}
          onClick={() => replay.mutate()}
        >
          {t('webhooks.sendAgain')}
        </button>
      )}
    </div>
  );
}
