import { open, rm } from 'node:fs/promises';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GrayImage } from '../page-engine.ts';
import { makePrivateFolder } from '../sandbox/private-folder.ts';
import { tiffHeader } from './gray-tiff.ts';

/**
 * Rasters on their way to a program, as files that only this user can read: the program reads a file twice as fast
 * as its standard input, and takes the next one without being started again.
 */
export class PageFiles {
  readonly #folder = makePrivateFolder('engine');
  #count = 0;

  /** A small white image. */
  makeEmpty(): string {
    const image = { width: 8, height: 8, pixels: new Uint8Array(64).fill(255), dpi: 70 };
    const path = join(this.#folder, 'empty.tif');
    writeFileSync(path, Buffer.concat([tiffHeader(image), image.pixels]));
    return path;
  }

  /** Writes a raster; returns the path, which the caller gives to `remove`. */
  async write(image: GrayImage): Promise<string> {
    this.#count += 1;
    const path = join(this.#folder, `page-${this.#count}.tif`);
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writev([tiffHeader(image), image.pixels]);
    } finally {
      await file.close();
    }
    return path;
  }

  async remove(path: string): Promise<void> {
    await rm(path, { force: true });
  }

  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}
