import { Dialog } from '@base-ui/react/dialog';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { FolderPanel } from './folder-panel.tsx';

/** The places of the library on a small screen, over the page. */
export function FolderDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-[rgb(0_0_0/0.35)]" />
        <Dialog.Popup className="fixed inset-y-0 left-0 z-50 flex w-72 max-w-[85vw] flex-col bg-surface shadow-raised">
          <Dialog.Title className="px-5 pt-5 text-lg font-semibold">
            {t('folders.title')}
          </Dialog.Title>
          <div className="min-h-0 flex-1">
            <FolderPanel onGo={onClose} />
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
