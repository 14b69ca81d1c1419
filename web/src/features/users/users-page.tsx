import { useInfiniteQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { plainButton } from '#components/button-styles.ts';
import { ErrorNotice } from '#components/error-notice.tsx';
import { fieldBox } from '#components/field-styles.ts';
import { PageCard } from '#components/page-card.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { InvitationCard } from './invitation-card.tsx';
import { usersQuery } from './user-queries.ts';
import { UserRow } from './user-row.tsx';

/** Who has an account here, and who is invited; for admins. */
export function UsersPage() {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const q = useDeferredValue(words.trim());
  return (
    <>
      <InvitationCard />
      <PageCard title={t('users.title')}>
        <search className="relative block">
          <Search
            size={16}
            className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-ink-faint"
            aria-hidden
          />
          <input
            type="search"
            value={words}
            onChange={(event) => setWords(event.target.value)}
            maxLength={100}
            aria-label={t('users.search')}
            placeholder={t('users.search')}
            autoComplete="off"
            className={`${fieldBox} pl-9`}
          />
        </search>
        <UserList q={q} />
      </PageCard>
    </>
  );
}

function UserList({ q }: { q: string }) {
  const { t } = useTranslation();
  const users = useInfiniteQuery(usersQuery(q));
  if (users.isPending) return <Skeleton className="mt-4 h-48" />;
  if (users.isError) {
    return (
      <div className="mt-4">
        <ErrorNotice error={users.error} onRetry={() => void users.refetch()} />
      </div>
    );
  }
  const rows = users.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) return <p className="mt-4 text-sm text-ink-soft">{t('users.none')}</p>;
  return (
    <>
      <ul aria-label={t('users.title')} className="mt-2 divide-y divide-line">
        {rows.map((user) => (
          <li key={user.id}>
            <UserRow user={user} />
          </li>
        ))}
      </ul>
      {users.hasNextPage && (
        <button
          type="button"
          className={plainButton}
          disabled={users.isFetchingNextPage}
          onClick={() => void users.fetchNextPage()}
        >
          {t('jobs.more')}
        </button>
      )}
    </>
  );
}
