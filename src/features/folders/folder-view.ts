import type { Folder, ListedFolder } from './folder.ts';
import type { FolderView, ListedFolderView } from './folder-schema.ts';
import type { FolderWithPath } from './folder-service.ts';

function presentFields(folder: Folder) {
  return {
    id: folder.id,
    name: folder.name,
    parentId: folder.parentId,
    createdAt: folder.createdAt.toISOString(),
    updatedAt: folder.updatedAt.toISOString(),
    deletedAt: folder.deletedAt?.toISOString() ?? null,
  };
}

export function presentFolder({ folder, path }: FolderWithPath): FolderView {
  return { ...presentFields(folder), path };
}

export function presentListedFolder(folder: ListedFolder): ListedFolderView {
  const { folderCount, documentCount } = folder;
  return { ...presentFields(folder), folderCount, documentCount };
}
