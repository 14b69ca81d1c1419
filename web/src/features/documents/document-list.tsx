import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Document } from '#api/api-model.ts';
import { DocumentRow } from './document-row.tsx';

interface DocumentListProps {
  documents: readonly Document[];
  isTrash: boolean;
  hasMore: boolean;
  onMore: () => void;
}

const rowHeight = 100;

/** Rows of documents; only those near the window exist, and more are read before the end shows. */
export function DocumentList({ documents, isTrash, hasMore, onMore }: DocumentListProps) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: documents.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => documents[index]?.id ?? index,
    overscan: 6,
    paddingEnd: 24,
  });
  const lastShown = rows.getVirtualItems().at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && lastShown >= documents.length - 12) onMore();
  }, [hasMore, lastShown, documents.length, onMore]);
  return (
    <div ref={scroller} className="h-full overflow-y-auto" tabIndex={-1}>
      <ul
        aria-label={isTrash ? t('library.trash') : t('library.documents')}
        className="relative mx-auto max-w-6xl"
        style={{ height: rows.getTotalSize() }}
      >
        {rows.getVirtualItems().map((row) => {
          const document = documents[row.index];
          if (!document) return null;
          return (
            <li
              key={row.key}
              aria-setsize={documents.length}
              aria-posinset={row.index + 1}
              className="absolute inset-x-0 top-0 px-4 pb-3 md:px-8"
              style={{ height: rowHeight, transform: `translateY(${row.start}px)` }}
            >
              <DocumentRow document={document} isTrash={isTrash} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
