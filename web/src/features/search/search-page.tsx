import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Search, SearchX } from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { SearchResult } from '#api/api-model.ts';
import { plainButton } from '#components/button-styles.ts';
import { EmptyState } from '#components/empty-state.tsx';
import { ErrorNotice } from '#components/error-notice.tsx';
import { SegmentedChoice } from '#components/segmented-choice.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { formatCount } from '#components/value-formats.ts';
import { searchQuery } from './search-queries.ts';
import { SearchResultRow } from './search-result-row.tsx';

const route = getRouteApi('/search');

/** Pages that hold the words of the search box. */
export function SearchPage() {
  const { t } = useTranslation();
  const { q = '', order } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-5xl px-4 py-6 md:px-8">
        <div className="flex flex-wrap items-center gap-x-6 gap-y-3 md:px-4">
          <h1 className="text-2xl font-semibold">{t('search.title')}</h1>
          {q !== '' && (
            <div className="ml-auto">
              <SegmentedChoice
                label={t('search.order')}
                value={order}
                choices={[
                  { value: 'newest', label: t('search.newest') },
                  { value: 'relevance', label: t('search.relevance') },
                ]}
                onChange={(next) => {
                  void navigate({
                    search: (previous) => ({ ...previous, order: next }),
                    replace: true,
                  });
                }}
              />
            </div>
          )}
        </div>
        {q === '' ? <SearchStart /> : <SearchResults q={q} order={order} />}
      </div>
    </div>
  );
}

function SearchStart() {
  const { t } = useTranslation();
  return (
    <EmptyState icon={Search} title={t('search.startTitle')} text={t('search.startText')}>
      <ul className="mt-2 space-y-1.5 text-left text-sm text-ink-soft">
        <li>{t('search.tip1')}</li>
        <li>{t('search.tip2')}</li>
        <li>{t('search.tip3')}</li>
      </ul>
    </EmptyState>
  );
}

function SearchResults({ q, order }: { q: string; order: 'newest' | 'relevance' }) {
  const { t } = useTranslation();
  const results = useInfiniteQuery(searchQuery(q, order));
  if (results.isPending) {
    return (
      <div className="mt-8 space-y-6 md:px-4">
        {[1, 2, 3].map((row) => (
          <Skeleton key={row} className="h-32" />
        ))}
      </div>
    );
  }
  if (results.isError) {
    return (
      <div className="mt-10">
        <ErrorNotice error={results.error} onRetry={() => void results.refetch()} />
      </div>
    );
  }
  const hits = results.data.pages.flatMap((page) => page.items);
  if (hits.length === 0) {
    return (
      <EmptyState icon={SearchX} title={t('search.noneTitle', { q })} text={t('search.noneText')} />
    );
  }
  return (
    <div className={results.isPlaceholderData ? 'opacity-60' : ''}>
      <ResultCount count={results.data.pages[0]?.count} />
      <ul className="mt-2 space-y-1" aria-label={t('search.results')}>
        {hits.map((hit) => (
          <li key={`${hit.versionId} ${hit.pageNumber}`}>
            <SearchResultRow hit={hit} q={q} />
          </li>
        ))}
      </ul>
      {results.hasNextPage && (
        <div className="mt-6 text-center">
          <button
            type="button"
            className={plainButton}
            disabled={results.isFetchingNextPage}
            onClick={() => void results.fetchNextPage()}
          >
            {t('search.more')}
          </button>
        </div>
      )}
    </div>
  );
}

function ResultCount({ count }: { count: SearchResult['count'] | undefined }) {
  const { t } = useTranslation();
  if (!count) return null;
  const words = { count: count.value, formatted: formatCount(count.value) };
  return (
    <p role="status" className="mt-3 text-sm text-ink-soft md:px-4">
      {count.exact ? t('search.count', words) : t('search.atLeast', words)}
    </p>
  );
}
