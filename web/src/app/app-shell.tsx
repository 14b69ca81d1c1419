import { Outlet, useMatchRoute } from '@tanstack/react-router';
import { Suspense, lazy } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { DropOverlay } from '#features/documents/drop-overlay.tsx';
import { useUploads } from '#features/documents/upload-provider.tsx';
import { NavigationRail } from './navigation-rail.tsx';
import { TopBar } from './top-bar.tsx';

const UploadPanel = lazy(async () => ({
  default: (await import('#features/documents/upload-panel.tsx')).UploadPanel,
}));

/** Frame around every route: rail (a bottom bar on small screens), search box, uploads. */
export function AppShell() {
  const { t } = useTranslation();
  const hasUploads = useUploads().length > 0;
  const matchRoute = useMatchRoute();
  const isViewer = matchRoute({ to: '/documents/$documentId' }) !== false;
  return (
    <div className="flex h-dvh flex-col-reverse md:flex-row">
      <a
        href="#content"
        className="absolute top-2 left-2 z-50 -translate-y-20 rounded-lg bg-accent px-4 py-2 font-medium text-on-accent focus:translate-y-0"
      >
        {t('app.skip')}
      </a>
      <NavigationRail />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <TopBar hiddenOnSmall={isViewer} />
        <main id="content" tabIndex={-1} className="min-h-0 flex-1 outline-none">
          <Outlet />
        </main>
      </div>
      {hasUploads && (
        <Suspense>
          <UploadPanel />
        </Suspense>
      )}
      <DropOverlay />
    </div>
  );
}
