import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from '#app/i18n/use-translation.ts';
import {
  cancelJob,
  pauseJob,
  prioritiseJob,
  redriveJob,
  resumeJob,
  retryJob,
} from '#api/docmill-api.ts';
import { reportFailure } from '#components/toast-queue.ts';
import { useErrorText } from '#components/use-error-text.ts';

/** What can be done to a run; a refusal is shown as a toast. */
export function useJobActions(): {
  retry: (jobId: string) => void;
  cancel: (jobId: string) => void;
  pause: (jobId: string) => void;
  resume: (jobId: string) => void;
  redrive: (jobId: string) => void;
  prioritise: (change: { jobId: string; priority: number }) => void;
  isBusy: boolean;
} {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const queryClient = useQueryClient();
  const settle = {
    onSettled: async () => {
      await queryClient.invalidateQueries({ queryKey: ['jobs'] });
      await queryClient.invalidateQueries({ queryKey: ['job-history'] });
      await queryClient.invalidateQueries({ queryKey: ['queue-stats'] });
      await queryClient.invalidateQueries({ queryKey: ['documents'] });
      await queryClient.invalidateQueries({ queryKey: ['document'] });
    },
    onError: (error: unknown) => reportFailure(t('errors.title'), errorText(error)),
  };
  const retry = useMutation({ mutationFn: retryJob, ...settle });
  const cancel = useMutation({ mutationFn: cancelJob, ...settle });
  const pause = useMutation({ mutationFn: pauseJob, ...settle });
  const resume = useMutation({ mutationFn: resumeJob, ...settle });
  const redrive = useMutation({ mutationFn: redriveJob, ...settle });
  const prioritise = useMutation({ mutationFn: prioritiseJob, ...settle });
  const all = [retry, cancel, pause, resume, redrive, prioritise];
  return {
    retry: retry.mutate,
    cancel: cancel.mutate,
    pause: pause.mutate,
    resume: resume.mutate,
    redrive: redrive.mutate,
    prioritise: prioritise.mutate,
    isBusy: all.some((action) => action.isPending),
  };
}
