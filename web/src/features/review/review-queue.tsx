import { useInfiniteQuery } from '@tanstack/react-query';
import { ClipboardCheck } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { ReviewTask } from '#api/api-model.ts';
import { plainButton, primaryButton } from '#components/button-styles.ts';
import { EmptyState } from '#components/empty-state.tsx';
import { ErrorNotice } from '#components/error-notice.tsx';
import type { KeyBinding } from '#components/key-binding.ts';
import { Skeleton } from '#components/skeleton.tsx';
import { TimeAgo } from '#components/time-ago.tsx';
import { useKeymap } from '#components/use-keymap.ts';
import type { useReviewActions } from './review-actions.ts';
import { reviewQueueQuery } from './review-queries.ts';

export type ReviewActions = ReturnType<typeof useReviewActions>;

/** Everything that waits for a person, and the way to the next. */
export function ReviewQueue({ actions }: { actions: ReviewActions }) {
  const { t } = useTranslation();
  const queue = useInfiniteQuery(reviewQueueQuery());
  const { next } = actions;
  const bindings = useMemo(
    (): KeyBinding[] => [{ keys: ['n'], label: 'keys.nextTask', run: next }],
    [next],
  );
  useKeymap('review', bindings);
  const tasks = queue.data?.pages.flatMap((page) => page.items) ?? [];
  const open = queue.data?.pages[0]?.open ?? 0;
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-4xl px-4 py-6 md:px-8">
        <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
          <h1 className="text-2xl font-semibold">{t('review.title')}</h1>
          {tasks.length > 0 && (
            <>
              <p role="status" className="text-sm text-ink-soft">
                {t('review.open', { count: open })}
              </p>
              <button
                type="button"
                disabled={actions.isBusy}
                aria-keyshortcuts="n"
                onClick={next}
                className={`${primaryButton} md:ml-auto`}
              >
                {t('review.next')}
              </button>
            </>
          )}
        </div>
        {queue.isPending && <Skeleton className="mt-6 h-72" />}
        {queue.isError && (
          <div className="mt-10">
            <ErrorNotice error={queue.error} onRetry={() => void queue.refetch()} />
          </div>
        )}
        {queue.isSuccess && tasks.length === 0 && (
          <EmptyState
            icon={ClipboardCheck}
            title={t('review.emptyTitle')}
            text={t('review.emptyText')}
          />
        )}
        {tasks.length > 0 && (
          <>
            <p className="mt-3 text-sm text-ink-soft">{t('review.intro')}</p>
            <ul
              aria-label={t('review.queue')}
              className="mt-4 divide-y divide-line rounded-xl border border-line bg-surface"
            >
              {tasks.map((task) => (
                <TaskLine key={task.id} task={task} actions={actions} />
              ))}
            </ul>
          </>
        )}
        {queue.hasNextPage && (
          <button
            type="button"
            onClick={() => void queue.fetchNextPage()}
            className={`${plainButton} mt-4`}
          >
            {t('review.more')}
          </button>
        )}
      </div>
    </div>
  );
}

function TaskLine({ task, actions }: { task: ReviewTask; actions: ReviewActions }) {
  const { t } = useTranslation();
  const number = task.pageNumber ?? 1;
  return (
    <li>
      <button
        type="button"
        disabled={actions.isBusy}
        onClick={() => actions.start(task.id)}
        className="flex w-full flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3 text-left hover:bg-sunken"
      >
        <span className="min-w-0 flex-1 truncate font-medium">{task.documentTitle}</span>
        <span className="text-sm text-ink-soft">{t('review.page', { number })}</span>
        <ReasonSign task={task} />
        <span className="text-xs text-ink-soft">
          <TimeAgo instant={task.createdAt} />
        </span>
      </button>
    </li>
  );
}

function ReasonSign({ task }: { task: ReviewTask }) {
  const { t } = useTranslation();
  const text =
    task.reason === 'low_confidence'
      ? t('review.lowConfidence')
      : task.reason === 'validation_failed'
        ? t('review.failed')
        : t('review.other');
  return (
    <span className="rounded-full bg-warn-soft px-2 py-0.5 text-xs font-medium text-warn">
      {text}
      {task.assignedTo !== null && ` · ${t('review.taken')}`}
    </span>
  );
}
