import { FolderInput, RotateCcw, Trash2 } from 'lucide-react';
import { Suspense, lazy, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { IconButton } from '#components/icon-button.tsx';
import { useChoice } from '#features/documents/choice-provider.tsx';
import { ChoiceBar } from './choice-bar.tsx';
import { ExportMenu } from './export-menu.tsx';
import { useItemActions } from './item-actions.ts';

const MoveDialog = lazy(async () => ({
  default: (await import('./move-dialog.tsx')).MoveDialog,
}));

/** What can be done with all that is chosen in a list of the library. */
export function SelectionBar() {
  const { t } = useTranslation();
  const { chosen, clear } = useChoice();
  const { trash, reread } = useItemActions();
  const [isMoving, setIsMoving] = useState(false);
  const documents = chosen.filter((item) => item.kind === 'document');
  return (
    <ChoiceBar>
      <IconButton
        icon={FolderInput}
        label={t('folders.moveTo')}
        onClick={() => setIsMoving(true)}
      />
      {documents.length > 0 && (
        <>
          <ExportMenu documents={documents.map(({ document }) => document)} />
          <IconButton
            icon={RotateCcw}
            label={t('choice.readAgain')}
            onClick={() => void reread(documents)}
          />
        </>
      )}
      <IconButton
        icon={Trash2}
        label={t('library.delete')}
        onClick={() => {
          clear();
          void trash(chosen);
        }}
      />
      {isMoving && (
        <Suspense>
          <MoveDialog items={chosen} onClose={() => setIsMoving(false)} />
        </Suspense>
      )}
    </ChoiceBar>
  );
}
