import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { ErrorNotice } from '#components/error-notice.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { DocumentList } from './document-list.tsx';
import { documentsQuery } from './document-queries.ts';
import { LibraryEmpty } from './library-empty.tsx';
import { LibraryHeader } from './library-header.tsx';

const route = getRouteApi('/');

/** The documents, newest first, or the trash. */
export function LibraryPage() {
  const search = route.useSearch();
  useEffect(() => preloadViewerCode(), []);
  const documents = useInfiniteQuery(documentsQuery(search));
  const items = useMemo(
    () => documents.data?.pages.flatMap((page) => page.items) ?? [],
    [documents.data],
  );
  return (
    <div className="flex h-full flex-col">
      <LibraryHeader search={search} />
      <div className="min-h-0 flex-1">
        {documents.isPending ? (
          <ListSkeleton />
        ) : documents.isError && items.length === 0 ? (
          <div className="p-6 pt-10">
            <ErrorNotice error={documents.error} onRetry={() => void documents.refetch()} />
          </div>
        ) : items.length === 0 ? (
          <LibraryEmpty search={search} />
        ) : (
          <DocumentList
            documents={items}
            isTrash={search.trash === true}
            hasMore={documents.hasNextPage && !documents.isFetchingNextPage}
            onMore={() => void documents.fetchNextPage()}
          />
        )}
      </div>
    </div>
  );
}

function ListSkeleton() {
  return (
    <div className="mx-auto max-w-6xl space-y-3 px-4 pt-2 md:px-8">
      {[1, 2, 3, 4, 5].map((row) => (
        <Skeleton key={row} className="h-20" />
      ))}
    </div>
  );
}

/** The next thing a reader does is open a document: its code comes in while nothing else does. */
function preloadViewerCode(): () => void {
  const timer = setTimeout(() => {
    import('#features/viewer/viewer-page.tsx').catch(() => undefined);
  }, 400);
  return () => clearTimeout(timer);
}
