import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { moveDocument, purgeDocument, rereadDocument } from '#api/document-changes-api.ts';
import { restoreDocument, trashDocument } from '#api/docmill-api.ts';
import { moveFolder, purgeFolder, restoreFolder, trashFolder } from '#api/folder-api.ts';
import { actOnMany } from '#components/act-on-many.ts';
import { notify, offerUndo, reportFailure } from '#components/toast-queue.ts';
import { useErrorText } from '#components/use-error-text.ts';
import { type LibraryItem, placeOf } from '#features/documents/library-item.ts';

type Items = readonly LibraryItem[];
/** Which sentence says that it is done. */
type Deed = 'moved' | 'trashed' | 'restored' | 'purged' | 'reread';

/** Does it with one item; may answer how many documents returned to Home by it. */
type Act = (item: LibraryItem) => Promise<number | void>;

export interface ItemActions {
  /** Puts items into a folder; null is Home. */
  move: (items: Items, folderId: string | null) => Promise<void>;
  trash: (items: Items) => Promise<void>;
  restore: (items: Items) => Promise<void>;
  purge: (items: Items) => Promise<void>;
  /** Reads the documents among the items again. */
  reread: (items: Items) => Promise<void>;
}

/** What a person does with one or many documents and folders; each says what came of it. */
export function useItemActions(): ItemActions {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const queryClient = useQueryClient();
  const run = useCallback(
    async (deed: Deed, items: Items, act: Act, undo?: (done: Items) => Promise<void>) => {
      let homed = 0;
      const { done, failures } = await actOnMany(items, async (item) => {
        homed += (await act(item)) ?? 0;
      });
      if (done.length > 0) {
        const deedText = t(`choice.${deed}`, { count: done.length });
        const homedText = homed === 0 ? '' : ` · ${t('choice.homed', { count: homed })}`;
        const said = deedText + homedText;
        if (undo) offerUndo(said, t('actions.undo'), () => void undo(done));
        else notify(said);
      }
      if (failures.length > 0) {
        reportFailure(t('choice.failed', { count: failures.length }), errorText(failures[0]));
      }
      for (const name of ['documents', 'folders', 'document', 'jobs']) {
        void queryClient.invalidateQueries({ queryKey: [name] });
      }
    },
    [t, errorText, queryClient],
  );
  return useMemo(() => {
    const restore = (items: Items) => run('restored', items, restoreItem);
    const moveBack = (items: Items) => run('moved', items, (item) => moveItem(item, placeOf(item)));
    return {
      move: (items, folderId) => {
        const strangers = items.filter((item) => placeOf(item) !== folderId);
        return run('moved', strangers, (item) => moveItem(item, folderId), moveBack);
      },
      trash: (items) => run('trashed', items, trashItem, restore),
      restore,
      purge: (items) => run('purged', items, purgeItem),
      reread: (items) => {
        const documents = items.filter((item) => item.kind === 'document');
        return run('reread', documents, rereadItem);
      },
    };
  }, [run]);
}

function moveItem(item: LibraryItem, folderId: string | null): Promise<void> {
  return item.kind === 'folder' ? moveFolder(item.id, folderId) : moveDocument(item.id, folderId);
}

async function trashItem(item: LibraryItem): Promise<number> {
  if (item.kind === 'folder') return (await trashFolder(item.id)).documents;
  await trashDocument(item.id);
  return 0;
}

async function rereadItem(item: LibraryItem): Promise<void> {
  await rereadDocument(item.id);
}

function restoreItem(item: LibraryItem): Promise<void> {
  return item.kind === 'folder' ? restoreFolder(item.id) : restoreDocument(item.id);
}

function purgeItem(item: LibraryItem): Promise<void> {
  return item.kind === 'folder' ? purgeFolder(item.id) : purgeDocument(item.id);
}
