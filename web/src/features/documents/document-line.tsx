import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Document } from '#api/api-model.ts';
import { PageThumbnail } from '#components/page-thumbnail.tsx';
import { formatBytes } from '#components/value-formats.ts';
import { mediaTypeName } from './media-type-names.ts';

/** The look of a line that leads to something shared. */
export const lineLook =
  'flex items-center gap-4 rounded-card border border-line bg-surface p-3 hover:border-line-strong';

/** What a line of a shared document shows: its first page, its title, and what it is. */
export function DocumentLine({ document }: { document: Document }) {
  const { t } = useTranslation();
  const facts = [mediaTypeName(document.mediaType), formatBytes(document.sizeBytes)];
  if (document.pageCount !== null) facts.push(t('library.pages', { count: document.pageCount }));
  return (
    <>
      <PageThumbnail
        documentId={document.id}
        versionId={document.versionId}
        number={1}
        width={40}
        className="h-[52px] w-10 shrink-0 rounded shadow-sheet"
      />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{document.title}</span>
        <span className="block truncate text-sm text-ink-soft">{facts.join(' · ')}</span>
      </span>
    </>
  );
}
