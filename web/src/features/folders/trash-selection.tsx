import { Trash2, Undo2 } from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { IconButton } from '#components/icon-button.tsx';
import { useChoice } from '#features/documents/choice-provider.tsx';
import type { LibraryItem } from '#features/documents/library-item.ts';
import { ChoiceBar } from './choice-bar.tsx';
import { useItemActions } from './item-actions.ts';

/** What can be done with all that is chosen in the trash; nothing while nothing is. */
export function TrashSelection({ onPurge }: { onPurge: (items: readonly LibraryItem[]) => void }) {
  const { t } = useTranslation();
  const { chosen, clear } = useChoice();
  const { restore } = useItemActions();
  if (chosen.length === 0) return null;
  return (
    <ChoiceBar>
      <IconButton
        icon={Undo2}
        label={t('library.restore')}
        onClick={() => {
          clear();
          void restore(chosen);
        }}
      />
      <IconButton icon={Trash2} label={t('trash.purge')} onClick={() => onPurge(chosen)} />
    </ChoiceBar>
  );
}
