import { type ReactNode, useMemo } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { ListedFolder } from '#api/api-model.ts';
import { plainButton } from '#components/button-styles.ts';
import { useElementSize } from '#components/use-element-size.ts';
import { VirtualRows } from '#components/virtual-rows.tsx';
import { DocumentRow } from './document-row.tsx';
import { type ItemRow, type LibraryView, columnsIn, layItems } from './lay-items.ts';
import type { LibraryItem } from './library-item.ts';

interface ItemListProps {
  label: string;
  items: readonly LibraryItem[];
  view: LibraryView;
  /** Given for the trash: what can be done with an item there. */
  renderTrashed?: (item: LibraryItem) => ReactNode;
  renderFolder?: (folder: ListedFolder, view: LibraryView) => ReactNode;
  /** Given while there are folders that are not listed yet. */
  onMoreFolders?: (() => void) | undefined;
  hasMore: boolean;
  onMore: () => void;
}

type Row = (ItemRow<LibraryItem> | { key: string; kind: 'more' }) & { height: number };

/** Heights with the gap below. */
const heights = {
  list: { folder: 68, document: 100, more: 56 },
  grid: { folder: 68, document: 288, more: 56 },
} as const;

/** Folders and documents as rows or as cards. */
export function ItemList(props: ItemListProps) {
  const { label, items, view, onMoreFolders, hasMore, onMore } = props;
  const { t } = useTranslation();
  const [attach, size] = useElementSize();
  const columns = view === 'grid' ? columnsIn(Math.min(size?.width ?? 0, 1152)) : 1;
  const hasMoreFolders = onMoreFolders !== undefined;
  const rows = useMemo(
    () => makeRows(items, columns, view, hasMoreFolders),
    [items, columns, view, hasMoreFolders],
  );
  return (
    <div ref={attach} className="h-full">
      <VirtualRows label={label} rows={rows} hasMore={hasMore} onMore={onMore}>
        {(row) =>
          row.kind === 'more' ? (
            <button type="button" className={plainButton} onClick={onMoreFolders}>
              {t('folders.more')}
            </button>
          ) : (
            <Cells {...props} row={row} columns={columns} />
          )
        }
      </VirtualRows>
    </div>
  );
}

function makeRows(
  items: readonly LibraryItem[],
  columns: number,
  view: LibraryView,
  hasMoreFolders: boolean,
): Row[] {
  const rows: Row[] = layItems(items, columns).map((row) => ({
    ...row,
    height: heights[view][row.kind],
  }));
  if (!hasMoreFolders) return rows;
  const folders = rows.filter((row) => row.kind === 'folder').length;
  return rows.toSpliced(folders, 0, { key: 'more', kind: 'more', height: heights[view].more });
}

interface CellsProps extends ItemListProps {
  row: ItemRow<LibraryItem>;
  columns: number;
}

function Cells({ row, columns, items, view, renderTrashed, renderFolder, hasMore }: CellsProps) {
  return (
    <div
      role="presentation"
      className="grid h-full gap-3"
      style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
    >
      {row.cells.map(({ item, position }) => (
        <div
          key={item.id}
          role="listitem"
          aria-setsize={hasMore ? -1 : items.length}
          aria-posinset={position}
        >
          {item.kind === 'folder' ? (
            renderFolder?.(item.folder, view)
          ) : (
            <DocumentRow document={item.document} view={view} renderTrashed={renderTrashed} />
          )}
        </div>
      ))}
    </div>
  );
}
