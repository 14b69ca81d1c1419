import { Trash2, Undo2 } from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { plainButton } from '#components/button-styles.ts';
import { IconButton } from '#components/icon-button.tsx';
import { type LibraryItem, itemName } from '#features/documents/library-item.ts';
import { useItemActions } from './item-actions.ts';

/** What can be done with something in the trash. */
export function TrashButtons({ item, onPurge }: { item: LibraryItem; onPurge: () => void }) {
  const { t } = useTranslation();
  const { restore } = useItemActions();
  const name = itemName(item);
  return (
    <div className="flex shrink-0 items-center gap-1">
      <button
        type="button"
        className={plainButton}
        aria-label={t('trash.restoreOf', { name })}
        onClick={() => void restore([item])}
      >
        <Undo2 size={15} aria-hidden />
        <span className="max-md:hidden">{t('library.restore')}</span>
      </button>
      <IconButton icon={Trash2} label={t('trash.purgeOf', { name })} onClick={onPurge} />
    </div>
  );
}
