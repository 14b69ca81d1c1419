import { Link } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { LibraryFilters } from './library-filters.tsx';
import type { LibrarySearch } from './library-search.ts';
import { UploadButton } from './upload-button.tsx';

/** Title, filters, way to the trash, upload. */
export function LibraryHeader({ search }: { search: LibrarySearch }) {
  const { t } = useTranslation();
  const isTrash = search.trash === true;
  return (
    <div className="mx-auto flex w-full max-w-6xl flex-wrap items-center gap-x-4 gap-y-3 px-4 py-5 md:px-8">
      <h1 className="text-2xl font-semibold">
        {isTrash ? t('library.trash') : t('library.title')}
      </h1>
      {!isTrash && <LibraryFilters search={search} />}
      <div className="ml-auto flex items-center gap-2">
        <Link
          to="/"
          search={isTrash ? {} : { trash: true }}
          aria-label={isTrash ? t('app.toLibrary') : t('library.showTrash')}
          title={isTrash ? t('app.toLibrary') : t('library.showTrash')}
          className={`grid size-9 place-items-center rounded-lg hover:bg-sunken ${isTrash ? 'bg-accent-soft text-accent' : 'text-ink-soft'}`}
        >
          <Trash2 size={18} strokeWidth={1.75} aria-hidden />
        </Link>
        {!isTrash && <UploadButton />}
      </div>
    </div>
  );
}
