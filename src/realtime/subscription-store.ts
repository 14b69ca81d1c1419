import type { JobId, UserId } from '#kernel/ids.ts';

/**
 * Jobs that a user watches over live connections, whichever process holds them, so that a new connection
 * can take up where a lost one was. Forgotten a minute after the last heartbeat. All as well as possible:
 * while the store cannot be asked a connection knows its own jobs only.
 */
export interface SubscriptionStore {
  add(userId: UserId, jobIds: readonly JobId[]): Promise<void>;
  remove(userId: UserId, jobIds: readonly JobId[]): Promise<void>;
  /** None when nothing is known. */
  list(userId: UserId): Promise<JobId[]>;
  /** The heartbeat: what is there stays for another minute. */
  touch(userId: UserId): Promise<void>;
}

export const subscriptionSeconds = 60;
