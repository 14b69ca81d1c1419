import { Link } from '@tanstack/react-router';
import { Folder } from 'lucide-react';
import { type ReactNode, memo, useMemo } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { ListedFolder } from '#api/api-model.ts';
import { ChoiceBox } from '#features/documents/choice-box.tsx';
import { useChoice } from '#features/documents/choice-provider.tsx';
import { folderItem } from '#features/documents/library-item.ts';
import { useItemDrag } from '#features/documents/use-item-drag.ts';
import { useDropTarget } from './use-drop-target.ts';

interface FolderRowProps {
  folder: ListedFolder;
  /** The menu of a folder, or what can be done with it in the trash. */
  actions: ReactNode;
  /** A folder in the trash leads nowhere and takes nothing. */
  isTrashed?: boolean;
}

/** A folder in a list: a place to go to, to drag and to drop things on. */
export const FolderRow = memo(function FolderRow({ folder, actions, isTrashed }: FolderRowProps) {
  const { isChosen } = useChoice();
  const item = useMemo(() => folderItem(folder), [folder]);
  const drag = useItemDrag(item);
  const drop = useDropTarget(folder.id);
  const color =
    isChosen(folder.id) || drop.isOver
      ? 'border-accent bg-accent-soft'
      : 'border-line bg-surface hover:border-line-strong';
  return (
    <article
      {...(isTrashed !== true && { ...drag, ...drop.handlers })}
      className={`group flex h-full items-center gap-2 rounded-card border p-2 md:gap-3 ${color}`}
    >
      <ChoiceBox id={folder.id} name={folder.name} />
      <Folder size={22} strokeWidth={1.5} className="shrink-0 text-accent" aria-hidden />
      <div className="min-w-0 flex-1">
        {isTrashed ? (
          <p className="truncate font-medium">{folder.name}</p>
        ) : (
          <Link
            to="/folders/$folderId"
            params={{ folderId: folder.id }}
            draggable={false}
            title={folder.name}
            className="block truncate font-medium hover:text-accent"
          >
            {folder.name}
          </Link>
        )}
        <FolderFacts folder={folder} />
      </div>
      {actions}
    </article>
  );
});

/** Where the server stops counting. */
const countLimit = 1_000;

function FolderFacts({ folder: { folderCount, documentCount } }: { folder: ListedFolder }) {
  const { t } = useTranslation();
  const facts = [
    folderCount === 0 ? '' : t('folders.folderCount', { count: folderCount }),
    documentCount === 0 ? '' : t('folders.documentCount', { count: documentCount }),
  ].filter((fact) => fact !== '');
  const isMore = folderCount >= countLimit || documentCount >= countLimit;
  return (
    <p className="truncate text-xs text-ink-soft">
      {facts.length === 0 ? t('folders.empty') : facts.join(' · ')}
      {isMore && ` ${t('folders.orMore')}`}
    </p>
  );
}
