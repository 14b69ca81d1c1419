import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { renameDocument, restoreDocument, trashDocument } from '#api/docmill-api.ts';
import type { Document } from '#api/api-model.ts';
import { notify, offerUndo, reportFailure } from '#components/toast-queue.ts';
import { useErrorText } from '#components/use-error-text.ts';
import { removeFromLists } from './document-cache.ts';

/** What a person does with a document of a list. Deleting is undone, never asked about. */
export function useDocumentActions() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const queryClient = useQueryClient();
  const refresh = async () => {
    await queryClient.invalidateQueries({ queryKey: ['documents'] });
    await queryClient.invalidateQueries({ queryKey: ['document'] });
  };
  const onError = (error: unknown) => reportFailure(t('errors.title'), errorText(error));
  const restore = useMutation({
    mutationFn: (document: Document) => restoreDocument(document.id),
    onSuccess: (_, document) => {
      notify(t('library.restored', { title: document.title }));
    },
    onMutate: (document) => removeFromLists(queryClient, document.id),
    onError,
    onSettled: refresh,
  });
  const trash = useMutation({
    mutationFn: (document: Document) => trashDocument(document.id),
    onMutate: (document) => removeFromLists(queryClient, document.id),
    onSuccess: (_, document) => {
      offerUndo(t('library.deleted', { title: document.title }), t('actions.undo'), () =>
        restore.mutate(document),
      );
    },
    onError,
    onSettled: refresh,
  });
  const rename = useMutation({
    mutationFn: ({ document, title }: { document: Document; title: string }) =>
      renameDocument(document.id, { from: document.title, to: title }),
    onError,
    onSettled: refresh,
  });
  return { restore: restore.mutate, trash: trash.mutate, rename: rename.mutate };
}
