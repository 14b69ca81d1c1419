import { CircleAlert, RotateCcw } from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Document } from '#api/api-model.ts';
import { plainButton } from '#components/button-styles.ts';
import { useJobActions } from '#features/jobs/job-actions.ts';
import { canRetry } from '#features/jobs/job-state.ts';

/** Above the pages: why reading failed, or that pages are still to come. */
export function ViewerNotice({ document, hasPages }: { document: Document; hasPages: boolean }) {
  const { t } = useTranslation();
  const { retry, isBusy } = useJobActions();
  const { job } = document;
  if (document.status === 'failed' && job) {
    return (
      <div
        role="alert"
        className="absolute inset-x-4 top-4 z-10 mx-auto flex max-w-xl items-center gap-3 rounded-card bg-bad-soft p-4 text-sm shadow-raised"
      >
        <CircleAlert size={18} className="shrink-0 text-bad" aria-hidden />
        <p className="min-w-0 flex-1">{job.errorMessage ?? t('errors.unknown')}</p>
        {canRetry(job) && (
          <button
            type="button"
            className={plainButton}
            disabled={isBusy}
            onClick={() => retry(job.id)}
          >
            <RotateCcw size={15} aria-hidden />
            {t('jobs.retry')}
          </button>
        )}
      </div>
    );
  }
  if (hasPages) return null;
  return (
    <p className="grid h-full place-items-center p-6 text-center text-sm text-ink-soft">
      {t('viewer.noPages')}
    </p>
  );
}
