import { ListTree, Pause, Play, RotateCcw, Square } from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Job } from '#api/api-model.ts';
import { IconButton } from '#components/icon-button.tsx';
import { useJobActions } from './job-actions.ts';
import { JobMenu } from './job-menu.tsx';
import { canCancel, canPause, canRetry, isOpen } from './job-state.ts';

interface JobButtonsProps {
  job: Job;
  isLogShown: boolean;
  onToggleLog: (isShown: boolean) => void;
}

/** What can be done to a run now: only buttons that mean something are there. */
export function JobButtons({ job, isLogShown, onToggleLog }: JobButtonsProps) {
  const { t } = useTranslation();
  const { retry, cancel, pause, resume, isBusy } = useJobActions();
  const title = { title: job.title };
  return (
    <div className="flex justify-end gap-1">
      {canRetry(job) && (
        <IconButton
          icon={RotateCcw}
          label={t('jobs.retryOf', title)}
          disabled={isBusy}
          onClick={() => retry(job.id)}
        />
      )}
      {canPause(job) && (
        <IconButton
          icon={Pause}
          label={t('jobs.pauseOf', title)}
          disabled={isBusy}
          onClick={() => pause(job.id)}
        />
      )}
      {job.status === 'paused' && (
        <IconButton
          icon={Play}
          label={t('jobs.resumeOf', title)}
          disabled={isBusy}
          onClick={() => resume(job.id)}
        />
      )}
      {canCancel(job) && (
        <IconButton
          icon={Square}
          label={t('jobs.cancelOf', title)}
          disabled={isBusy}
          onClick={() => cancel(job.id)}
        />
      )}
      <IconButton
        icon={ListTree}
        label={t('jobs.logOf', title)}
        aria-expanded={isLogShown}
        onClick={() => onToggleLog(!isLogShown)}
      />
      {isOpen(job) && <JobMenu job={job} />}
    </div>
  );
}
