import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#kernel/app-error.ts';

export interface FoundFile {
  path: string;
  /** Path below the folder that was named, or just the file's name. */
  relative: string;
  name: string;
  /** With slashes, and the name of the folder that was named in front: what another machine makes folders of. */
  treePath: string;
}

/** The named files and all files below the named folders, in a stable order. Hidden ones are left out of folders. */
export async function findFiles(paths: readonly string[]): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (const named of paths) {
    const info = await stat(named).catch((cause: unknown) => {
      throw new AppError('cli.usage', `${named} is not there or cannot be read.`, { cause });
    });
    if (!info.isDirectory()) {
      const name = path.basename(named);
      found.push({ path: named, relative: name, name, treePath: name });
      continue;
    }
    const entries = await readdir(named, { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      const file = path.join(entry.parentPath, entry.name);
      const relative = path.relative(named, file);
      const isHidden = relative.split(path.sep).some((part) => part.startsWith('.'));
      if (!entry.isFile() || isHidden) continue;
      const treePath = [path.basename(path.resolve(named)), ...relative.split(path.sep)].join('/');
      found.push({ path: file, relative, name: entry.name, treePath });
    }
  }
  return found.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
