import { useMutation, useQueryClient } from '@tanstack/react-query';
import { restoreVersion, uploadVersion } from '#api/document-changes-api.ts';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { notify, reportFailure } from '#components/toast-queue.ts';
import { useErrorText } from '#components/use-error-text.ts';

/** Adding a version to a document and going back to an earlier one. */
export function useVersionActions(documentId: string) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const queryClient = useQueryClient();
  const settle = {
    onError: (error: unknown) => reportFailure(t('errors.title'), errorText(error)),
    // Another version has other pages: all that is known of the document is read anew.
    onSettled: async () => {
      const names = ['document', 'versions', 'page-sizes', 'page', 'contents', 'document-hits'];
      await Promise.all([
        ...names.map((name) => queryClient.invalidateQueries({ queryKey: [name, documentId] })),
        queryClient.invalidateQueries({ queryKey: ['documents'] }),
      ]);
    },
  };
  const add = useMutation({
    mutationFn: (file: File) => uploadVersion(documentId, file),
    onSuccess: () => notify(t('versions.added')),
    ...settle,
  });
  const restore = useMutation({
    mutationFn: (number: number) => restoreVersion(documentId, number),
    onSuccess: (_, number) => notify(t('versions.restored', { number })),
    ...settle,
  });
  return { add: add.mutate, restore: restore.mutate, isBusy: add.isPending || restore.isPending };
}
