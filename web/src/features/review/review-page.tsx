import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useReviewActions } from './review-actions.ts';
import { ReviewQueue } from './review-queue.tsx';
import { ReviewDesk } from './review-desk.tsx';

const route = getRouteApi('/review');

/** Pages that Docmill was not sure of: the queue, or the one that is open. */
export function ReviewPage() {
  const { task: taskId } = route.useSearch();
  const navigate = route.useNavigate();
  const show = useCallback(
    (next: string | null) => {
      void navigate({ search: next === null ? {} : { task: next } });
    },
    [navigate],
  );
  const actions = useReviewActions(show);
  if (taskId === undefined) return <ReviewQueue actions={actions} />;
  return <ReviewDesk key={taskId} taskId={taskId} actions={actions} onBack={() => show(null)} />;
}
