import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { ReviewTask } from '#api/api-model.ts';
import { completeTask, openNextTask, releaseTask, startTask } from '#api/review-api.ts';
import { notify, reportFailure } from '#components/toast-queue.ts';
import { useErrorText } from '#components/use-error-text.ts';

interface Decision {
  task: ReviewTask;
  zones: readonly { id: string; content: string }[];
}

/** What a reviewer does; `show` opens a question, or the queue for null. */
export function useReviewActions(show: (taskId: string | null) => void) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const queryClient = useQueryClient();
  const onError = (error: unknown) => reportFailure(t('errors.title'), errorText(error));
  const refreshQueue = () => queryClient.invalidateQueries({ queryKey: ['review', 'queue'] });
  const open = (task: ReviewTask | null) => {
    if (task === null) notify(t('review.done'));
    else queryClient.setQueryData(['review', 'task', task.id], task);
    show(task?.id ?? null);
  };
  const next = useMutation({ mutationFn: openNextTask, onSuccess: open, onError });
  const start = useMutation({ mutationFn: startTask, onSuccess: open, onError });
  const skip = useMutation({
    mutationFn: releaseTask,
    onSuccess: () => show(null),
    onError,
    onSettled: refreshQueue,
  });
  const decide = useMutation({
    mutationFn: async ({ task, zones }: Decision) => {
      await completeTask(task.id, zones);
      return openNextTask();
    },
    onSuccess: open,
    onError,
    onSettled: async (_data, _error, { task }) => {
      await refreshQueue();
      await queryClient.invalidateQueries({ queryKey: ['page', task.documentId] });
      await queryClient.invalidateQueries({ queryKey: ['documents'] });
      await queryClient.invalidateQueries({ queryKey: ['document'] });
    },
  });
  return {
    next: () => next.mutate(),
    start: start.mutate,
    skip: skip.mutate,
    decide: decide.mutate,
    isBusy: next.isPending || start.isPending || skip.isPending || decide.isPending,
  };
}
