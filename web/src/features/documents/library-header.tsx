import { useTranslation } from '#app/i18n/use-translation.ts';
import { LibraryFilters } from './library-filters.tsx';
import { PlacesButton } from './library-frame.tsx';
import type { LibrarySearch } from './library-search.ts';
import { UploadButton } from './upload-button.tsx';
import { ViewChoice } from './view-choice.tsx';

interface LibraryHeaderProps {
  search: LibrarySearch;
  onSearch: (search: LibrarySearch) => void;
}

/** Title, filters, list or cards, upload. */
export function LibraryHeader({ search, onSearch }: LibraryHeaderProps) {
  const { t } = useTranslation();
  return (
    <div className="mx-auto flex w-full max-w-6xl flex-wrap items-center gap-x-4 gap-y-3 px-4 py-5 md:px-8">
      <div className="flex items-center gap-1">
        <PlacesButton />
        <h1 className="text-2xl font-semibold">{t('library.title')}</h1>
      </div>
      <LibraryFilters search={search} onChange={onSearch} />
      <div className="ml-auto flex items-center gap-2">
        <ViewChoice search={search} onChange={onSearch} />
        <UploadButton />
      </div>
    </div>
  );
}
