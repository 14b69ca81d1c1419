import { queryOptions, useQuery } from '@tanstack/react-query';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Usage } from '#api/api-model.ts';
import { getUsage } from '#api/usage-api.ts';
import { ErrorNotice } from '#components/error-notice.tsx';
import { PageCard } from '#components/page-card.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { formatBytes, formatCount } from '#components/value-formats.ts';
import { DayBars } from './day-bars.tsx';
import { everyDay } from './every-day.ts';
import { UsageLimitsCard } from './usage-limits-card.tsx';

const usageQuery = queryOptions({
  queryKey: ['usage'],
  queryFn: ({ signal }) => getUsage(signal),
});

/** What was used in the last 30 days. */
export function UsagePage() {
  const { t } = useTranslation();
  const usage = useQuery(usageQuery);
  if (usage.isPending) return <Skeleton className="h-72" />;
  if (usage.isError) {
    return <ErrorNotice error={usage.error} onRetry={() => void usage.refetch()} />;
  }
  const { from, to, days } = usage.data;
  return (
    <>
      <UsageLimitsCard limits={usage.data.limits} />
      <UsageTotals usage={usage.data} />
      <PageCard title={t('usage.pagesByDay')}>
        <DayBars
          label={t('usage.pagesByDay')}
          days={usage.data.days.map(({ date, pagesProcessed }) => ({
            date,
            count: pagesProcessed,
          }))}
        />
      </PageCard>
      <PageCard title={t('usage.queriesByDay')}>
        <DayBars
          label={t('usage.queriesByDay')}
          days={everyDay(
            from,
            to,
            days.map(({ date, queriesMade: count }) => ({ date, count })),
          )}
        />
      </PageCard>
    </>
  );
}

function UsageTotals({ usage }: { usage: Usage }) {
  const { t } = useTranslation();
  const facts = [
    { name: t('usage.pages'), value: formatCount(usage.pagesProcessed) },
    { name: t('usage.queries'), value: formatCount(usage.queriesMade) },
    { name: t('usage.stored'), value: formatBytes(usage.storageBytes) },
  ];
  return (
    <PageCard title={t('usage.title')} text={t('usage.text')}>
      <dl className="grid gap-4 sm:grid-cols-3">
        {facts.map(({ name, value }) => (
          <div key={name}>
            <dt className="text-sm text-ink-soft">{name}</dt>
            <dd className="text-2xl font-semibold">{value}</dd>
          </div>
        ))}
      </dl>
    </PageCard>
  );
}
