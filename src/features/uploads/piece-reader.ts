/**
 * Cuts a stream into pieces of a bounded size. A stream that breaks ends its last piece where it broke, so that what
 * came is kept, and `failure` says why.
 */
export class PieceReader {
  /** Set when the stream broke. */
  failure: { error: unknown } | undefined;
  readonly #source: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array();

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** True when there is at least one more byte. */
  async hasMore(): Promise<boolean> {
    while (this.#rest.length === 0 && this.failure === undefined) {
      const chunk = await this.#pull();
      if (chunk === null) return false;
      this.#rest = chunk;
    }
    return this.#rest.length > 0;
  }

  /** The next bytes, at most so many; ends early at the end of the stream. */
  async *take(maxBytes: number): AsyncGenerator<Uint8Array> {
    let left = maxBytes;
    while (left > 0 && (await this.hasMore())) {
      const chunk = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(chunk.length);
      left -= chunk.length;
      yield chunk;
    }
  }

  async #pull(): Promise<Uint8Array | null> {
    try {
      const next = await this.#source.next();
      return next.done === true ? null : next.value;
    } catch (error) {
      this.failure = { error };
      return null;
    }
  }
}
