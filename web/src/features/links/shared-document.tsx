import { useQuery } from '@tanstack/react-query';
import { ErrorNotice } from '#components/error-notice.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { documentQuery } from '#features/documents/document-queries.ts';
import { DocumentViewer } from '#features/viewer/document-viewer.tsx';
import { ViewerRightsContext, rightsOf } from '#features/viewer/viewer-rights.ts';

/** A shared document as its owner sees it, with what the link permits. */
export function SharedDocument({ documentId }: { documentId: string }) {
  const document = useQuery(documentQuery(documentId));
  if (document.isPending) return <Skeleton className="m-6 mx-auto h-2/3 max-w-2xl" />;
  if (document.isError) {
    return (
      <div className="p-6 pt-16">
        <ErrorNotice level={1} error={document.error} onRetry={() => void document.refetch()} />
      </div>
    );
  }
  return (
    <ViewerRightsContext value={rightsOf(document.data.permission, true)}>
      <DocumentViewer key={documentId} document={document.data} />
    </ViewerRightsContext>
  );
}
