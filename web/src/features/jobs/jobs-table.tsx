import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Job } from '#api/api-model.ts';
import { JobRow } from './job-row.tsx';

/** Runs as a table; on small screens each row becomes a card by the layout of its cells. */
export function JobsTable({ jobs }: { jobs: readonly Job[] }) {
  const { t } = useTranslation();
  const head = 'px-3 py-2 text-left text-xs font-medium text-ink-faint';
  return (
    <div className="mt-6 overflow-hidden rounded-card border border-line bg-surface">
      <table className="w-full text-sm max-md:block">
        <thead className="border-b border-line max-md:sr-only">
          <tr>
            <th scope="col" className={`${head} pl-4`}>
              {t('jobs.document')}
            </th>
            <th scope="col" className={head}>
              {t('jobs.status')}
            </th>
            <th scope="col" className={`${head} w-72`}>
              {t('jobs.pages')}
            </th>
            <th scope="col" className={head}>
              {t('jobs.queued')}
            </th>
            <th scope="col" className={`${head} pr-4 text-right`}>
              {t('jobs.actions')}
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line max-md:block">
          {jobs.map((job) => (
            <JobRow key={job.id} job={job} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
