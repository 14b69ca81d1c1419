import { createCipheriv, createHash } from 'node:crypto';

/** Random choices that a seed repeats. */
export interface SeededRandom {
  /** 0 ≤ n < 1. */
  fraction(): number;
  /** A whole number from..to, both inclusive. */
  between(from: number, to: number): number;
  /** Throws RangeError for an empty list. */
  pick<Item>(items: readonly Item[]): Item;
  bytes(length: number): Buffer;
}

/** The key stream of a cipher whose key is the seed: the same everywhere, and even for neighbouring seeds. */
export function seededRandom(seed: number): SeededRandom {
  const key = createHash('sha256').update(`${seed}`).digest();
  const stream = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  const bytes = (length: number): Buffer => stream.update(Buffer.alloc(length));
  const fraction = (): number => bytes(4).readUInt32BE() / 2 ** 32;
  const between = (from: number, to: number): number =>
    from + Math.floor(fraction() * (to - from + 1));
  return {
    fraction,
    between,
    pick(items) {
      const item = items[between(0, items.length - 1)];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
    bytes,
  };
}
