import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from '#kernel/logger.ts';

/**
 * Pictures on this machine's disk, which can be made again at any time. Concurrent wishes for one
 * picture render it once. When the folder outgrows its limit the longest unused pictures go.
 */
export class PageImageCache {
  readonly #folder: string;
  readonly #maxBytes: number;
  readonly #logger: Logger;
  readonly #underWay = new Map<string, Promise<Uint8Array>>();
  #bytesSincePrune = Infinity;

  constructor(folder: string, maxBytes: number, logger: Logger) {
    this.#folder = folder;
    this.#maxBytes = maxBytes;
    this.#logger = logger;
  }

  async get(key: string, render: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const name = `${createHash('sha256').update(key).digest('hex')}.webp`;
    const running = this.#underWay.get(name);
    if (running) return running;
    const made = this.#readOrRender(name, render).finally(() => this.#underWay.delete(name));
    this.#underWay.set(name, made);
    return made;
  }

  async #readOrRender(name: string, render: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const file = path.join(this.#folder, name.slice(0, 2), name);
    const kept = await this.#read(file);
    if (kept) return kept;
    const bytes = await render();
    try {
      await this.#write(file, bytes);
    } catch (error) {
      this.#logger.warn({ error }, 'page_image.not_cached');
    }
    return bytes;
  }

  /** null when there is none that can be used: a power cut may leave an empty file, for want of fsync. */
  async #read(file: string): Promise<Uint8Array | null> {
    try {
      const bytes = await readFile(file);
      const now = new Date();
      await utimes(file, now, now);
      return bytes.length > 0 ? bytes : null;
    } catch (error) {
      if (!isMissing(error)) this.#logger.warn({ error }, 'page_image.not_read');
      return null;
    }
  }

  /** Whole or not at all, but without fsync: a lost picture is only rendered again. */
  async #write(file: string, bytes: Uint8Array): Promise<void> {
    await mkdir(path.dirname(file), { recursive: true });
    const temporary = `${file}.${randomUUID()}.tmp`;
    const handle = await open(temporary, 'w');
    await handle.writeFile(bytes);
    await handle.close();
    await rename(temporary, file);
    this.#bytesSincePrune += bytes.length;
    if (this.#bytesSincePrune > this.#maxBytes / 10) {
      this.#bytesSincePrune = 0;
      await this.prune();
    }
  }

  /** Removes the longest unused pictures until nine tenths of the limit are left. */
  async prune(): Promise<void> {
    const files = await this.#listFiles();
    let total = files.reduce((sum, file) => sum + file.size, 0);
    if (total <= this.#maxBytes) return;
    files.sort((a, b) => a.mtimeMs - b.mtimeMs);
    for (const { file, size } of files) {
      if (total <= this.#maxBytes * 0.9) break;
      await rm(file, { force: true });
      total -= size;
    }
  }

  /** Another process may prune the same folder, so what is gone meanwhile is left out. */
  async #listFiles(): Promise<{ file: string; size: number; mtimeMs: number }[]> {
    const files = [];
    try {
      for (const name of await readdir(this.#folder, { recursive: true })) {
        if (!name.endsWith('.webp') && !name.endsWith('.tmp')) continue;
        const file = path.join(this.#folder, name);
        const found = await stat(file).catch(() => null);
        if (found) files.push({ file, size: found.size, mtimeMs: found.mtimeMs });
      }
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    return files;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
