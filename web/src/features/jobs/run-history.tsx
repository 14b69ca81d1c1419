import { useQuery } from '@tanstack/react-query';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { HistoryEntry } from '#api/api-model.ts';
import { ErrorNotice } from '#components/error-notice.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { formatInstant, formatMilliseconds } from '#components/value-formats.ts';
import { historyText, pagesOfEntry } from './history-text.ts';
import { jobHistoryQuery } from './job-queries.ts';

/** What happened during a run, in order. */
export function RunHistory({ jobId }: { jobId: string }) {
  const { t } = useTranslation();
  const history = useQuery(jobHistoryQuery(jobId));
  if (history.isPending) return <Skeleton className="h-24" />;
  if (history.isError) {
    return <ErrorNotice error={history.error} onRetry={() => void history.refetch()} />;
  }
  if (history.data.length === 0) {
    return <p className="text-sm text-ink-soft">{t('info.noHistory')}</p>;
  }
  return (
    <ol className="space-y-0.5 text-sm">
      {history.data.map((entry) => (
        <HistoryLine key={entry.seq} entry={entry} />
      ))}
    </ol>
  );
}

function HistoryLine({ entry }: { entry: HistoryEntry }) {
  const { t } = useTranslation();
  const pages = pagesOfEntry(entry);
  const facts = [
    pages === null ? '' : t(pages.from === pages.to ? 'history.page' : 'history.pages', pages),
    entry.attempt !== null && entry.attempt > 1 ? t('info.attempt', { count: entry.attempt }) : '',
    entry.durationMs === null ? '' : formatMilliseconds(entry.durationMs),
  ].filter((fact) => fact !== '');
  return (
    <li className="grid grid-cols-[auto_1fr_auto] items-baseline gap-x-3 py-1">
      <time
        dateTime={entry.createdAt}
        title={formatInstant(entry.createdAt)}
        className="font-mono text-xs text-ink-faint"
      >
        {new Date(entry.createdAt).toLocaleTimeString('en-GB')}
      </time>
      <span>{t(historyText(entry))}</span>
      <span className="text-right text-xs text-ink-soft">{facts.join(' · ')}</span>
      {entry.errorMessage !== null && (
        <span className="col-start-2 text-bad">{entry.errorMessage}</span>
      )}
    </li>
  );
}
