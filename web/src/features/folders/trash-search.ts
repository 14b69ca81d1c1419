export interface TrashSearch {
  /** Left out: documents. */
  of?: 'folders';
}

/** Reads what is shown of the trash from the address. */
export function readTrashSearch(search: Record<string, unknown>): TrashSearch {
  return search['of'] === 'folders' ? { of: 'folders' } : {};
}
