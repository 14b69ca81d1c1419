import { Link } from '@tanstack/react-router';
import { ListTree, RotateCcw, Square } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ParseKeys } from 'i18next';
import type { Job } from '#api/api-model.ts';
import { IconButton } from '#components/icon-button.tsx';
import { StatusBadge } from '#components/status-badge.tsx';
import { TimeAgo } from '#components/time-ago.tsx';
import { formatMilliseconds } from '#components/value-formats.ts';
import { useJobActions } from './job-actions.ts';
import { JobProgress } from './job-progress.tsx';
import { canCancel, canRetry, isOpen } from './job-state.ts';
import { RunHistory } from './run-history.tsx';

const stageTexts: Readonly<Record<string, ParseKeys>> = {
  classify: 'stage.classify',
  preprocess: 'stage.preprocess',
  ocr: 'stage.ocr',
  llm: 'stage.llm',
  validate: 'stage.validate',
  persist: 'stage.persist',
};

/** One run, with its log on demand. */
export function JobRow({ job }: { job: Job }) {
  const [isLogShown, setIsLogShown] = useState(false);
  const cell = 'px-3 py-3 align-middle max-md:block max-md:px-0 max-md:py-1 max-md:col-start-1';
  return (
    <>
      <tr className="max-md:grid max-md:grid-cols-[1fr_auto] max-md:gap-x-3 max-md:p-4">
        <td className={`${cell} max-w-72 md:pl-4`}>
          <Link
            to="/documents/$documentId"
            params={{ documentId: job.documentId }}
            className="block truncate font-medium hover:text-accent"
          >
            {job.documentTitle}
          </Link>
          {job.errorMessage !== null && <p className="mt-0.5 text-bad">{job.errorMessage}</p>}
        </td>
        <td className={cell}>
          <StatusBadge status={job.status} />
          <StageText job={job} />
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

function StageText({ job }: { job: Job }) {
  const { t } = useTranslation();
  const key = job.status === 'running' && job.stage !== null ? stageTexts[job.stage] : undefined;
  return key ? <p className="mt-1 text-xs text-ink-soft">{t(key)}</p> : null;
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

interface JobButtonsProps {
  job: Job;
  isLogShown: boolean;
  onToggleLog: (isShown: boolean) => void;
}

function JobButtons({ job, isLogShown, onToggleLog }: JobButtonsProps) {
  const { t } = useTranslation();
  const { retry, cancel, isBusy } = useJobActions();
  return (
    <div className="flex justify-end gap-1">
      {canRetry(job) && (
        <IconButton
          icon={RotateCcw}
          label={t('jobs.retryOf', { title: job.documentTitle })}
          disabled={isBusy}
          onClick={() => retry(job.id)}
        />
      )}
      {canCancel(job) && (
        <IconButton
          icon={Square}
          label={t('jobs.cancelOf', { title: job.documentTitle })}
          disabled={isBusy}
          onClick={() => cancel(job.id)}
        />
      )}
      <IconButton
        icon={ListTree}
        label={t('jobs.logOf', { title: job.documentTitle })}
        aria-expanded={isLogShown}
        onClick={() => onToggleLog(!isLogShown)}
      />
    </div>
  );
}
