import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Document } from '#api/api-model.ts';
import { TimeAgo } from '#components/time-ago.tsx';
import { formatBytes } from '#components/value-formats.ts';
import { JobProgress } from '#features/jobs/job-progress.tsx';
import { isOpen } from '#features/jobs/job-state.ts';
import { languageName } from './document-languages.ts';
import { mediaTypeName } from './media-type-names.ts';

/** What is known of a document of a list, in a line; on a card and on a small screen also how far it is. */
export function DocumentFacts({ document, isCard }: { document: Document; isCard: boolean }) {
  const { t } = useTranslation();
  const { job, documentType: type } = document;
  if (document.status === 'failed' && job?.errorMessage) {
    return <p className="mt-0.5 line-clamp-2 text-sm text-bad">{job.errorMessage}</p>;
  }
  // What stands beside a row on a wide screen stands in the facts of a card and on a small screen.
  const narrow = isCard
    ? { shown: '', hidden: 'hidden' }
    : { shown: 'md:hidden', hidden: 'max-md:hidden' };
  const facts = [mediaTypeName(document.mediaType)];
  if (document.pageCount !== null) facts.push(t('library.pages', { count: document.pageCount }));
  const language = document.language === null ? undefined : languageName(document.language);
  if (language !== undefined) facts.push(language);
  const isReading = job !== null && isOpen(job);
  return (
    <>
      <p
        className={`mt-0.5 text-ink-soft ${isCard ? 'line-clamp-2 text-xs' : 'truncate text-sm'} ${isReading ? narrow.hidden : ''}`}
      >
        {type !== null && type !== 'unknown' && (
          <span className={narrow.shown}>{t(`documentType.${type}`)} · </span>
        )}
        {facts.join(' · ')}
        {!isCard && <span className="max-sm:hidden"> · {formatBytes(document.sizeBytes)}</span>}
        {' · '}
        <TimeAgo instant={document.createdAt} />
      </p>
      {isReading && (
        <div className={`mt-2 ${narrow.shown}`}>
          <JobProgress job={job} />
        </div>
      )}
    </>
  );
}
