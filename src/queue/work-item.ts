import type { JobId, UserId } from '#kernel/ids.ts';

/** One claimable unit of a job: a stage over a range of pages. */
export interface WorkItem {
  id: number;
  ownerId: UserId;
  jobId: JobId;
  /** Name of the stage; each is a queue of its own with its own concurrency. */
  queue: string;
  /** 1-based, inclusive. */
  pageFrom: number;
  pageTo: number;
  /** Larger first. */
  priority: number;
  /** Which try this is, from 1. */
  attempt: number;
  maxAttempts: number;
  /** Fencing: rises with every claim, so an effect of an older claim is refused. */
  leaseToken: number;
}

export interface NewWorkItem {
  ownerId: UserId;
  jobId: JobId;
  queue: string;
  pageFrom: number;
  pageTo: number;
  priority: number;
  /** Not before this moment; at once without it. */
  runAt?: Date;
}

/** Thrown by a handler: try again after this delay, whatever the backoff says. */
export class RetryAfter extends Error {
  readonly delayMs: number;

  constructor(delayMs: number, reason: string, cause?: unknown) {
    super(reason, { cause });
    this.name = 'RetryAfter';
    this.delayMs = delayMs;
  }
}

/** Thrown by a handler: another try would end the same, so the item is dead at once. */
export class GiveUp extends Error {
  constructor(reason: string, cause?: unknown) {
    super(reason, { cause });
    this.name = 'GiveUp';
  }
}

/** The item was handed to another worker meanwhile; what this one did must not be stored. */
export class StaleLease extends Error {
  constructor(item: WorkItem) {
    super(`work item ${item.id} is no longer leased under token ${item.leaseToken}`);
    this.name = 'StaleLease';
  }
}
