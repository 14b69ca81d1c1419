import { randomUUID } from 'node:crypto';
import { readFile, readlink, rename, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '#kernel/app-error.ts';

const linkList = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Puts back the symbolic links of the shared libraries that an npm package cannot carry and that its
 * install script would make (install scripts are off here). Resolves to how many links were missing.
 * Does nothing when all are there, so the folder may be read-only then.
 * Throws `embedded.unavailable` when a link is missing and cannot be made.
 */
export async function restoreLibraryLinks(packageFolder: string): Promise<number> {
  const links = await listedLinks(packageFolder);
  const made = await Promise.all(
    links.map(({ source, target }) =>
      restoreLink(path.resolve(packageFolder, source), path.resolve(packageFolder, target)),
    ),
  );
  return made.filter(Boolean).length;
}

async function listedLinks(packageFolder: string): Promise<z.infer<typeof linkList>> {
  const list = path.join(packageFolder, 'native', 'pg-symlinks.json');
  let text: string;
  try {
    text = await readFile(list, 'utf8');
  } catch (error) {
    // Packages without links, such as the one for Windows, have no list.
    if (isErrno(error, 'ENOENT')) return [];
    throw error;
  }
  return linkList.parse(JSON.parse(text));
}

async function restoreLink(source: string, target: string): Promise<boolean> {
  const content = path.relative(path.dirname(target), source);
  if ((await linkContent(target)) === content) return false;
  // A rename replaces what is there in one step, so two processes that start at once do not meet a gap.
  const temporary = `${target}.${randomUUID()}`;
  try {
    await symlink(content, temporary);
    await rename(temporary, target);
    return true;
  } catch (cause) {
    await rm(temporary, { force: true });
    throw new AppError(
      'embedded.unavailable',
      `The embedded PostgreSQL lacks the library link ${target} and it cannot be made. ` +
        'Start Docmill once as the owner of that folder, or make the folder writable, or set DATABASE_URL.',
      { cause },
    );
  }
}

async function linkContent(target: string): Promise<string | null> {
  try {
    return await readlink(target);
  } catch (error) {
    // EINVAL: something that is not a link, such as a copy made by a packager; it is replaced.
    if (isErrno(error, 'ENOENT') || isErrno(error, 'EINVAL')) return null;
    throw error;
  }
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
