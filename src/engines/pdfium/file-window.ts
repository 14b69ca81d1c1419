import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const blockBytes = 256 * 1024;
const blocksKept = 64;

/**
 * Random access to a file for a parser that asks for a few hundred bytes at a time: recent blocks
 * stay in memory (16 MiB at most), so a file of any size costs the same.
 */
export class FileWindow {
  readonly size: number;
  readonly #descriptor: number;
  readonly #blocks = new Map<number, Uint8Array>();

  constructor(path: string) {
    this.#descriptor = openSync(path, 'r');
    this.size = fstatSync(this.#descriptor).size;
  }

  /** Copies `target.length` bytes from `position`; false when the file does not hold them. */
  read(position: number, target: Uint8Array): boolean {
    if (position + target.length > this.size) return false;
    // Whole streams go straight to where they are wanted.
    if (target.length > blockBytes) return this.#readAll(position, target);
    for (let done = 0; done < target.length;) {
      const at = position + done;
      const block = this.#block(Math.floor(at / blockBytes));
      const offset = at % blockBytes;
      const part = block.subarray(offset, offset + target.length - done);
      if (part.length === 0) return false;
      target.set(part, done);
      done += part.length;
    }
    return true;
  }

  close(): void {
    this.#blocks.clear();
    closeSync(this.#descriptor);
  }

  #block(index: number): Uint8Array {
    const known = this.#blocks.get(index);
    if (known !== undefined) return known;
    const start = index * blockBytes;
    const block = new Uint8Array(Math.min(blockBytes, this.size - start));
    if (!this.#readAll(start, block)) return new Uint8Array();
    if (this.#blocks.size >= blocksKept) {
      const oldest = this.#blocks.keys().next();
      if (oldest.done !== true) this.#blocks.delete(oldest.value);
    }
    this.#blocks.set(index, block);
    return block;
  }

  #readAll(position: number, target: Uint8Array): boolean {
    for (let done = 0; done < target.length;) {
      const count = readSync(this.#descriptor, target, done, target.length - done, position + done);
      if (count === 0) return false;
      done += count;
    }
    return true;
  }
}
