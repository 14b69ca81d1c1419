import type { ListedFolder } from '#api/api-model.ts';
import { home } from './folder-queries.ts';

/** What is known of the folders in a place. */
export interface Branch {
  items: readonly ListedFolder[];
  nextCursor: string | null;
}

/** Branches by place: the id of a folder, or `home`. */
export type Branches = Readonly<Record<string, Branch>>;

export type TreeRow =
  | {
      kind: 'folder';
      id: string;
      /** Empty for Home, which is named by whoever shows it. */
      name: string;
      parent: string | null;
      /** 1 for Home. */
      level: number;
      /** Counts from 1 among its neighbours. */
      position: number;
      /** -1 while not all neighbours are known. */
      neighbours: number;
      /** null for a folder without folders in it. */
      isExpanded: boolean | null;
    }
  /** Stands for folders that have not been read yet. */
  | { kind: 'more'; id: string; parent: string; level: number };

/** The rows of a tree from top to bottom: Home, and what lies in it as far as it is expanded. */
export function treeRows(branches: Branches, expanded: ReadonlySet<string>): TreeRow[] {
  const isHomeExpanded = expanded.has(home);
  const top = { id: home, name: '', parent: null, level: 1, position: 1, neighbours: 1 };
  const rows: TreeRow[] = [{ kind: 'folder', ...top, isExpanded: isHomeExpanded }];
  if (isHomeExpanded) addBranch(home, 2);
  return rows;

  function addBranch(parent: string, level: number): void {
    const branch = branches[parent];
    const known = branch?.items ?? [];
    const isComplete = branch?.nextCursor === null;
    known.forEach((folder, index) => {
      const isExpanded = folder.folderCount === 0 ? null : expanded.has(folder.id);
      rows.push({
        kind: 'folder',
        id: folder.id,
        name: folder.name,
        parent,
        level,
        position: index + 1,
        neighbours: isComplete ? known.length : -1,
        isExpanded,
      });
      if (isExpanded === true) addBranch(folder.id, level + 1);
    });
    if (!isComplete) rows.push({ kind: 'more', id: `more:${parent}`, parent, level });
  }
}

/** What a key does in a tree. */
export type TreeStep =
  | { kind: 'go'; to: number }
  | { kind: 'expand'; id: string }
  | { kind: 'collapse'; id: string };

/**
 * What a pressed key does with the row at an index, after the tree pattern of the WAI-ARIA practices;
 * null for a key that does nothing there. A single sign goes to the next row that begins with it.
 */
export function stepOfKey(rows: readonly TreeRow[], index: number, key: string): TreeStep | null {
  const row = rows[index];
  if (row === undefined) return null;
  const go = (to: number): TreeStep | null =>
    rows[to] === undefined || to === index ? null : { kind: 'go', to };
  switch (key) {
    case 'ArrowDown':
      return go(index + 1);
    case 'ArrowUp':
      return go(index - 1);
    case 'Home':
      return go(0);
    case 'End':
      return go(rows.length - 1);
    case 'ArrowRight':
      if (row.kind === 'more' || row.isExpanded === null) return null;
      return row.isExpanded ? go(index + 1) : { kind: 'expand', id: row.id };
    case 'ArrowLeft':
      if (row.kind === 'folder' && row.isExpanded === true) return { kind: 'collapse', id: row.id };
      return go(rows.findIndex(({ id }) => id === row.parent));
    default:
      return key.length === 1 ? go(indexStartingWith(rows, index, key)) : null;
  }
}

function indexStartingWith(rows: readonly TreeRow[], index: number, sign: string): number {
  const from = index + 1;
  const inOrder = [...rows.slice(from), ...rows.slice(0, from)];
  const found = inOrder.findIndex(
    (row) => row.kind === 'folder' && row.name.toLowerCase().startsWith(sign.toLowerCase()),
  );
  return found < 0 ? -1 : (from + found) % rows.length;
}
