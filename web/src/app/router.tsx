import type { QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { documentsQuery } from '#features/documents/document-queries.ts';
import { readLibrarySearch } from '#features/documents/library-search.ts';
import { readTrashSearch } from '#features/folders/trash-search.ts';
import { readJobsSearch } from '#features/jobs/jobs-search.ts';
import { readReviewSearch } from '#features/review/review-search.ts';
import { readJournalSearch } from '#features/journal/journal-search.ts';
import { readSearchSearch } from '#features/search/search-search.ts';
import { preloadViewer } from '#features/viewer/preload-viewer.ts';
import { readViewerSearch } from '#features/viewer/viewer-search.ts';
import { entranceRoutes } from './entrance-routes.ts';
import { withAccountTexts, withDeskTexts } from './i18n/use-translation.ts';
import { rootRoute } from './root-route.tsx';
import { settingsRoutes } from './settings-routes.ts';
import { parseUrlSearch, writeUrlSearch } from './url-search.ts';

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

const folderRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/folders/$folderId',
  validateSearch: readLibrarySearch,
  component: lazyRouteComponent(() => import('#features/folders/folder-page.tsx'), 'FolderPage'),
});

const trashRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/trash',
  validateSearch: readTrashSearch,
  component: lazyRouteComponent(
    () => withDeskTexts(() => import('#features/folders/trash-page.tsx')),
    'TrashPage',
  ),
});

const sharedRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/shared',
  component: lazyRouteComponent(
    () => withAccountTexts(() => import('#features/sharing/shared-page.tsx')),
    'SharedPage',
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
  component: lazyRouteComponent(
    () => withDeskTexts(() => import('#features/jobs/jobs-page.tsx')),
    'JobsPage',
  ),
});

const reviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/review',
  validateSearch: readReviewSearch,
  component: lazyRouteComponent(
    () => withDeskTexts(() => import('#features/review/review-page.tsx')),
    'ReviewPage',
  ),
});

const journalRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/journal',
  validateSearch: readJournalSearch,
  component: lazyRouteComponent(
    () => withDeskTexts(() => import('#features/journal/journal-page.tsx')),
    'JournalPage',
  ),
});

const entryRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/journal/$entryId',
  component: lazyRouteComponent(
    () => withDeskTexts(() => import('#features/journal/entry-page.tsx')),
    'EntryPage',
  ),
});

const timetablesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/timetables',
  component: lazyRouteComponent(
    () => withDeskTexts(() => import('#features/timetables/timetables-page.tsx')),
    'TimetablesPage',
  ),
});

const timetableRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/timetables/$timetableId',
  component: lazyRouteComponent(
    () => withDeskTexts(() => import('#features/timetables/timetable-page.tsx')),
    'TimetablePage',
  ),
});

const routeTree = rootRoute.addChildren([
  libraryRoute,
  folderRoute,
  trashRoute,
  sharedRoute,
  documentRoute,
  searchRoute,
  reviewRoute,
  jobsRoute,
  journalRoute,
  entryRoute,
  timetablesRoute,
  timetableRoute,
  settingsRoutes,
  ...entranceRoutes,
]);

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
