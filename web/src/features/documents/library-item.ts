import type { Document, ListedFolder } from '#api/api-model.ts';

/** What a list of the library holds: folders first, then documents. */
export type LibraryItem =
  | { kind: 'folder'; id: string; folder: ListedFolder }
  | { kind: 'document'; id: string; document: Document };

export function documentItem(document: Document): LibraryItem {
  return { kind: 'document', id: document.id, document };
}

export function folderItem(folder: ListedFolder): LibraryItem {
  return { kind: 'folder', id: folder.id, folder };
}

/** The title of a document or the name of a folder. */
export function itemName(item: LibraryItem): string {
  return item.kind === 'folder' ? item.folder.name : item.document.title;
}

/** Where it lies: null in Home. */
export function placeOf(item: LibraryItem): string | null {
  return item.kind === 'folder' ? item.folder.parentId : item.document.folderId;
}
