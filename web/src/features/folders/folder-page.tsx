import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { FolderX } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { ApiError } from '#api/api-error.ts';
import { primaryButton } from '#components/button-styles.ts';
import { EmptyState } from '#components/empty-state.tsx';
import { ErrorNotice } from '#components/error-notice.tsx';
import { ChoiceProvider } from '#features/documents/choice-provider.tsx';
import { documentsQuery } from '#features/documents/document-queries.ts';
import { documentItem, folderItem } from '#features/documents/library-item.ts';
import { LibraryFrame } from '#features/documents/library-frame.tsx';
import { isNarrowed } from '#features/documents/library-search.ts';
import { FolderContents } from './folder-contents.tsx';
import { FolderHeader } from './folder-header.tsx';
import { folderQuery, foldersInQuery, home } from './folder-queries.ts';
import { TrashedFolder } from './trashed-folder.tsx';

const route = getRouteApi('/folders/$folderId');

/** What lies in a folder or in Home: its folders by name, then its documents, newest first. */
export function FolderPage() {
  const { folderId: place } = route.useParams();
  const folder = useQuery(folderQuery(place));
  return (
    <LibraryFrame>
      {folder.isError ? (
        <MissingFolder error={folder.error} onRetry={() => void folder.refetch()} />
      ) : folder.data && folder.data.deletedAt !== null ? (
        <TrashedFolder folder={folder.data} />
      ) : (
        <LiveFolder key={place} place={place} />
      )}
    </LibraryFrame>
  );
}

function LiveFolder({ place }: { place: string }) {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data: folder } = useQuery(folderQuery(place));
  const folders = useInfiniteQuery(foldersInQuery(place));
  const documents = useInfiniteQuery(documentsQuery({ ...search, folderId: place }));
  const narrowed = isNarrowed(search);
  const items = useMemo(() => {
    const folderPages = narrowed ? [] : (folders.data?.pages ?? []);
    return [
      ...folderPages.flatMap((page) => page.items.map(folderItem)),
      ...(documents.data?.pages ?? []).flatMap((page) => page.items.map(documentItem)),
    ];
  }, [narrowed, folders.data, documents.data]);
  return (
    <ChoiceProvider items={items}>
      <FolderHeader
        place={place}
        name={place === home ? t('folders.home') : folder?.name}
        folder={folder}
        search={search}
        onSearch={(next) => void navigate({ search: next, replace: true })}
      />
      <FolderContents
        place={place}
        items={items}
        search={search}
        folders={folders}
        documents={documents}
      />
    </ChoiceProvider>
  );
}

function MissingFolder({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useTranslation();
  if (error instanceof ApiError && error.status < 500) {
    return (
      <EmptyState
        icon={FolderX}
        title={t('folders.missingTitle')}
        text={t('folders.missingText')}
        level={1}
      >
        <Link to="/folders/$folderId" params={{ folderId: home }} className={primaryButton}>
          {t('folders.toHome')}
        </Link>
      </EmptyState>
    );
  }
  return (
    <div className="p-6 pt-16">
      <ErrorNotice level={1} error={error} onRetry={onRetry} />
    </div>
  );
}
