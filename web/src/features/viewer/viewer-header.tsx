import { ArrowLeft, Share2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Document } from '#api/api-model.ts';
import { IconButton } from '#components/icon-button.tsx';
import { StatusBadge } from '#components/status-badge.tsx';
import { useDocumentActions } from '#features/documents/document-actions.ts';
import { DocumentTypeBadge } from '#features/documents/document-type-badge.tsx';
import { TitleEditor } from '#features/documents/title-editor.tsx';
import { JobProgress } from '#features/jobs/job-progress.tsx';
import { isOpen } from '#features/jobs/job-state.ts';
import { useShareDialog } from '#features/sharing/share-provider.tsx';
import { DownloadsMenu } from './downloads-menu.tsx';
import { useViewerRights } from './viewer-rights.ts';

/** Title (a click renames it), status or progress, downloads. */
export function ViewerHeader({ document, onBack }: { document: Document; onBack: () => void }) {
  const { t } = useTranslation();
  const { rename } = useDocumentActions();
  const { canEdit, isOwner, isVisitor } = useViewerRights();
  const share = useShareDialog();
  const [isRenaming, setIsRenaming] = useState(false);
  return (
    <div className="flex h-14 shrink-0 items-center gap-3 border-b border-line bg-surface px-2 md:px-3">
      {!isVisitor && (
        <IconButton icon={ArrowLeft} label={t('viewer.back')} shortcut="Esc" onClick={onBack} />
      )}
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
          <h1 className="truncate text-base font-semibold">
            {canEdit ? (
              <button
                type="button"
                title={t('library.rename')}
                onClick={() => setIsRenaming(true)}
                className="max-w-full truncate rounded-md hover:text-accent"
              >
                {document.title}
              </button>
            ) : (
              document.title
            )}
          </h1>
        )}
      </div>
      <div className="flex shrink-0 items-center gap-3">
        {document.job && isOpen(document.job) ? (
          <div className="w-72 max-md:w-32">
            <JobProgress job={document.job} />
          </div>
        ) : (
          <span className="flex gap-2 max-md:hidden">
            <DocumentTypeBadge document={document} />
            <StatusBadge status={document.status} />
          </span>
        )}
        {isOwner && (
          <IconButton
            icon={Share2}
            label={t('nav.share')}
            onClick={() => share({ object: { documentId: document.id }, title: document.title })}
          />
        )}
        <DownloadsMenu documentId={document.id} />
      </div>
    </div>
  );
}
