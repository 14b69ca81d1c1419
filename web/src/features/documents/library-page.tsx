import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Suspense, lazy, useEffect, useMemo } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { ErrorNotice } from '#components/error-notice.tsx';
import { ChoiceProvider, useChoice } from './choice-provider.tsx';
import { documentsQuery } from './document-queries.ts';
import { ItemList } from './item-list.tsx';
import { LibraryEmpty } from './library-empty.tsx';
import { LibraryFrame } from './library-frame.tsx';
import { LibraryHeader } from './library-header.tsx';
import { documentItem } from './library-item.ts';
import { ListSkeleton } from './list-skeleton.tsx';

const SelectionBar = lazy(async () => ({
  default: (await import('#features/folders/selection-bar.tsx')).SelectionBar,
}));
const route = getRouteApi('/');

/** All documents, newest first, wherever they lie. */
export function LibraryPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  useEffect(() => preloadViewerCode(), []);
  const documents = useInfiniteQuery(documentsQuery(search));
  const items = useMemo(
    () => (documents.data?.pages ?? []).flatMap((page) => page.items.map(documentItem)),
    [documents.data],
  );
  return (
    <LibraryFrame>
      <LibraryHeader
        search={search}
        onSearch={(next) => void navigate({ search: next, replace: true })}
      />
      <ChoiceProvider items={items}>
        <div className="relative min-h-0 flex-1">
          {documents.isPending ? (
            <ListSkeleton />
          ) : documents.isError && items.length === 0 ? (
            <div className="p-6 pt-10">
              <ErrorNotice error={documents.error} onRetry={() => void documents.refetch()} />
            </div>
          ) : items.length === 0 ? (
            <LibraryEmpty search={search} />
          ) : (
            <ItemList
              label={t('library.documents')}
              items={items}
              view={search.view ?? 'list'}
              hasMore={documents.hasNextPage && !documents.isFetchingNextPage}
              onMore={() => void documents.fetchNextPage()}
            />
          )}
          <ChosenBar />
        </div>
      </ChoiceProvider>
    </LibraryFrame>
  );
}

function ChosenBar() {
  const { chosen } = useChoice();
  if (chosen.length === 0) return null;
  return (
    <Suspense>
      <SelectionBar />
    </Suspense>
  );
}

/** The next thing a reader does is open a document: its code comes in while nothing else does. */
function preloadViewerCode(): () => void {
  const timer = setTimeout(() => {
    import('#features/viewer/viewer-page.tsx').catch(() => undefined);
  }, 400);
  return () => clearTimeout(timer);
}
