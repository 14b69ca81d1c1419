import { Trash2, Undo2 } from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Folder } from '#api/api-model.ts';
import { primaryButton } from '#components/button-styles.ts';
import { EmptyState } from '#components/empty-state.tsx';
import { folderItem } from '#features/documents/library-item.ts';
import { useItemActions } from './item-actions.ts';

/** What the page of a folder says when it lies in the trash. */
export function TrashedFolder({ folder }: { folder: Folder }) {
  const { t } = useTranslation();
  const { restore } = useItemActions();
  return (
    <EmptyState
      icon={Trash2}
      title={t('folders.trashedTitle', { name: folder.name })}
      text={t('folders.trashedText')}
      level={1}
    >
      <button
        type="button"
        className={primaryButton}
        onClick={() => void restore([folderItem({ ...folder, folderCount: 0, documentCount: 0 })])}
      >
        <Undo2 size={16} aria-hidden />
        {t('library.restore')}
      </button>
    </EmptyState>
  );
}
