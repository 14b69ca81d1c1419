import type { FileToSend } from '#api/upload-file.ts';

/** Files an operating system leaves in folders, which nobody means to upload. */
export function isHiddenFile(name: string): boolean {
  return name.startsWith('.') || name === 'Thumbs.db' || name === 'desktop.ini';
}

/**
 * All files of a drop, folders walked to their leaves. Must be called in the drop event itself:
 * the browser empties the list afterwards. A file that cannot be read is left out.
 */
export function readDroppedFiles(transfer: DataTransfer): Promise<FileToSend[]> {
  const entries = [...transfer.items]
    .filter((item) => item.kind === 'file')
    .map((item) => item.webkitGetAsEntry() ?? item.getAsFile());
  return collect(
    entries.filter((entry) => entry !== null),
    '',
  );
}

/** `path` is where the entries lie in the drop: empty, or folders each with a slash behind. */
async function collect(
  entries: readonly (FileSystemEntry | File)[],
  path: string,
): Promise<FileToSend[]> {
  const found: FileToSend[] = [];
  for (const entry of entries) {
    if (isHiddenFile(entry.name)) continue;
    if (entry instanceof File) found.push({ file: entry });
    else if (isFileEntry(entry)) {
      const relativePath = path === '' ? undefined : path + entry.name;
      found.push(...(await readFileEntry(entry)).map((file) => ({ file, relativePath })));
    } else if (isFolderEntry(entry)) {
      found.push(...(await collect(await readFolder(entry), `${path}${entry.name}/`)));
    }
  }
  return found;
}

function isFileEntry(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolderEntry(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function readFileEntry(entry: FileSystemFileEntry): Promise<File[]> {
  return new Promise((resolve) => {
    entry.file(
      (file) => resolve([file]),
      () => resolve([]),
    );
  });
}

/** A reader answers at most a hundred entries at a time, and none at the end. */
async function readFolder(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const found: FileSystemEntry[] = [];
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve) => {
      reader.readEntries(resolve, () => resolve([]));
    });
    if (batch.length === 0) return found;
    found.push(...batch);
  }
}
