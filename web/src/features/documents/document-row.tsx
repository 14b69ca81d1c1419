import { Link } from '@tanstack/react-router';
import { RotateCcw, Undo2 } from 'lucide-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Document } from '#api/api-model.ts';
import { plainButton } from '#components/button-styles.ts';
import { PageThumbnail } from '#components/page-thumbnail.tsx';
import { StatusBadge } from '#components/status-badge.tsx';
import { TimeAgo } from '#components/time-ago.tsx';
import { formatBytes } from '#components/value-formats.ts';
import { useJobActions } from '#features/jobs/job-actions.ts';
import { JobProgress } from '#features/jobs/job-progress.tsx';
import { canRetry, isOpen } from '#features/jobs/job-state.ts';
import { useDocumentActions } from './document-actions.ts';
import { languageName } from './document-languages.ts';
import { DocumentTypeBadge } from './document-type-badge.tsx';
import { DocumentMenu } from './document-menu.tsx';
import { mediaTypeName } from './media-type-names.ts';
import { TitleEditor } from './title-editor.tsx';

interface DocumentRowProps {
  document: Document;
  isTrash: boolean;
}

/** One document of the library. */
export const DocumentRow = memo(function DocumentRow({ document, isTrash }: DocumentRowProps) {
  const [isRenaming, setIsRenaming] = useState(false);
  const { rename } = useDocumentActions();
  return (
    <article className="flex h-full items-center gap-4 rounded-card border border-line bg-surface py-2 pr-2 pl-3 hover:border-line-strong">
      <Link
        to="/documents/$documentId"
        params={{ documentId: document.id }}
        tabIndex={-1}
        aria-hidden
        className="shrink-0"
      >
        <PageThumbnail
          documentId={document.id}
          versionId={document.versionId}
          number={1}
          width={52}
          className="h-[68px] w-[52px] rounded shadow-sheet"
        />
      </Link>
      <div className="min-w-0 flex-1">
        {isRenaming ? (
          <TitleEditor
            title={document.title}
            onDone={(title) => {
              setIsRenaming(false);
              if (title !== null) rename({ document, title });
            }}
          />
        ) : (
          <Link
            to="/documents/$documentId"
            params={{ documentId: document.id }}
            className="block truncate font-medium hover:text-accent"
          >
            {document.title}
          </Link>
        )}
        <DocumentFacts document={document} />
      </div>
      <DocumentState document={document} />
      {isTrash ? (
        <RestoreButton document={document} />
      ) : (
        <DocumentMenu document={document} onRename={() => setIsRenaming(true)} />
      )}
    </article>
  );
});

function DocumentFacts({ document }: { document: Document }) {
  const { t } = useTranslation();
  const { job, documentType: type } = document;
  if (document.status === 'failed' && job?.errorMessage) {
    return <p className="mt-0.5 line-clamp-2 text-sm text-bad">{job.errorMessage}</p>;
  }
  const facts = [mediaTypeName(document.mediaType)];
  if (document.pageCount !== null) facts.push(t('library.pages', { count: document.pageCount }));
  const language = document.language === null ? undefined : languageName(document.language);
  if (language !== undefined) facts.push(language);
  const isReading = job !== null && isOpen(job);
  return (
    <>
      <p className={`mt-0.5 truncate text-sm text-ink-soft ${isReading ? 'max-md:hidden' : ''}`}>
        {type !== null && type !== 'unknown' && (
          <span className="md:hidden">{t(`documentType.${type}`)} · </span>
        )}
        {facts.join(' · ')}
        <span className="max-sm:hidden"> · {formatBytes(document.sizeBytes)}</span>
        {' · '}
        <TimeAgo instant={document.createdAt} />
      </p>
      {isReading && (
        <div className="mt-2 md:hidden">
          <JobProgress job={job} />
        </div>
      )}
    </>
  );
}

function DocumentState({ document }: { document: Document }) {
  const { t } = useTranslation();
  const { retry, isBusy } = useJobActions();
  const { job } = document;
  const isSaidByRow =
    document.status === 'completed' ||
    (document.status === 'failed' && job !== null && job.errorMessage !== null);
  if (job && isOpen(job)) {
    return (
      <div className="w-80 shrink-0 max-md:hidden">
        <JobProgress job={job} />
      </div>
    );
  }
  return (
    <div className="flex shrink-0 items-center gap-2">
      {job && canRetry(job) && (
        <button
          type="button"
          className={plainButton}
          disabled={isBusy}
          aria-label={t('jobs.retryOf', { title: document.title })}
          onClick={() => retry(job.id)}
        >
          <RotateCcw size={15} aria-hidden />
          <span className="max-md:hidden">{t('jobs.retry')}</span>
        </button>
      )}
      <span className="max-md:hidden">
        <DocumentTypeBadge document={document} />
      </span>
      {/* On a small screen the row itself says so: nothing beside a ready one, the reason in a failed one. */}
      <span className={isSaidByRow ? 'max-md:hidden' : ''}>
        <StatusBadge status={job?.status === 'cancelled' ? 'cancelled' : document.status} />
      </span>
    </div>
  );
}

function RestoreButton({ document }: { document: Document }) {
  const { t } = useTranslation();
  const { restore } = useDocumentActions();
  return (
    <button type="button" className={plainButton} onClick={() => restore(document)}>
      <Undo2 size={15} aria-hidden />
      {t('library.restore')}
    </button>
  );
}
