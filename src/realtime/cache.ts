/**
 * Results that are dear to make and can be made again. An entry may be gone at any moment, so a caller
 * always knows how to make it. Keys are written as in the data model: `ocr:result:{sha256}:{options}`.
 */
export interface Cache {
  /** The bytes, or null when there is no such entry, when it has expired, or when the store cannot be asked. */
  get(key: string): Promise<Uint8Array | null>;
  /**
   * Keeps `value` for `ttlSeconds` (1 or more), in place of an older one. Kept as well as possible: a value
   * over `maxCachedBytes`, or a store that cannot be reached, is no error.
   */
  set(key: string, value: Uint8Array, ttlSeconds: number): Promise<void>;
  /** After this the entry is gone, also when there was none. As well as possible, like `set`. */
  delete(key: string): Promise<void>;
}

/** What is larger than this is made again instead: it would push too much else out. */
export const maxCachedBytes = 16 * 1024 * 1024;

export const daySeconds = 86_400;
/** How long results are kept; see the data model. */
export const cacheSeconds = { ocrResult: 30 * daySeconds, llmResult: 90 * daySeconds } as const;
