import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { cancelJob, retryJob } from '#api/docmill-api.ts';
import { reportFailure } from '#components/toast-queue.ts';
import { useErrorText } from '#components/use-error-text.ts';

/** Retry and stop a run; a refusal is shown as a toast. */
export function useJobActions(): {
  retry: (jobId: string) => void;
  cancel: (jobId: string) => void;
  isBusy: boolean;
} {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const queryClient = useQueryClient();
  const settle = {
    onSettled: async () => {
      await queryClient.invalidateQueries({ queryKey: ['jobs'] });
      await queryClient.invalidateQueries({ queryKey: ['documents'] });
      await queryClient.invalidateQueries({ queryKey: ['document'] });
    },
    onError: (error: unknown) => reportFailure(t('errors.title'), errorText(error)),
  };
  const retry = useMutation({ mutationFn: retryJob, ...settle });
  const cancel = useMutation({ mutationFn: cancelJob, ...settle });
  return {
    retry: retry.mutate,
    cancel: cancel.mutate,
    isBusy: retry.isPending || cancel.isPending,
  };
}
