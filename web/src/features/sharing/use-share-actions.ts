import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { changeShare, endShare } from '#api/share-api.ts';
import { reportFailure } from '#components/toast-queue.ts';
import { useErrorText } from '#components/use-error-text.ts';

/** What the owner does with a share that was given. */
export function useShareActions() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const queryClient = useQueryClient();
  const onError = (error: unknown) => reportFailure(t('errors.title'), errorText(error));
  const onSettled = () => queryClient.invalidateQueries({ queryKey: ['shares'] });
  const change = useMutation({ mutationFn: changeShare, onError, onSettled });
  const end = useMutation({ mutationFn: endShare, onError, onSettled });
  return { change: change.mutate, end: end.mutate, isBusy: change.isPending || end.isPending };
}
