import { copyFileSync, rmSync, symlinkSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#kernel/app-error.ts';
import type { SourceFile } from '../source-file.ts';
import { emptyFile } from './engine-failures.ts';
import { makePrivateFolder } from './private-folder.ts';

/**
 * A private folder that one child may read. A document is handed over as a symbolic link in it,
 * so the child sees that document and no other; Node's permission model follows links.
 */
export class HandoverFolder {
  readonly path: string;
  #current: { key: string; link: string } | undefined;
  #count = 0;

  constructor() {
    this.path = makePrivateFolder('engine');
  }

  /** True when this file is the one handed over last: the child may have it open. */
  holds(file: SourceFile): boolean {
    return this.#current?.key === keyOf(file);
  }

  /**
   * The path under which the child finds the file; the same one while the file stays the same.
   * Throws `file.empty`, or `blob.not_found` when it is gone.
   */
  async offer(file: SourceFile): Promise<string> {
    if (this.#current !== undefined && this.holds(file)) return this.#current.link;
    await checkFile(file);
    this.#withdraw();
    this.#count += 1;
    const link = join(this.path, `document-${this.#count}`);
    linkOrCopy(file.path, link);
    this.#current = { key: keyOf(file), link };
    return link;
  }

  /** Forgets the file, so that the next offer is under a new path. */
  #withdraw(): void {
    if (this.#current !== undefined) rmSync(this.#current.link, { force: true });
    this.#current = undefined;
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}

/** Links, or copies where links need a privilege (Windows). */
export function linkOrCopy(from: string, to: string): void {
  try {
    symlinkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

function keyOf(file: SourceFile): string {
  return `${file.sha256} ${file.path}`;
}

async function checkFile(file: SourceFile): Promise<void> {
  const facts = await stat(file.path).catch((cause: unknown) => {
    throw new AppError('blob.not_found', 'The file is no longer in the store.', { cause });
  });
  if (facts.size === 0) throw emptyFile('it has no bytes');
}
