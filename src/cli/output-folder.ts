import { access, constants, mkdir } from 'node:fs/promises';
import { AppError } from '#kernel/app-error.ts';
import type { FoundFile } from './find-files.ts';

/**
 * Makes the folder that results go to, before any work is done for it. Throws `cli.usage` when it cannot be
 * written, or when two results would get the same name and one would silently replace the other.
 */
export async function prepareOutputFolder(
  folder: string,
  files: readonly FoundFile[],
): Promise<void> {
  const taken = new Map<string, FoundFile>();
  for (const file of files) {
    const other = taken.get(file.relative);
    if (other) {
      throw new AppError(
        'cli.usage',
        `${other.path} and ${file.path} would both be written as ${file.relative}. Name them one by one.`,
      );
    }
    taken.set(file.relative, file);
  }
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (cause) {
    throw new AppError('cli.usage', `${folder} cannot be written to.`, { cause });
  }
}
