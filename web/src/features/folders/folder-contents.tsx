import { Filter, FolderOpen } from 'lucide-react';
import { Suspense, lazy, useCallback } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { ListedFolder } from '#api/api-model.ts';
import { EmptyState } from '#components/empty-state.tsx';
import { ErrorNotice } from '#components/error-notice.tsx';
import { useChoice } from '#features/documents/choice-provider.tsx';
import { ItemList } from '#features/documents/item-list.tsx';
import type { LibraryItem } from '#features/documents/library-item.ts';
import { ListSkeleton } from '#features/documents/list-skeleton.tsx';
import { type LibrarySearch, isNarrowed } from '#features/documents/library-search.ts';
import { FolderMenu } from './folder-menu.tsx';
import { home } from './folder-queries.ts';
import { FolderRow } from './folder-row.tsx';

const SelectionBar = lazy(async () => ({
  default: (await import('./selection-bar.tsx')).SelectionBar,
}));

/** How far a paged list has been read. */
interface Reading {
  isPending: boolean;
  isError: boolean;
  error: Error | null;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
}

interface FolderContentsProps {
  place: string;
  items: readonly LibraryItem[];
  search: LibrarySearch;
  folders: Reading;
  documents: Reading;
}

/** The list of a folder, or why there is none. */
export function FolderContents(props: FolderContentsProps) {
  const { place, items, search, folders, documents } = props;
  const { t } = useTranslation();
  const { chosen } = useChoice();
  const renderFolder = useCallback(
    (folder: ListedFolder) => (
      <FolderRow folder={folder} actions={<FolderMenu folder={folder} />} />
    ),
    [],
  );
  const failed = [folders, documents].find((list) => list.isError);
  if (items.length === 0 && failed) {
    return (
      <div className="p-6 pt-10">
        <ErrorNotice error={failed.error} onRetry={() => void failed.refetch()} />
      </div>
    );
  }
  if (folders.isPending || documents.isPending) return <ListSkeleton />;
  if (items.length === 0) return <EmptyFolder isHome={place === home} search={search} />;
  const hasMoreFolders = folders.hasNextPage && !folders.isFetchingNextPage && !isNarrowed(search);
  return (
    <div className="relative min-h-0 flex-1">
      <ItemList
        label={t('folders.contents')}
        items={items}
        view={search.view ?? 'list'}
        renderFolder={renderFolder}
        onMoreFolders={hasMoreFolders ? () => void folders.fetchNextPage() : undefined}
        hasMore={documents.hasNextPage && !documents.isFetchingNextPage}
        onMore={() => void documents.fetchNextPage()}
      />
      {chosen.length > 0 && (
        <Suspense>
          <SelectionBar />
        </Suspense>
      )}
    </div>
  );
}

function EmptyFolder({ isHome, search }: { isHome: boolean; search: LibrarySearch }) {
  const { t } = useTranslation();
  return isNarrowed(search) ? (
    <EmptyState
      icon={Filter}
      title={t('library.emptyFilterTitle')}
      text={t('library.emptyFilterText')}
    />
  ) : (
    <EmptyState
      icon={FolderOpen}
      title={isHome ? t('folders.emptyHomeTitle') : t('folders.emptyTitle')}
      text={t('folders.emptyText')}
    />
  );
}
