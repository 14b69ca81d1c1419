import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { FileQuestion } from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import { ApiError } from '#api/api-error.ts';
import { primaryButton } from '#components/button-styles.ts';
import { EmptyState } from '#components/empty-state.tsx';
import { ErrorNotice } from '#components/error-notice.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { findInLists } from '#features/documents/document-cache.ts';
import { documentQuery } from '#features/documents/document-queries.ts';
import { DocumentViewer } from './document-viewer.tsx';
import { ViewerRightsContext, rightsOf } from './viewer-rights.ts';

const route = getRouteApi('/documents/$documentId');

/** One document: its pages with their zones, and the text beside them. */
export function ViewerPage() {
  const { t } = useTranslation();
  const { documentId } = route.useParams();
  const queryClient = useQueryClient();
  const document = useQuery({
    ...documentQuery(documentId),
    placeholderData: () => findInLists(queryClient, documentId),
  });
  if (document.data) {
    return (
      <ViewerRightsContext value={rightsOf(document.data.permission, false)}>
        <DocumentViewer key={documentId} document={document.data} />
      </ViewerRightsContext>
    );
  }
  if (document.isError) {
    const isMissing = document.error instanceof ApiError && document.error.status < 500;
    return isMissing ? (
      <EmptyState
        icon={FileQuestion}
        title={t('viewer.missingTitle')}
        text={t('viewer.missingText')}
        level={1}
      >
        <Link to="/" className={primaryButton}>
          {t('app.toLibrary')}
        </Link>
      </EmptyState>
    ) : (
      <div className="p-6 pt-16">
        <ErrorNotice level={1} error={document.error} onRetry={() => void document.refetch()} />
      </div>
    );
  }
  return (
    <div className="flex h-full flex-col gap-6 p-6">
      <Skeleton className="h-8 w-72" />
      <Skeleton className="mx-auto w-full max-w-2xl flex-1" />
    </div>
  );
}
