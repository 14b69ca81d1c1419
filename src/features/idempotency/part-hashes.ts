import { createHash } from 'node:crypto';

/** Hashes of the files of one upload, taken while they pass. */
export interface PartHashes {
  /** Passes the file on. However much of it is read, all of it is hashed when `return` resolves. */
  watch(name: string, source: AsyncIterableIterator<Uint8Array>): AsyncIterableIterator<Uint8Array>;
  /** In the order in which the files came. */
  list(): string[];
}

export function createPartHashes(): PartHashes {
  const parts: { name: string; sha256: string }[] = [];
  return {
    list: () => parts.map(({ name, sha256 }) => `${name} ${sha256}`),
    watch(name, source) {
      const hash = createHash('sha256');
      let isOver = false;
      const pull = async (): Promise<IteratorResult<Uint8Array>> => {
        if (isOver) return { done: true, value: undefined };
        const next = await source.next();
        if (next.done !== true) hash.update(next.value);
        else finish();
        return next;
      };
      const finish = (): void => {
        if (isOver) return;
        isOver = true;
        parts.push({ name, sha256: hash.digest('hex') });
      };
      return {
        next: pull,
        async return() {
          // A file that was refused before its end is hashed to its end all the same.
          while ((await pull()).done !== true);
          return { done: true, value: undefined };
        },
        [Symbol.asyncIterator]() {
          return this;
        },
      };
    },
  };
}
