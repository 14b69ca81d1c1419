import { RotateCcw } from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Document } from '#api/api-model.ts';
import { plainButton } from '#components/button-styles.ts';
import { StatusBadge } from '#components/status-badge.tsx';
import { useJobActions } from '#features/jobs/job-actions.ts';
import { JobProgress } from '#features/jobs/job-progress.tsx';
import { canRetry, isOpen } from '#features/jobs/job-state.ts';
import { DocumentTypeBadge } from './document-type-badge.tsx';

/** How far a document of a list is, and what can be done about it. */
export function DocumentState({ document }: { document: Document }) {
  const { t } = useTranslation();
  const { retry, isBusy } = useJobActions();
  const { job } = document;
  const isSaidByRow =
    document.status === 'completed' ||
    (document.status === 'failed' && job !== null && job.errorMessage !== null);
  if (job && isOpen(job)) {
    return (
      <div className="w-80 shrink-0 max-md:hidden">
        <JobProgress job={job} />
      </div>
    );
  }
  return (
    <div className="flex shrink-0 items-center gap-2">
      {job && canRetry(job) && (
        <button
          type="button"
          className={plainButton}
          disabled={isBusy}
          aria-label={t('jobs.retryOf', { title: document.title })}
          onClick={() => retry(job.id)}
        >
          <RotateCcw size={15} aria-hidden />
          <span className="max-md:hidden">{t('jobs.retry')}</span>
        </button>
      )}
      <span className="max-md:hidden">
        <DocumentTypeBadge document={document} />
      </span>
      {/* On a small screen the row itself says so: nothing beside a ready one, the reason in a failed one. */}
      <span className={isSaidByRow ? 'max-md:hidden' : ''}>
        <StatusBadge status={job?.status === 'cancelled' ? 'cancelled' : document.status} />
      </span>
    </div>
  );
}
