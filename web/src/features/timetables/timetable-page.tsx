import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { ArrowLeft, CalendarArrowDown, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Timeblock, Timetable } from '#api/api-model.ts';
import { calendarAddress } from '#api/timetable-api.ts';
import { plainButton, primaryButton } from '#components/button-styles.ts';
import { ErrorNotice } from '#components/error-notice.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { accountQuery } from '#features/accounts/account-queries.ts';
import { BlockForm } from './block-form.tsx';
import { TimetableStatusChoice } from './timetable-status-choice.tsx';
import { timetableQuery } from './timetable-queries.ts';
import { WeekGrid } from './week-grid.tsx';

const route = getRouteApi('/timetables/$timetableId');

/** The week of a timetable; a block opens in the form beside it. */
export function TimetablePage() {
  const { t } = useTranslation();
  const { timetableId } = route.useParams();
  const found = useQuery(timetableQuery(timetableId));
  // The week is drawn once, in the order of the reader.
  const account = useQuery(accountQuery);
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-7xl px-4 py-6 md:px-8">
        <Link
          to="/timetables"
          className="inline-flex items-center gap-1.5 text-sm text-ink-soft hover:text-ink"
        >
          <ArrowLeft size={16} aria-hidden />
          {t('timetables.toList')}
        </Link>
        {found.isPending || account.isPending ? (
          <Skeleton className="mt-6 h-96" />
        ) : found.isError ? (
          <div className="mt-10">
            <ErrorNotice level={1} error={found.error} onRetry={() => void found.refetch()} />
          </div>
        ) : (
          <TimetableWeek
            timetable={found.data}
            firstWeekday={account.data?.settings.firstWeekday ?? 1}
          />
        )}
      </div>
    </div>
  );
}

function TimetableWeek({
  timetable,
  firstWeekday,
}: {
  timetable: Timetable;
  firstWeekday: number;
}) {
  const { t } = useTranslation();
  // undefined: no form is open; null: a new block.
  const [edited, setEdited] = useState<Timeblock | null | undefined>(undefined);
  return (
    <>
      <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-3">
        <h1 className="text-2xl font-semibold break-words">{timetable.name}</h1>
        <TimetableStatusChoice timetable={timetable} />
        <div className="ml-auto flex items-center gap-2">
          <a href={calendarAddress(timetable.id)} download className={plainButton}>
            <CalendarArrowDown size={16} aria-hidden />
            {t('timetables.calendar')}
          </a>
          <button type="button" className={primaryButton} onClick={() => setEdited(null)}>
            <Plus size={16} aria-hidden />
            {t('timetables.addBlock')}
          </button>
        </div>
      </div>
      {timetable.documents.length > 0 && (
        <p className="mt-2 text-sm text-ink-soft">
          {t('timetables.from')}{' '}
          {timetable.documents.map((document) => (
            <Link
              key={document.id}
              to="/documents/$documentId"
              params={{ documentId: document.id }}
              search={{}}
              className="mr-2 text-accent underline"
            >
              {document.title}
            </Link>
          ))}
        </p>
      )}
      <div className="mt-6 flex flex-col gap-6 lg:flex-row">
        <WeekGrid blocks={timetable.blocks} firstWeekday={firstWeekday} onOpen={setEdited} />
        {edited !== undefined && (
          <BlockForm
            key={edited?.id ?? 'new'}
            timetableId={timetable.id}
            block={edited}
            firstWeekday={firstWeekday}
            onClose={() => setEdited(undefined)}
          />
        )}
      </div>
    </>
  );
}
