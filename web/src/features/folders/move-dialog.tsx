import { useQuery } from '@tanstack/react-query';
import { Folder } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { plainButton, primaryButton } from '#components/button-styles.ts';
import { ModalDialog } from '#components/modal-dialog.tsx';
import { type LibraryItem, itemName, placeOf } from '#features/documents/library-item.ts';
import { folderIdOf, folderSearchQuery } from './folder-queries.ts';
import { FolderTree } from './folder-tree.tsx';
import { useItemActions } from './item-actions.ts';
import { useFolderTree } from './use-folder-tree.ts';

interface MoveDialogProps {
  items: readonly LibraryItem[];
  onClose: () => void;
}

/** Asks where to move items: a folder of the tree, or one found by its name. */
export function MoveDialog({ items, onClose }: MoveDialogProps) {
  const { t } = useTranslation();
  const { move } = useItemActions();
  const tree = useFolderTree();
  const [words, setWords] = useState('');
  const [target, setTarget] = useState<string | null>(null);
  const [only] = items;
  const title =
    items.length === 1 && only
      ? t('folders.moveOne', { name: itemName(only) })
      : t('folders.moveMany', { count: items.length });
  const isPossible =
    target !== null &&
    items.every(({ id }) => id !== target) &&
    items.some((item) => placeOf(item) !== folderIdOf(target));
  const go = () => {
    if (target === null) return;
    onClose();
    void move(items, folderIdOf(target));
  };
  return (
    <ModalDialog title={title} onClose={onClose}>
      <input
        type="search"
        value={words}
        onChange={(event) => setWords(event.target.value)}
        maxLength={255}
        autoComplete="off"
        aria-label={t('folders.search')}
        placeholder={t('folders.search')}
        className="mt-4 h-9 w-full rounded-lg border border-line bg-surface px-3 text-sm placeholder:text-ink-faint hover:border-line-strong"
      />
      <div className="mt-3 flex h-72 flex-col rounded-lg border border-line">
        {words.trim() === '' ? (
          <FolderTree
            label={t('folders.target')}
            tree={tree}
            current={target}
            onChoose={setTarget}
            takesDrops={false}
          />
        ) : (
          <FoundFolders words={words.trim()} target={target} onChoose={setTarget} />
        )}
      </div>
      <div className="mt-4 flex justify-end gap-2">
        <button type="button" className={plainButton} onClick={onClose}>
          {t('actions.cancel')}
        </button>
        <button type="button" className={primaryButton} disabled={!isPossible} onClick={go}>
          {t('folders.moveHere')}
        </button>
      </div>
    </ModalDialog>
  );
}

interface FoundFoldersProps {
  words: string;
  target: string | null;
  onChoose: (place: string) => void;
}

function FoundFolders({ words, target, onChoose }: FoundFoldersProps) {
  const { t } = useTranslation();
  const { data: found } = useQuery(folderSearchQuery(useDeferredValue(words)));
  if (found === undefined) return <div className="skeleton m-3 h-8" />;
  if (found.length === 0) {
    return <p className="p-4 text-sm text-ink-soft">{t('folders.noneFound', { words })}</p>;
  }
  return (
    <ul aria-label={t('folders.found')} className="min-h-0 flex-1 overflow-y-auto p-1">
      {found.map((folder) => (
        <li key={folder.id}>
          <button
            type="button"
            aria-pressed={folder.id === target}
            onClick={() => onChoose(folder.id)}
            className="flex w-full items-center gap-2 rounded-lg px-2 py-1.5 text-left text-sm hover:bg-sunken aria-pressed:bg-accent-soft aria-pressed:text-accent"
          >
            <Folder size={16} strokeWidth={1.75} className="shrink-0" aria-hidden />
            <span className="min-w-0">
              <span className="block truncate">{folder.name}</span>
              <span className="block truncate text-xs text-ink-soft">
                {[t('folders.home'), ...folder.path.slice(0, -1)].join(' / ')}
              </span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
