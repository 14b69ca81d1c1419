import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { restoreEntry, trashEntry } from '#api/journal-api.ts';
import { notify, offerUndo, reportFailure } from '#components/toast-queue.ts';
import { useErrorText } from '#components/use-error-text.ts';

/** What a person does with an entry of the list. Deleting is undone, never asked about. */
export function useEntryActions() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const queryClient = useQueryClient();
  const onSettled = () => queryClient.invalidateQueries({ queryKey: ['journal'] });
  const onError = (error: unknown) => reportFailure(t('errors.title'), errorText(error));
  const restore = useMutation({
    mutationFn: restoreEntry,
    onSuccess: () => notify(t('journal.restored')),
    onError,
    onSettled,
  });
  const trash = useMutation({
    mutationFn: trashEntry,
    onSuccess: (_, entryId) => {
      offerUndo(t('journal.deleted'), t('actions.undo'), () => restore.mutate(entryId));
    },
    onError,
    onSettled,
  });
  return { restore: restore.mutate, trash: trash.mutate };
}
