import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Folder } from '#api/api-model.ts';
import { Skeleton } from '#components/skeleton.tsx';
import { LibraryFilters } from '#features/documents/library-filters.tsx';
import { PlacesButton } from '#features/documents/library-frame.tsx';
import type { LibrarySearch } from '#features/documents/library-search.ts';
import { UploadButton } from '#features/documents/upload-button.tsx';
import { ViewChoice } from '#features/documents/view-choice.tsx';
import { FolderBreadcrumbs } from './folder-breadcrumbs.tsx';
import { FolderMenu } from './folder-menu.tsx';
import { home } from './folder-queries.ts';
import { NewFolderButton } from './new-folder-button.tsx';

interface FolderHeaderProps {
  place: string;
  /** Undefined while it is not known. */
  name: string | undefined;
  /** Undefined for Home, and while it is not known. */
  folder: Folder | undefined;
  search: LibrarySearch;
  onSearch: (search: LibrarySearch) => void;
}

/** The way to a folder, its name, filters, and what can be done in it. */
export function FolderHeader({ place, name, folder, search, onSearch }: FolderHeaderProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const leave = (): void => {
    const parent = folder?.parentId ?? home;
    void navigate({ to: '/folders/$folderId', params: { folderId: parent } });
  };
  return (
    <div className="mx-auto w-full max-w-6xl px-4 py-5 md:px-8">
      <div className="flex items-center gap-1 text-sm">
        <PlacesButton />
        {place !== home && <FolderBreadcrumbs path={folder?.path ?? []} />}
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <div className="flex min-w-0 items-center gap-1">
          {name === undefined ? (
            <Skeleton className="h-8 w-40" />
          ) : (
            <h1 className="min-w-0 truncate text-2xl font-semibold" title={name}>
              {name}
            </h1>
          )}
          {folder && (
            <FolderMenu
              folder={{ ...folder, folderCount: 0, documentCount: 0 }}
              onTrashed={leave}
            />
          )}
        </div>
        <LibraryFilters search={search} onChange={onSearch} />
        <div className="ml-auto flex items-center gap-2">
          <ViewChoice search={search} onChange={onSearch} />
          <NewFolderButton place={place} />
          <UploadButton />
        </div>
      </div>
      <p className="sr-only" role="status">
        {name === undefined ? '' : t('folders.opened', { name })}
      </p>
    </div>
  );
}
