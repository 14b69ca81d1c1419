import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Activity, Radio } from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { plainButton } from '#components/button-styles.ts';
import { EmptyState } from '#components/empty-state.tsx';
import { ErrorNotice } from '#components/error-notice.tsx';
import { SegmentedChoice } from '#components/segmented-choice.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { jobsQuery } from './job-queries.ts';
import { JobsTable } from './jobs-table.tsx';
import { jobFilters } from './jobs-search.ts';
import { useIsLive } from './live-jobs.tsx';
import { QueueHealth } from './queue-health.tsx';

const route = getRouteApi('/jobs');

/** All runs of the pipeline, live. */
export function JobsPage() {
  const { t } = useTranslation();
  const { status } = route.useSearch();
  const navigate = route.useNavigate();
  const choose = (next: 'all' | (typeof jobFilters)[number]) => {
    void navigate({ search: next === 'all' ? {} : { status: next }, replace: true });
  };
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-6xl px-4 py-6 md:px-8">
        <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
          <h1 className="text-2xl font-semibold">{t('jobs.title')}</h1>
          <LiveSign />
          <div className="md:ml-auto">
            <SegmentedChoice
              label={t('jobs.filter')}
              value={jobFilters.find((known) => known === status) ?? 'all'}
              choices={[
                { value: 'all', label: t('jobs.all') },
                ...jobFilters.map((value) => ({ value, label: t(`status.${value}`) })),
              ]}
              onChange={choose}
            />
          </div>
        </div>
        <QueueHealth />
        <JobsContent status={status} onShowAll={() => choose('all')} />
      </div>
    </div>
  );
}

function LiveSign() {
  const { t } = useTranslation();
  const isLive = useIsLive();
  return (
    <span
      role="status"
      className={`flex items-center gap-1.5 text-xs ${isLive ? 'text-good' : 'text-warn'}`}
    >
      <Radio size={14} aria-hidden />
      {isLive ? t('jobs.live') : t('jobs.offline')}
    </span>
  );
}

interface JobsContentProps {
  status: Parameters<typeof jobsQuery>[0];
  onShowAll: () => void;
}

function JobsContent({ status, onShowAll }: JobsContentProps) {
  const { t } = useTranslation();
  const jobs = useInfiniteQuery(jobsQuery(status));
  if (jobs.isPending) return <Skeleton className="mt-6 h-72" />;
  if (jobs.isError) {
    return (
      <div className="mt-10">
        <ErrorNotice error={jobs.error} onRetry={() => void jobs.refetch()} />
      </div>
    );
  }
  const rows = jobs.data.pages
    .flatMap((page) => page.items)
    .filter((job) => status === undefined || job.status === status);
  if (rows.length === 0) {
    return status === undefined ? (
      <EmptyState icon={Activity} title={t('jobs.emptyTitle')} text={t('jobs.emptyText')} />
    ) : (
      <EmptyState
        icon={Activity}
        title={t('jobs.emptyFilterTitle')}
        text={t('jobs.emptyFilterText')}
      >
        <button type="button" className={plainButton} onClick={onShowAll}>
          {t('library.showAll')}
        </button>
      </EmptyState>
    );
  }
  return (
    <>
      <JobsTable jobs={rows} />
      {jobs.hasNextPage && (
        <div className="mt-6 text-center">
          <button
            type="button"
            className={plainButton}
            disabled={jobs.isFetchingNextPage}
            onClick={() => void jobs.fetchNextPage()}
          >
            {t('jobs.more')}
          </button>
        </div>
      )}
    </>
  );
}
