import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Job } from '#api/api-model.ts';
import { StatusBadge } from '#components/status-badge.tsx';
import { TimeAgo } from '#components/time-ago.tsx';
import { formatMilliseconds } from '#components/value-formats.ts';
import { JobButtons } from './job-buttons.tsx';
import { JobProgress } from './job-progress.tsx';
import { isOpen } from './job-state.ts';
import { RunHistory } from './run-history.tsx';
import { stageTexts } from './stage-texts.ts';

/** One run, with its log on demand. */
export function JobRow({ job }: { job: Job }) {
  const [isLogShown, setIsLogShown] = useState(false);
  const cell = 'px-3 py-3 align-middle max-md:block max-md:px-0 max-md:py-1 max-md:col-start-1';
  return (
    <>
      <tr className="max-md:grid max-md:grid-cols-[1fr_auto] max-md:gap-x-3 max-md:p-4">
        <td className={`${cell} max-w-72 md:pl-4`}>
          <JobTitle job={job} />
          {job.errorMessage !== null && <p className="mt-0.5 text-bad">{job.errorMessage}</p>}
        </td>
        <td className={cell}>
          <StatusBadge status={job.status} />
          <StageText job={job} />
          <PriorityText job={job} />
        </td>
        <td className={cell}>
          <JobAmount job={job} />
        </td>
        <td className={`${cell} text-ink-soft max-md:text-xs`}>
          <TimeAgo instant={job.queuedAt} />
        </td>
        <td className="px-3 py-3 align-middle max-md:col-start-2 max-md:row-start-1 max-md:p-0">
          <JobButtons job={job} isLogShown={isLogShown} onToggleLog={setIsLogShown} />
        </td>
      </tr>
      {isLogShown && (
        <tr className="max-md:block">
          <td colSpan={5} className="bg-canvas px-4 py-3 max-md:block">
            <RunHistory jobId={job.id} />
          </td>
        </tr>
      )}
    </>
  );
}

/** A link to the document; what a run over a journal entry works on has no page of its own. */
function JobTitle({ job }: { job: Job }) {
  if (job.documentId === null)
    return <span className="block truncate font-medium">{job.title}</span>;
  return (
    <Link
      to="/documents/$documentId"
      params={{ documentId: job.documentId }}
      className="block truncate font-medium hover:text-accent"
    >
      {job.title}
    </Link>
  );
}

function StageText({ job }: { job: Job }) {
  const { t } = useTranslation();
  const key = job.status === 'running' && job.stage !== null ? stageTexts[job.stage] : undefined;
  return key ? <p className="mt-1 text-xs text-ink-soft">{t(key)}</p> : null;
}

function PriorityText({ job }: { job: Job }) {
  const { t } = useTranslation();
  if (!isOpen(job) || job.priority === 0) return null;
  return (
    <p className="mt-1 text-xs text-ink-soft">{t('jobs.priorityIs', { priority: job.priority })}</p>
  );
}

function JobAmount({ job }: { job: Job }) {
  const { t } = useTranslation();
  if (isOpen(job)) return <JobProgress job={job} />;
  const facts =
    job.pagesTotal === null
      ? []
      : [t('progress.pages', { done: job.pagesDone, count: job.pagesTotal })];
  if (job.startedAt !== null && job.completedAt !== null) {
    facts.push(
      formatMilliseconds(new Date(job.completedAt).getTime() - new Date(job.startedAt).getTime()),
    );
  }
  if (job.attempts > 1) facts.push(t('jobs.attempts', { count: job.attempts }));
  return <span className="text-ink-soft">{facts.join(' · ')}</span>;
}
