import { Menu } from '@base-ui/react/menu';
import { Ellipsis, FolderInput, Pencil, Share2, Trash2 } from 'lucide-react';
import { Suspense, lazy, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { ListedFolder } from '#api/api-model.ts';
import { menuItem, menuPopup } from '#components/menu-styles.ts';
import { folderItem } from '#features/documents/library-item.ts';
import { useShareDialog } from '#features/sharing/share-provider.tsx';
import { useFolderNaming } from './folder-actions.ts';
import { useItemActions } from './item-actions.ts';

const MoveDialog = lazy(async () => ({
  default: (await import('./move-dialog.tsx')).MoveDialog,
}));
const FolderNameDialog = lazy(async () => ({
  default: (await import('./folder-name-dialog.tsx')).FolderNameDialog,
}));

interface FolderMenuProps {
  folder: ListedFolder;
  /** Called when the folder went to the trash. */
  onTrashed?: () => void;
}

/** What can be done with a folder. */
export function FolderMenu({ folder, onTrashed }: FolderMenuProps) {
  const { t } = useTranslation();
  const { trash } = useItemActions();
  const { rename } = useFolderNaming();
  const share = useShareDialog();
  const [dialog, setDialog] = useState<'move' | 'rename' | null>(null);
  const close = () => setDialog(null);
  return (
    <>
      <Menu.Root>
        <Menu.Trigger
          aria-label={t('library.actionsFor', { title: folder.name })}
          className="grid size-9 shrink-0 place-items-center rounded-lg text-ink-soft hover:bg-sunken hover:text-ink"
        >
          <Ellipsis size={18} aria-hidden />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner align="end" sideOffset={4} className="z-40">
            <Menu.Popup className={menuPopup}>
              <Menu.Item className={menuItem} onClick={() => setDialog('rename')}>
                <Pencil size={16} aria-hidden />
                {t('library.rename')}
              </Menu.Item>
              <Menu.Item className={menuItem} onClick={() => setDialog('move')}>
                <FolderInput size={16} aria-hidden />
                {t('folders.moveTo')}
              </Menu.Item>
              <Menu.Item
                className={menuItem}
                onClick={() => share({ object: { folderId: folder.id }, title: folder.name })}
              >
                <Share2 size={16} aria-hidden />
                {t('nav.share')}
              </Menu.Item>
              <Menu.Separator className="my-1.5 h-px bg-line" />
              <Menu.Item
                className={`${menuItem} text-bad`}
                onClick={() => {
                  onTrashed?.();
                  void trash([folderItem(folder)]);
                }}
              >
                <Trash2 size={16} aria-hidden />
                {t('library.delete')}
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <Suspense>
        {dialog === 'move' && <MoveDialog items={[folderItem(folder)]} onClose={close} />}
        {dialog === 'rename' && (
          <FolderNameDialog
            title={t('folders.renameOf', { name: folder.name })}
            doLabel={t('library.rename')}
            name={folder.name}
            onName={(to) => rename(folder.id, { from: folder.name, to })}
            onClose={close}
          />
        )}
      </Suspense>
    </>
  );
}
