export type LibraryView = 'list' | 'grid';

interface Layable {
  kind: 'folder' | 'document';
  id: string;
}

interface PlacedItem<Item> {
  item: Item;
  /** Counts from 1. */
  position: number;
}

/** A row of the list: one item, or as many of the same kind as stand side by side. */
export interface ItemRow<Item extends Layable> {
  key: string;
  kind: Item['kind'];
  cells: PlacedItem<Item>[];
}

/** Lays items into rows of at most `columns`; folders and documents never share a row. */
export function layItems<Item extends Layable>(
  items: readonly Item[],
  columns: number,
): ItemRow<Item>[] {
  const rows: ItemRow<Item>[] = [];
  items.forEach((item, index) => {
    const last = rows.at(-1);
    const cell = { item, position: index + 1 };
    if (last && last.kind === item.kind && last.cells.length < columns) last.cells.push(cell);
    else rows.push({ key: item.id, kind: item.kind, cells: [cell] });
  });
  return rows;
}

/** How many cards stand side by side in a width in CSS pixels: two on a telephone. */
export function columnsIn(width: number): number {
  const narrowest = width < 640 ? 160 : 212;
  return Math.max(1, Math.floor(width / narrowest));
}
