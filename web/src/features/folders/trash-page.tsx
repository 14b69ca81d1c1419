import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { Suspense, lazy, useCallback, useMemo, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { ListedFolder } from '#api/api-model.ts';
import { EmptyState } from '#components/empty-state.tsx';
import { ErrorNotice } from '#components/error-notice.tsx';
import { SegmentedChoice } from '#components/segmented-choice.tsx';
import { ChoiceProvider } from '#features/documents/choice-provider.tsx';
import { documentsQuery } from '#features/documents/document-queries.ts';
import { ItemList } from '#features/documents/item-list.tsx';
import { LibraryFrame, PlacesButton } from '#features/documents/library-frame.tsx';
import { type LibraryItem, documentItem, folderItem } from '#features/documents/library-item.ts';
import { ListSkeleton } from '#features/documents/list-skeleton.tsx';
import { trashedFoldersQuery } from './folder-queries.ts';
import { FolderRow } from './folder-row.tsx';
import { TrashButtons } from './trash-buttons.tsx';
import { TrashSelection } from './trash-selection.tsx';

const PurgeDialog = lazy(async () => ({
  default: (await import('./purge-dialog.tsx')).PurgeDialog,
}));
const route = getRouteApi('/trash');

/** What was deleted and can be brought back, or deleted for good. */
export function TrashPage() {
  const { t } = useTranslation();
  const { of = 'documents' } = route.useSearch();
  const navigate = route.useNavigate();
  const documents = useInfiniteQuery(documentsQuery({ trash: true }));
  const folders = useInfiniteQuery(trashedFoldersQuery);
  const list = of === 'folders' ? folders : documents;
  const items = useMemo(
    () =>
      of === 'folders'
        ? (folders.data?.pages ?? []).flatMap((page) => page.items.map(folderItem))
        : (documents.data?.pages ?? []).flatMap((page) => page.items.map(documentItem)),
    [of, folders.data, documents.data],
  );
  const [toPurge, setToPurge] = useState<readonly LibraryItem[] | null>(null);
  const renderTrashed = useCallback(
    (item: LibraryItem) => <TrashButtons item={item} onPurge={() => setToPurge([item])} />,
    [],
  );
  const renderFolder = useCallback(
    (folder: ListedFolder) => (
      <FolderRow folder={folder} isTrashed actions={renderTrashed(folderItem(folder))} />
    ),
    [renderTrashed],
  );
  return (
    <LibraryFrame>
      <div className="mx-auto flex w-full max-w-6xl flex-wrap items-center gap-x-4 gap-y-3 px-4 py-5 md:px-8">
        <PlacesButton />
        <h1 className="text-2xl font-semibold">{t('library.trash')}</h1>
        <SegmentedChoice
          label={t('trash.kind')}
          value={of}
          choices={[
            { value: 'documents', label: t('library.documents') },
            { value: 'folders', label: t('folders.title') },
          ]}
          onChange={(next) =>
            void navigate({ search: next === 'folders' ? { of: next } : {}, replace: true })
          }
        />
      </div>
      <ChoiceProvider key={of} items={items}>
        <div className="relative min-h-0 flex-1">
          {list.isPending ? (
            <ListSkeleton />
          ) : list.isError && items.length === 0 ? (
            <div className="p-6 pt-10">
              <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />
            </div>
          ) : items.length === 0 ? (
            <EmptyState
              icon={Trash2}
              title={t(of === 'folders' ? 'trash.noFoldersTitle' : 'library.emptyTrashTitle')}
              text={t(of === 'folders' ? 'trash.noFoldersText' : 'library.emptyTrashText')}
            />
          ) : (
            <ItemList
              label={t('library.trash')}
              items={items}
              view="list"
              renderTrashed={renderTrashed}
              renderFolder={renderFolder}
              hasMore={list.hasNextPage && !list.isFetchingNextPage}
              onMore={() => void list.fetchNextPage()}
            />
          )}
          <TrashSelection onPurge={setToPurge} />
        </div>
      </ChoiceProvider>
      {toPurge && (
        <Suspense>
          <PurgeDialog items={toPurge} onClose={() => setToPurge(null)} />
        </Suspense>
      )}
    </LibraryFrame>
  );
}
