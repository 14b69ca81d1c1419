import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { CalendarDays, Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { TimetableListItem } from '#api/api-model.ts';
import { addTimetable } from '#api/timetable-api.ts';
import { plainButton, primaryButton } from '#components/button-styles.ts';
import { EmptyState } from '#components/empty-state.tsx';
import { ErrorNotice } from '#components/error-notice.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { useErrorText } from '#components/use-error-text.ts';
import { timetablesQuery } from './timetable-queries.ts';

/** All timetables, newest first, and the form of a new one. */
export function TimetablesPage() {
  const { t } = useTranslation();
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-4xl px-4 py-6 md:px-8">
        <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
          <h1 className="text-2xl font-semibold">{t('timetables.title')}</h1>
          <NewTimetable />
        </div>
        <TimetableList />
      </div>
    </div>
  );
}

function NewTimetable() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const add = useMutation({
    mutationFn: () => addTimetable({ name: name.trim(), year: new Date().getFullYear() }),
    onSuccess: async ({ id }) => {
      await queryClient.invalidateQueries({ queryKey: ['timetables'] });
      await navigate({ to: '/timetables/$timetableId', params: { timetableId: id } });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate();
  };
  return (
    <form onSubmit={submit} className="flex flex-wrap items-center gap-2 md:ml-auto">
      <input
        value={name}
        onChange={(event) => setName(event.target.value)}
        maxLength={255}
        aria-label={t('timetables.newName')}
        placeholder={t('timetables.newName')}
        className="h-9 w-56 rounded-lg border border-line bg-surface px-3 text-sm placeholder:text-ink-faint hover:border-line-strong"
      />
      <button
        type="submit"
        className={primaryButton}
        disabled={name.trim() === '' || add.isPending}
      >
        <Plus size={16} aria-hidden />
        {t('timetables.make')}
      </button>
      <p role="status" className="basis-full text-sm text-bad">
        {add.isError && errorText(add.error)}
      </p>
    </form>
  );
}

function TimetableList() {
  const { t } = useTranslation();
  const timetables = useInfiniteQuery(timetablesQuery);
  if (timetables.isPending) return <Skeleton className="mt-6 h-72" />;
  if (timetables.isError) {
    return (
      <div className="mt-10">
        <ErrorNotice error={timetables.error} onRetry={() => void timetables.refetch()} />
      </div>
    );
  }
  const rows = timetables.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) {
    return (
      <EmptyState
        icon={CalendarDays}
        title={t('timetables.emptyTitle')}
        text={t('timetables.emptyText')}
      />
    );
  }
  return (
    <>
      <ul aria-label={t('timetables.title')} className="mt-4 space-y-2">
        {rows.map((timetable) => (
          <li key={timetable.id}>
            <TimetableRow timetable={timetable} />
          </li>
        ))}
      </ul>
      {timetables.hasNextPage && (
        <div className="mt-6 text-center">
          <button
            type="button"
            className={plainButton}
            disabled={timetables.isFetchingNextPage}
            onClick={() => void timetables.fetchNextPage()}
          >
            {t('timetables.more')}
          </button>
        </div>
      )}
    </>
  );
}

function TimetableRow({ timetable }: { timetable: TimetableListItem }) {
  const { t } = useTranslation();
  const { id, name, className, year, status, blockCount } = timetable;
  return (
    <article className="relative rounded-card border border-line bg-surface p-4 hover:border-line-strong">
      <h2 className="font-medium break-words">
        <Link
          to="/timetables/$timetableId"
          params={{ timetableId: id }}
          className="after:absolute after:inset-0 after:rounded-card hover:text-accent"
        >
          {name}
        </Link>
      </h2>
      <p className="mt-1 text-xs text-ink-soft">
        {[
          className,
          year,
          t(`timetables.status.${status}`),
          t('timetables.blocks', { count: blockCount }),
        ]
          .filter((part) => part !== null)
          .join(' · ')}
      </p>
    </article>
  );
}
