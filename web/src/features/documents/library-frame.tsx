import { FolderTree } from 'lucide-react';
import { type ReactNode, Suspense, lazy, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { IconButton } from '#components/icon-button.tsx';
import { useMedia } from '#components/use-media.ts';

const FolderPanel = lazy(async () => ({
  default: (await import('#features/folders/folder-panel.tsx')).FolderPanel,
}));
const FolderDrawer = lazy(async () => ({
  default: (await import('#features/folders/folder-drawer.tsx')).FolderDrawer,
}));

const wide = '(min-width: 1024px)';

/** A page of the library with its places beside it, where the screen is wide enough. */
export function LibraryFrame({ children }: { children: ReactNode }) {
  const isWide = useMedia(wide);
  return (
    <div className="flex h-full">
      {isWide && (
        <div className="w-60 shrink-0 border-r border-line bg-surface">
          <Suspense>
            <FolderPanel />
          </Suspense>
        </div>
      )}
      <div className="flex min-w-0 flex-1 flex-col">{children}</div>
    </div>
  );
}

/** Opens the places of the library on a screen that has no room for them. */
export function PlacesButton() {
  const { t } = useTranslation();
  const isWide = useMedia(wide);
  const [isOpen, setIsOpen] = useState(false);
  if (isWide) return null;
  return (
    <>
      <IconButton icon={FolderTree} label={t('folders.show')} onClick={() => setIsOpen(true)} />
      {isOpen && (
        <Suspense>
          <FolderDrawer onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
