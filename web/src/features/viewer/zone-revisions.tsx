import { queryOptions, useQuery } from '@tanstack/react-query';
import type { TextKey } from '#app/i18n/translate.ts';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { ZoneRevision } from '#api/api-model.ts';
import { listRevisions } from '#api/zone-api.ts';
import { plainButton } from '#components/button-styles.ts';
import { ErrorNotice } from '#components/error-notice.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { TimeAgo } from '#components/time-ago.tsx';

const changeNames: Readonly<Record<string, TextKey>> = {
  extraction: 'revision.extraction',
  correction: 'revision.correction',
  geometry: 'revision.geometry',
  retype: 'revision.retype',
  revert: 'revision.revert',
  removal: 'revision.removal',
};

/** What a zone was before each change. */
export function revisionsQuery(zoneId: string) {
  return queryOptions({
    queryKey: ['zone-revisions', zoneId],
    queryFn: ({ signal }) => listRevisions(zoneId, signal),
  });
}

interface ZoneRevisionsProps {
  zoneId: string;
  isBusy: boolean;
  onRevert: (revision: number) => void;
}

/** The history of a zone, newest first, each step with a way back. */
export function ZoneRevisions({ zoneId, isBusy, onRevert }: ZoneRevisionsProps) {
  const { t } = useTranslation();
  const revisions = useQuery(revisionsQuery(zoneId));
  if (revisions.isPending) return <Skeleton className="mt-2 h-16" />;
  if (revisions.isError) {
    return <ErrorNotice error={revisions.error} onRetry={() => void revisions.refetch()} />;
  }
  if (revisions.data.length === 0) {
    return <p className="mt-2 text-xs text-ink-soft">{t('revision.none')}</p>;
  }
  return (
    <ol
      aria-label={t('zoneEdit.history')}
      className="mt-2 cursor-auto divide-y divide-line rounded-lg border border-line bg-surface"
      onClick={(event) => event.stopPropagation()}
    >
      {revisions.data.map((revision) => (
        <RevisionLine
          key={revision.number}
          revision={revision}
          isBusy={isBusy}
          onRevert={onRevert}
        />
      ))}
    </ol>
  );
}

interface RevisionLineProps extends Omit<ZoneRevisionsProps, 'zoneId'> {
  revision: ZoneRevision;
}

function RevisionLine({ revision, isBusy, onRevert }: RevisionLineProps) {
  const { t } = useTranslation();
  const change = t(changeNames[revision.kind] ?? 'revision.correction');
  const author =
    revision.authorId === null
      ? t('revision.machine')
      : (revision.authorName ?? t('revision.person'));
  return (
    <li className="p-2 text-xs">
      <p className="flex flex-wrap items-center gap-x-2 text-ink-soft">
        <span className="font-medium text-ink">{change}</span>
        <span>{author}</span>
        <TimeAgo instant={revision.createdAt} />
      </p>
      <p className="mt-1 line-clamp-3 whitespace-pre-line text-ink-soft">
        {t('revision.before')} {revision.content || '—'}
      </p>
      <button
        type="button"
        disabled={isBusy}
        onClick={() => onRevert(revision.number)}
        aria-label={t('revision.bringBackNumber', { number: revision.number })}
        className={`${plainButton} mt-1.5`}
      >
        {t('revision.bringBack')}
      </button>
    </li>
  );
}
