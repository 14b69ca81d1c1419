import { useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { dangerButton, plainButton } from '#components/button-styles.ts';
import { ModalDialog } from '#components/modal-dialog.tsx';
import { type LibraryItem, itemName } from '#features/documents/library-item.ts';
import { useItemActions } from './item-actions.ts';

interface PurgeDialogProps {
  items: readonly LibraryItem[];
  onClose: () => void;
}

/** Asks before items of the trash are deleted for good: the one thing that cannot be undone. */
export function PurgeDialog({ items, onClose }: PurgeDialogProps) {
  const { t } = useTranslation();
  const { purge } = useItemActions();
  const [isBusy, setIsBusy] = useState(false);
  const [only] = items;
  const title =
    items.length === 1 && only
      ? t('trash.askOne', { name: itemName(only) })
      : t('trash.askMany', { count: items.length });
  const go = async () => {
    setIsBusy(true);
    await purge(items);
    onClose();
  };
  return (
    <ModalDialog title={title} onClose={onClose}>
      <p className="mt-2 text-sm text-ink-soft">{t('trash.askText')}</p>
      <div className="mt-6 flex justify-end gap-2">
        <button type="button" className={plainButton} onClick={onClose}>
          {t('actions.cancel')}
        </button>
        <button type="button" className={dangerButton} disabled={isBusy} onClick={() => void go()}>
          {t('trash.purge')}
        </button>
      </div>
    </ModalDialog>
  );
}
