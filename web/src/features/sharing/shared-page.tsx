import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Users } from 'lucide-react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Document } from '#api/api-model.ts';
import { listSharedDocuments } from '#api/share-api.ts';
import { EmptyState } from '#components/empty-state.tsx';
import { GrowingList } from '#components/growing-list.tsx';
import { DocumentLine, lineLook } from '#features/documents/document-line.tsx';
import { LibraryFrame, PlacesButton } from '#features/documents/library-frame.tsx';

const sharedQuery = infiniteQueryOptions({
  queryKey: ['documents-shared'],
  queryFn: ({ pageParam, signal }) => listSharedDocuments({ cursor: pageParam, limit: 50 }, signal),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.nextCursor ?? undefined,
  staleTime: 0,
});

/** What others share with the reader. */
export function SharedPage() {
  const { t } = useTranslation();
  const documents = useInfiniteQuery(sharedQuery);
  const rows = documents.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <LibraryFrame>
      <div className="h-full overflow-y-auto">
        <div className="mx-auto max-w-4xl px-4 py-6 md:px-8">
          <div className="flex items-center gap-1">
            <PlacesButton />
            <h1 className="text-2xl font-semibold">{t('sharing.withMe')}</h1>
          </div>
          <GrowingList
            label={t('sharing.withMe')}
            query={documents}
            isEmpty={rows.length === 0}
            empty={
              <EmptyState
                icon={Users}
                title={t('sharing.withMeEmpty')}
                text={t('sharing.withMeEmptyText')}
              />
            }
          >
            {rows.map((document) => (
              <li key={document.id}>
                <SharedRow document={document} />
              </li>
            ))}
          </GrowingList>
        </div>
      </div>
    </LibraryFrame>
  );
}

function SharedRow({ document }: { document: Document }) {
  const { t } = useTranslation();
  const { permission } = document;
  return (
    <Link to="/documents/$documentId" params={{ documentId: document.id }} className={lineLook}>
      <DocumentLine document={document} />
      {permission !== 'owner' && permission !== 'review' && (
        <span className="shrink-0 rounded-full bg-sunken px-2.5 text-xs leading-6 text-ink-soft">
          {t(`link.permission.${permission}`)}
        </span>
      )}
    </Link>
  );
}
