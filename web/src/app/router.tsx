import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router';
import { documentsQuery } from '#features/documents/document-queries.ts';
import { readLibrarySearch } from '#features/documents/library-search.ts';
import { readJobsSearch } from '#features/jobs/jobs-search.ts';
import { readSearchSearch } from '#features/search/search-search.ts';
import { preloadViewer } from '#features/viewer/preload-viewer.ts';
import { readViewerSearch } from '#features/viewer/viewer-search.ts';
import { AppShell } from './app-shell.tsx';
import { parseUrlSearch, writeUrlSearch } from './url-search.ts';

interface RouterContext {
  queryClient: QueryClient;
}

const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: AppShell,
  notFoundComponent: lazyRouteComponent(() => import('./not-found-page.tsx'), 'NotFoundPage'),
  errorComponent: lazyRouteComponent(() => import('./route-error-page.tsx'), 'RouteErrorPage'),
});

const libraryRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  validateSearch: readLibrarySearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchInfiniteQuery(documentsQuery(deps));
  },
  component: lazyRouteComponent(
    () => import('#features/documents/library-page.tsx'),
    'LibraryPage',
  ),
});

const documentRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/documents/$documentId',
  validateSearch: readViewerSearch,
  loader: ({ context, params, location }) => {
    preloadViewer(context.queryClient, params.documentId, readViewerSearch(location.search));
  },
  component: lazyRouteComponent(() => import('#features/viewer/viewer-page.tsx'), 'ViewerPage'),
});

const searchRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/search',
  validateSearch: readSearchSearch,
  component: lazyRouteComponent(() => import('#features/search/search-page.tsx'), 'SearchPage'),
});

const jobsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/jobs',
  validateSearch: readJobsSearch,
  component: lazyRouteComponent(() => import('#features/jobs/jobs-page.tsx'), 'JobsPage'),
});

const routeTree = rootRoute.addChildren([libraryRoute, documentRoute, searchRoute, jobsRoute]);

/** Routes of the application; their code is loaded when a link to them is touched. */
export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    parseSearch: parseUrlSearch,
    stringifySearch: writeUrlSearch,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    scrollRestoration: false,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
