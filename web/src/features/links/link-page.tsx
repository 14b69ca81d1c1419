import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ApiError } from '#api/api-error.ts';
import type { OpenLink } from '#api/api-model.ts';
import { ErrorNotice } from '#components/error-notice.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import { LinkFrame } from './link-frame.tsx';
import { LinkPasswordPage } from './link-password-page.tsx';
import { linkQuery } from './link-queries.ts';
import { SharedDocument } from './shared-document.tsx';
import { SharedFolder } from './shared-folder.tsx';

const route = getRouteApi('/s/$token');

/** Where a share link leads: the document or the folder behind it, for people without an account. */
export function LinkPage() {
  const { token } = route.useParams();
  const link = useQuery(linkQuery(token));
  if (link.data) return <OpenedLink link={link.data} />;
  if (link.isPending) {
    return (
      <main className="flex h-dvh flex-col gap-6 p-6">
        <Skeleton className="h-8 w-72" />
        <Skeleton className="mx-auto w-full max-w-2xl flex-1" />
      </main>
    );
  }
  if (link.error instanceof ApiError && link.error.code === 'link.not_found') {
    return <LinkPasswordPage token={token} />;
  }
  return (
    <main className="p-6 pt-16">
      <ErrorNotice level={1} error={link.error} onRetry={() => void link.refetch()} />
    </main>
  );
}

function OpenedLink({ link }: { link: OpenLink }) {
  const { folder, document } = route.useSearch();
  const documentId = link.documentId ?? document;
  const folderId = folder ?? link.folderId;
  return (
    <LinkFrame link={link} isInDocument={document !== undefined}>
      {documentId === undefined ? (
        folderId !== null && <SharedFolder link={link} folderId={folderId} />
      ) : (
        <SharedDocument documentId={documentId} />
      )}
    </LinkFrame>
  );
}
