import { useNavigate } from '@tanstack/react-router';
import { FolderPlus } from 'lucide-react';
import { Suspense, lazy, useMemo, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { plainButton } from '#components/button-styles.ts';
import { useKeymap } from '#components/use-keymap.ts';
import { useFolderNaming } from './folder-actions.ts';
import { folderIdOf } from './folder-queries.ts';

const FolderNameDialog = lazy(async () => ({
  default: (await import('./folder-name-dialog.tsx')).FolderNameDialog,
}));

/** Makes a folder in a place and goes there; `f` does the same. */
export function NewFolderButton({ place }: { place: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { create } = useFolderNaming();
  const [isOpen, setIsOpen] = useState(false);
  useKeymap(
    'library',
    useMemo(
      () => [{ keys: ['f'], label: 'keys.newFolder', run: () => setIsOpen(true) } as const],
      [],
    ),
  );
  return (
    <>
      <button
        type="button"
        className={plainButton}
        aria-label={t('folders.new')}
        onClick={() => setIsOpen(true)}
      >
        <FolderPlus size={16} aria-hidden />
        <span className="max-md:hidden">{t('folders.new')}</span>
      </button>
      {isOpen && (
        <Suspense>
          <FolderNameDialog
            title={t('folders.new')}
            doLabel={t('folders.make')}
            name=""
            onName={async (name) => {
              const { id } = await create(name, folderIdOf(place));
              await navigate({ to: '/folders/$folderId', params: { folderId: id } });
            }}
            onClose={() => setIsOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
}
