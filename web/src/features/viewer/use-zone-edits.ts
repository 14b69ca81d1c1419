import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Zone } from '#api/api-model.ts';
import {
  type MadeChange,
  type ZoneChange,
  editZone,
  newestChange,
  removeZone,
  revertZone,
} from '#api/zone-api.ts';
import { notify, offerUndo, reportFailure } from '#components/toast-queue.ts';
import { useErrorText } from '#components/use-error-text.ts';

/** What a person does with the zones of a document. Every change can be undone. */
export function useZoneEdits(documentId: string) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const queryClient = useQueryClient();
  const refresh = async () => {
    await queryClient.invalidateQueries({ queryKey: ['page', documentId] });
    await queryClient.invalidateQueries({ queryKey: ['zone-revisions'] });
    await queryClient.invalidateQueries({ queryKey: ['document-hits', documentId] });
    await queryClient.invalidateQueries({ queryKey: ['search'] });
  };
  const handling = {
    onError: (error: unknown) => reportFailure(t('errors.title'), errorText(error)),
    onSettled: refresh,
  };
  const undo = useMutation({
    mutationFn: ({ zoneId, revision }: MadeChange) => revertZone(zoneId, revision),
    onSuccess: () => notify(t('zoneEdit.undone')),
    ...handling,
  });
  // The undo of a change is of that change, whatever comes after it.
  const offer = (title: string, change: MadeChange | null) => {
    if (change === null) notify(title);
    else offerUndo(title, t('actions.undo'), () => undo.mutate(change));
  };
  const edit = useMutation({
    mutationFn: async ({ zone, change }: { zone: Zone; change: ZoneChange }) => {
      await editZone(zone, change);
      return newestChange(zone.id);
    },
    onSuccess: (change) => offer(t('zoneEdit.saved'), change),
    ...handling,
  });
  const remove = useMutation({
    mutationFn: async (zone: Zone) => {
      await removeZone(zone);
      return newestChange(zone.id);
    },
    onSuccess: (change) => offer(t('zoneEdit.removed'), change),
    ...handling,
  });
  const revert = useMutation({
    mutationFn: async ({ zoneId, revision }: MadeChange) => {
      await revertZone(zoneId, revision);
      return newestChange(zoneId);
    },
    onSuccess: (change) => offer(t('zoneEdit.reverted'), change),
    ...handling,
  });
  return {
    edit: edit.mutateAsync,
    remove: remove.mutate,
    revert: revert.mutate,
    isBusy: edit.isPending || remove.isPending || revert.isPending,
  };
}
