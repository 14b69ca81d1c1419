import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { ErrorNotice } from '#components/error-notice.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { EntryEditor } from './entry-editor.tsx';
import { entryQuery } from './journal-queries.ts';

const route = getRouteApi('/journal/$entryId');

/** One entry being read, changed or, under the id `new`, written. */
export function EntryPage() {
  const { t } = useTranslation();
  const { entryId } = route.useParams();
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-3xl px-4 py-6 md:px-8">
        <Link
          to="/journal"
          className="inline-flex items-center gap-1.5 text-sm text-ink-soft hover:text-ink"
        >
          <ArrowLeft size={16} aria-hidden />
          {t('journal.toJournal')}
        </Link>
        {entryId === 'new' ? (
          <EntryEditor key="new" seen={null} />
        ) : (
          <StoredEntry entryId={entryId} />
        )}
      </div>
    </div>
  );
}

function StoredEntry({ entryId }: { entryId: string }) {
  const seen = useQuery(entryQuery(entryId));
  if (seen.isPending) return <Skeleton className="mt-6 h-72" />;
  if (seen.isError) {
    return (
      <div className="mt-10">
        <ErrorNotice level={1} error={seen.error} onRetry={() => void seen.refetch()} />
      </div>
    );
  }
  return <EntryEditor key={seen.data.etag} seen={seen.data} />;
}
