import type { ReactNode } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { plainButton } from './button-styles.ts';
import { ErrorNotice } from './error-notice.tsx';
import { Skeleton } from './skeleton.tsx';

interface GrowingListProps {
  /** What is listed, for assistive technology. */
  label: string;
  /** A list that is read page by page. */
  query: {
    isPending: boolean;
    isError: boolean;
    error: unknown;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    refetch(): unknown;
    fetchNextPage(): unknown;
  };
  /** In place of the list when there is nothing in it. */
  empty: ReactNode;
  isEmpty: boolean;
  /** Its `li` elements. */
  children: ReactNode;
}

/** A list with what stands there while it is read, when it could not be, when it is empty, and a button for more. */
export function GrowingList({ label, query, empty, isEmpty, children }: GrowingListProps) {
  const { t } = useTranslation();
  return (
    <>
      {query.isPending && <Skeleton className="mt-6 h-72" />}
      {query.isError && (
        <div className="mt-10">
          <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
        </div>
      )}
      {!query.isPending && !query.isError && isEmpty && empty}
      <ul aria-label={label} className="mt-5 space-y-2">
        {children}
      </ul>
      {query.hasNextPage && (
        <div className="mt-6 text-center">
          <button
            type="button"
            className={plainButton}
            disabled={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t('link.more')}
          </button>
        </div>
      )}
    </>
  );
}
