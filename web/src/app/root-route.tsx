import type { QueryClient } from '@tanstack/react-query';
import {
  Outlet,
  createRootRouteWithContext,
  lazyRouteComponent,
  useMatches,
} from '@tanstack/react-router';
import { UploadProvider } from '#features/documents/upload-provider.tsx';
import { LiveJobs } from '#features/jobs/live-jobs.tsx';
import { ShareProvider } from '#features/sharing/share-provider.tsx';
import { AppShell } from './app-shell.tsx';

interface RouterContext {
  queryClient: QueryClient;
}

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** For people who are not signed in: a page without navigation, uploads and live jobs. */
    isOutside?: boolean;
  }
}

export const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: RootFrame,
  notFoundComponent: lazyRouteComponent(() => import('./not-found-page.tsx'), 'NotFoundPage'),
  errorComponent: lazyRouteComponent(() => import('./route-error-page.tsx'), 'RouteErrorPage'),
});

/** The application around every page, but those that are seen before one is signed in. */
function RootFrame() {
  const isOutside = useMatches({
    select: (matches) => matches.some(({ staticData }) => staticData.isOutside === true),
  });
  if (isOutside) return <Outlet />;
  return (
    <LiveJobs>
      <UploadProvider>
        <ShareProvider>
          <AppShell />
        </ShareProvider>
      </UploadProvider>
    </LiveJobs>
  );
}
