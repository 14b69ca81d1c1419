import { Menu } from '@base-ui/react/menu';
import { Ellipsis, FileDown, FolderInput, Pencil, Share2, Trash2 } from 'lucide-react';
import { Suspense, lazy, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { downloadAddress } from '#api/docmill-api.ts';
import type { Document } from '#api/api-model.ts';
import { menuItem, menuPopup } from '#components/menu-styles.ts';
import { useShareDialog } from '#features/sharing/share-provider.tsx';
import { MakeTimetableItem } from '#features/timetables/make-timetable-item.tsx';
import { useDocumentActions } from './document-actions.ts';
import { documentItem } from './library-item.ts';

const MoveDialog = lazy(async () => ({
  default: (await import('#features/folders/move-dialog.tsx')).MoveDialog,
}));

/** What can be done with a document of the list. */
export function DocumentMenu({ document, onRename }: { document: Document; onRename: () => void }) {
  const { t } = useTranslation();
  const { trash } = useDocumentActions();
  const share = useShareDialog();
  const [isMoving, setIsMoving] = useState(false);
  return (
    <>
      <Menu.Root>
        <Menu.Trigger
          aria-label={t('library.actionsFor', { title: document.title })}
          className="grid size-9 shrink-0 place-items-center rounded-lg text-ink-soft hover:bg-sunken hover:text-ink"
        >
          <Ellipsis size={18} aria-hidden />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner align="end" sideOffset={4} className="z-40">
            <Menu.Popup className={menuPopup} finalFocus={false}>
              <Menu.Item className={menuItem} onClick={onRename}>
                <Pencil size={16} aria-hidden />
                {t('library.rename')}
              </Menu.Item>
              <Menu.Item className={menuItem} onClick={() => setIsMoving(true)}>
                <FolderInput size={16} aria-hidden />
                {t('folders.moveTo')}
              </Menu.Item>
              <Menu.Item
                className={menuItem}
                onClick={() =>
                  share({ object: { documentId: document.id }, title: document.title })
                }
              >
                <Share2 size={16} aria-hidden />
                {t('nav.share')}
              </Menu.Item>
              <Menu.Item
                className={menuItem}
                render={<a href={downloadAddress(document.id, 'original')} download />}
              >
                <FileDown size={16} aria-hidden />
                {t('viewer.downloadOriginal')}
              </Menu.Item>
              <MakeTimetableItem document={document} />
              <Menu.Separator className="my-1.5 h-px bg-line" />
              <Menu.Item className={`${menuItem} text-bad`} onClick={() => trash(document)}>
                <Trash2 size={16} aria-hidden />
                {t('library.delete')}
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      {isMoving && (
        <Suspense>
          <MoveDialog items={[documentItem(document)]} onClose={() => setIsMoving(false)} />
        </Suspense>
      )}
    </>
  );
}
