import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { NotebookPen, Search, Trash2 } from 'lucide-react';
import type { FormEvent } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { plainButton, primaryButton } from '#components/button-styles.ts';
import { ChoiceSelect } from '#components/choice-select.tsx';
import { EmptyState } from '#components/empty-state.tsx';
import { ErrorNotice } from '#components/error-notice.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { EntryRow } from './entry-row.tsx';
import { entriesQuery } from './journal-queries.ts';
import { type JournalSearch, entryTypes, readJournalSearch } from './journal-search.ts';

const route = getRouteApi('/journal');

/** The entries of the journal, newest first, found by words and type. */
export function JournalPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-4xl px-4 py-6 md:px-8">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
          <h1 className="text-2xl font-semibold">
            {search.trash ? t('library.trash') : t('journal.title')}
          </h1>
          <JournalFilters search={search} />
          <div className="ml-auto flex items-center gap-2">
            <Link
              to="/journal"
              search={search.trash ? {} : { trash: true }}
              aria-label={search.trash ? t('journal.toJournal') : t('library.showTrash')}
              className={`grid size-9 place-items-center rounded-lg hover:bg-sunken ${search.trash ? 'bg-accent-soft text-accent' : 'text-ink-soft'}`}
            >
              <Trash2 size={18} strokeWidth={1.75} aria-hidden />
            </Link>
            <Link to="/journal/$entryId" params={{ entryId: 'new' }} className={primaryButton}>
              <NotebookPen size={16} aria-hidden />
              {t('journal.write')}
            </Link>
          </div>
        </div>
        <EntryList search={search} />
      </div>
    </div>
  );
}

function JournalFilters({ search }: { search: JournalSearch }) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const change = (part: Record<string, unknown>): void => {
    void navigate({ search: readJournalSearch({ ...search, ...part }), replace: true });
  };
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    change({ q: new FormData(event.currentTarget).get('words') });
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <search>
        <form onSubmit={submit} className="relative">
          <Search
            size={16}
            className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-ink-faint"
            aria-hidden
          />
          <input
            key={search.q}
            type="search"
            name="words"
            defaultValue={search.q}
            maxLength={500}
            aria-label={t('journal.search')}
            placeholder={t('journal.search')}
            autoComplete="off"
            className="h-9 w-56 rounded-lg border border-line bg-surface pr-3 pl-9 text-sm placeholder:text-ink-faint hover:border-line-strong"
          />
        </form>
      </search>
      <ChoiceSelect
        label={t('journal.type')}
        allLabel={t('journal.allTypes')}
        value={search.type}
        choices={entryTypes.map((value) => ({ value, label: t(`journal.types.${value}`) }))}
        onChange={(type) => change({ type })}
      />
    </div>
  );
}

function EntryList({ search }: { search: JournalSearch }) {
  const { t } = useTranslation();
  const entries = useInfiniteQuery(entriesQuery(search));
  if (entries.isPending) return <Skeleton className="mt-6 h-72" />;
  if (entries.isError) {
    return (
      <div className="mt-10">
        <ErrorNotice error={entries.error} onRetry={() => void entries.refetch()} />
      </div>
    );
  }
  const rows = entries.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) {
    const isNarrowed = search.q !== undefined || search.type !== undefined || search.trash === true;
    return isNarrowed ? (
      <EmptyState icon={Search} title={t('journal.noneTitle')} text={t('journal.noneText')} />
    ) : (
      <EmptyState
        icon={NotebookPen}
        title={t('journal.emptyTitle')}
        text={t('journal.emptyText')}
      />
    );
  }
  return (
    <>
      <ul aria-label={t('journal.entries')} className="mt-6 space-y-2">
        {rows.map((entry) => (
          <li key={entry.id}>
            <EntryRow entry={entry} />
          </li>
        ))}
      </ul>
      {entries.hasNextPage && (
        <div className="mt-6 text-center">
          <button
            type="button"
            className={plainButton}
            disabled={entries.isFetchingNextPage}
            onClick={() => void entries.fetchNextPage()}
          >
            {t('journal.more')}
          </button>
        </div>
      )}
    </>
  );
}
