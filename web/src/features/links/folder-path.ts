interface KnownFolder {
  id: string;
  name: string;
  /** null for the shared folder itself. */
  parentId: string | null;
}

/** The way from the shared folder to one below it, both included; empty for a folder that is not among them. */
export function folderPath(folders: readonly KnownFolder[], folderId: string): KnownFolder[] {
  const byId = new Map(folders.map((folder) => [folder.id, folder]));
  const path: KnownFolder[] = [];
  let next = byId.get(folderId);
  while (next !== undefined && path.length < folders.length) {
    path.unshift(next);
    next = next.parentId === null ? undefined : byId.get(next.parentId);
  }
  return path;
}
