import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowLeft, ClipboardCheck } from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { ReviewTask } from '#api/api-model.ts';
import { plainButton } from '#components/button-styles.ts';
import { EmptyState } from '#components/empty-state.tsx';
import { ErrorNotice } from '#components/error-notice.tsx';
import { IconButton } from '#components/icon-button.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { pageQuery } from '#features/viewer/viewer-queries.ts';
import { ReviewForm } from './review-form.tsx';
import { ReviewPicture } from './review-picture.tsx';
import { reviewTaskQuery } from './review-queries.ts';
import type { ReviewActions } from './review-queue.tsx';
import { zonesToCheck } from './zones-to-check.ts';

interface ReviewDeskProps {
  taskId: string;
  actions: ReviewActions;
  onBack: () => void;
}

/** One question: the page on one side, what was read of it on the other. */
export function ReviewDesk({ taskId, actions, onBack }: ReviewDeskProps) {
  const { t } = useTranslation();
  const task = useQuery(reviewTaskQuery(taskId));
  if (task.isPending) return <Skeleton className="m-6 h-96" />;
  if (task.isError) {
    return (
      <div className="p-6 pt-16">
        <ErrorNotice level={1} error={task.error} onRetry={() => void task.refetch()} />
      </div>
    );
  }
  if (task.data.status === 'completed' || task.data.status === 'cancelled') {
    return (
      <EmptyState icon={ClipboardCheck} title={t('review.title')} text={t('review.gone')} level={1}>
        <button type="button" onClick={onBack} className={plainButton}>
          {t('review.back')}
        </button>
      </EmptyState>
    );
  }
  const { documentId, documentTitle } = task.data;
  const number = task.data.pageNumber ?? 1;
  return (
    <div className="flex h-full flex-col">
      <div className="flex h-14 shrink-0 items-center gap-3 border-b border-line bg-surface px-2 md:px-3">
        <IconButton icon={ArrowLeft} label={t('review.back')} onClick={onBack} />
        <h1 className="min-w-0 flex-1 truncate text-base font-semibold">
          {documentTitle} · {t('review.page', { number })}
        </h1>
        <Link
          to="/documents/$documentId"
          params={{ documentId }}
          search={{ page: number }}
          className={`${plainButton} max-md:hidden`}
        >
          {t('review.toDocument')}
        </Link>
      </div>
      <DeskSides task={task.data} number={number} actions={actions} />
    </div>
  );
}

interface DeskSidesProps {
  task: ReviewTask;
  number: number;
  actions: ReviewActions;
}

function DeskSides({ task, number, actions }: DeskSidesProps) {
  const { t } = useTranslation();
  const page = useQuery({ ...pageQuery(task.documentId, number), staleTime: 0 });
  if (page.isPending) return <Skeleton className="m-6 h-96" />;
  if (page.isError) {
    return (
      <div className="p-6">
        <ErrorNotice error={page.error} onRetry={() => void page.refetch()} />
      </div>
    );
  }
  const zones = zonesToCheck(task, page.data.zones ?? []);
  return (
    <div className="flex min-h-0 flex-1 max-lg:flex-col">
      <div
        role="region"
        aria-label={t('review.pictureSide')}
        tabIndex={0}
        className="min-h-0 min-w-0 flex-1 overflow-auto bg-sunken p-4 max-lg:max-h-[45%]"
      >
        <ReviewPicture task={task} number={number} page={page.data} zones={zones} />
      </div>
      <div className="min-h-0 overflow-y-auto border-line bg-surface p-4 max-lg:flex-1 max-lg:border-t lg:w-[30rem] lg:border-l">
        <ReviewForm key={task.id} task={task} zones={zones} actions={actions} />
      </div>
    </div>
  );
}
