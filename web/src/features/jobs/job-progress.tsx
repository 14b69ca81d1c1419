import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Job } from '#api/api-model.ts';
import { ProgressBar } from '#components/progress-bar.tsx';
import { formatRate, formatSeconds } from '#components/value-formats.ts';

/** How far a run is: bar, pages, pages a second, time left. Keeps its height when numbers miss. */
export function JobProgress({ job }: { job: Job }) {
  const { t } = useTranslation();
  const facts: string[] = [];
  if (job.pagesTotal === null || job.status === 'queued') {
    facts.push(job.status === 'queued' ? t('status.queued') : t('progress.starting'));
  } else {
    facts.push(t('progress.pages', { done: job.pagesDone, count: job.pagesTotal }));
    if (job.pagesPerSecond !== null) {
      facts.push(t('progress.rate', { rate: formatRate(job.pagesPerSecond) }));
    }
    if (job.etaSeconds !== null) {
      facts.push(t('progress.left', { time: formatSeconds(job.etaSeconds) }));
    }
  }
  const isCounted = job.pagesTotal !== null && job.status !== 'queued';
  return (
    <div className="w-full">
      <ProgressBar
        fraction={job.status === 'queued' ? 0 : isCounted ? job.progress / 100 : null}
        label={t('progress.label', { title: job.title })}
      />
      <p className="mt-1.5 truncate text-xs text-ink-soft">{facts.join(' · ')}</p>
    </div>
  );
}
