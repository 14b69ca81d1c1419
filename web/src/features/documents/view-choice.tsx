import { LayoutGrid, List } from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { IconButton } from '#components/icon-button.tsx';
import type { LibrarySearch } from './library-search.ts';

interface ViewChoiceProps {
  search: LibrarySearch;
  onChange: (search: LibrarySearch) => void;
}

/** Shows documents as rows or as cards. */
export function ViewChoice({ search, onChange }: ViewChoiceProps) {
  const { t } = useTranslation();
  const { view, ...rest } = search;
  return view === 'grid' ? (
    <IconButton icon={List} label={t('library.asList')} onClick={() => onChange(rest)} />
  ) : (
    <IconButton
      icon={LayoutGrid}
      label={t('library.asGrid')}
      onClick={() => onChange({ ...rest, view: 'grid' })}
    />
  );
}
