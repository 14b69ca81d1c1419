/** A job queue under measurement, ours or a peer's. Items are told apart by their number. */
export interface QueueEngine {
  readonly name: string;
  /** Empties the tables. */
  reset(): Promise<void>;
  /** Resolves when the item is durable. */
  enqueueOne(item: number): Promise<void>;
  /** Items 0..count-1 in as few calls as the engine allows. */
  enqueueMany(count: number): Promise<void>;
  /** Starts a worker with its best settings for `concurrency`. */
  startWorker(concurrency: number, handle: ItemHandler): Promise<RunningQueue>;
  /** Items that are not finished, those of dead workers among them. */
  pending(): Promise<number>;
  close(): Promise<void>;
}

/** What is done for an item. Void for a handler that does nothing and so needs no promise. */
export type ItemHandler = (item: number) => Promise<void> | void;

export interface RunningQueue {
  stop(): Promise<void>;
}
