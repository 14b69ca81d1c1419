import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { ChevronRight, Files, Folder } from 'lucide-react';
import { Fragment } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Document, OpenLink } from '#api/api-model.ts';
import { EmptyState } from '#components/empty-state.tsx';
import { GrowingList } from '#components/growing-list.tsx';
import { DocumentLine, lineLook } from '#features/documents/document-line.tsx';
import { folderPath } from './folder-path.ts';
import { folderDocumentsQuery } from './link-queries.ts';

const route = getRouteApi('/s/$token');

interface SharedFolderProps {
  link: OpenLink;
  folderId: string;
}

/** A shared folder: the way to it, the folders in it, and its documents. */
export function SharedFolder({ link, folderId }: SharedFolderProps) {
  const { t } = useTranslation();
  const documents = useInfiniteQuery(folderDocumentsQuery(folderId));
  const inside = link.folders.filter(({ parentId }) => parentId === folderId);
  const rows = documents.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-4xl px-4 py-6 md:px-8">
        <FolderWay link={link} folderId={folderId} />
        <GrowingList
          label={link.title}
          query={documents}
          isEmpty={inside.length + rows.length === 0}
          empty={
            <EmptyState icon={Files} title={t('link.emptyTitle')} text={t('link.emptyText')} />
          }
        >
          {inside.map(({ id, name }) => (
            <li key={id}>
              <FolderRow folderId={id} name={name} />
            </li>
          ))}
          {rows.map((document) => (
            <li key={document.id}>
              <SharedRow document={document} folderId={folderId} />
            </li>
          ))}
        </GrowingList>
      </div>
    </div>
  );
}

function FolderWay({ link, folderId }: SharedFolderProps) {
  const { token } = route.useParams();
  const path = folderPath(link.folders, folderId);
  return (
    <h1 className="flex flex-wrap items-center gap-1 text-2xl font-semibold">
      {path.map(({ id, name }, index) => (
        <Fragment key={id}>
          {index > 0 && <ChevronRight size={18} className="text-ink-faint" aria-hidden />}
          {index === path.length - 1 ? (
            name
          ) : (
            <Link
              to="/s/$token"
              params={{ token }}
              search={index === 0 ? {} : { folder: id }}
              className="text-ink-soft hover:text-accent"
            >
              {name}
            </Link>
          )}
        </Fragment>
      ))}
    </h1>
  );
}

function FolderRow({ folderId, name }: { folderId: string; name: string }) {
  const { token } = route.useParams();
  return (
    <Link to="/s/$token" params={{ token }} search={{ folder: folderId }} className={lineLook}>
      <Folder size={20} className="text-ink-soft" aria-hidden />
      <span className="min-w-0 truncate font-medium">{name}</span>
    </Link>
  );
}

function SharedRow({ document, folderId }: { document: Document; folderId: string }) {
  const { token } = route.useParams();
  return (
    <Link
      to="/s/$token"
      params={{ token }}
      search={{ folder: folderId, document: document.id }}
      className={lineLook}
    >
      <DocumentLine document={document} />
    </Link>
  );
}
