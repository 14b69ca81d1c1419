import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A temporary folder with the given files; `close` removes it. */
export interface MigrationFolder {
  readonly path: string;
  /** Writes or overwrites files, by name. */
  write(files: Readonly<Record<string, string>>): Promise<void>;
  remove(file: string): Promise<void>;
  close(): Promise<void>;
}

export async function createMigrationFolder(
  files: Readonly<Record<string, string>>,
): Promise<MigrationFolder> {
  const path = await mkdtemp(join(tmpdir(), 'docmill-migrations-'));
  const folder: MigrationFolder = {
    path,
    async write(more) {
      for (const [name, text] of Object.entries(more)) await writeFile(join(path, name), text);
    },
    remove: (file) => rm(join(path, file)),
    close: () => rm(path, { recursive: true, force: true }),
  };
  await folder.write(files);
  return folder;
}
