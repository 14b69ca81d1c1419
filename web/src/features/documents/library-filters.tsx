import { useTranslation } from '#app/i18n/use-translation.ts';
import { ChoiceSelect } from '#components/choice-select.tsx';
import { SegmentedChoice } from '#components/segmented-choice.tsx';
import { documentLanguages, languageName } from './document-languages.ts';
import { documentTypes } from './document-types.ts';
import { type LibrarySearch, documentFilters, readLibrarySearch } from './library-search.ts';

interface LibraryFiltersProps {
  search: LibrarySearch;
  onChange: (search: LibrarySearch) => void;
}

/** Narrows the library by status, type and language. */
export function LibraryFilters({ search, onChange }: LibraryFiltersProps) {
  const { t } = useTranslation();
  const change = (part: Record<string, string | undefined>): void => {
    onChange(readLibrarySearch({ ...search, ...part }));
  };
  const languages = documentLanguages
    .map((value) => ({ value, label: languageName(value) ?? t('documentType.unknownLanguage') }))
    .sort(
      (a, b) =>
        Number(a.value === 'und') - Number(b.value === 'und') || a.label.localeCompare(b.label),
    );
  return (
    <div className="order-last flex flex-wrap items-center gap-2 max-md:w-full md:order-none md:ml-4">
      <SegmentedChoice
        label={t('library.filter')}
        value={documentFilters.find((known) => known === search.status) ?? 'all'}
        choices={[
          { value: 'all', label: t('library.all') },
          ...documentFilters.map((value) => ({ value, label: t(`status.${value}`) })),
        ]}
        onChange={(status) => change({ status })}
      />
      <ChoiceSelect
        label={t('library.filterType')}
        allLabel={t('library.allTypes')}
        value={search.type}
        choices={documentTypes.map((value) => ({ value, label: t(`documentType.${value}`) }))}
        onChange={(type) => change({ type })}
      />
      <ChoiceSelect
        label={t('library.filterLanguage')}
        allLabel={t('library.allLanguages')}
        value={search.language}
        choices={languages}
        onChange={(language) => change({ language })}
      />
    </div>
  );
}
