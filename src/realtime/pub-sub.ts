/**
 * Short texts to every process that listens, this one included, at most once each: a listener that is
 * away misses what is said meanwhile, so whoever must know everything also polls.
 */
export interface PubSub {
  /** True when it was handed over; false when it could not be. A message has up to 7,000 bytes. */
  publish(channel: string, message: string): Promise<boolean>;
  /** Resolves when listening, or when that has to wait for a connection; it then begins by itself. */
  subscribe(channel: string, listener: (message: string) => void): Promise<() => Promise<void>>;
}
