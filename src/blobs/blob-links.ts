/** A request that a client may send to the store itself, exactly as it stands. */
export interface SignedWrite {
  method: 'PUT';
  url: string;
  /** The client must send these as they are; they are signed. */
  headers: Readonly<Record<string, string>>;
  expiresAt: Date;
}

/** How long a signed read holds: long enough to follow it, too short to pass it on. */
export const readLinkSeconds = 60;

/** Lets a client talk to the store itself, about one blob and for a short time. */
export interface BlobLinks {
  /** Address that gives out the bytes of a key under this name and type, for `readLinkSeconds`. */
  signRead(key: string, answer: { contentType: string; disposition: string }): Promise<string>;
  /**
   * A request that stores one body of exactly this size under a key; the store refuses another size. What the body
   * holds must be checked when it is there: a client may send other bytes of the same size, or nothing.
   */
  signWrite(
    key: string,
    body: { sizeBytes: number; contentType: string; sha256: string; seconds: number },
  ): Promise<SignedWrite>;
}
