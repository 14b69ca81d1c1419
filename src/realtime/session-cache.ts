import { z } from 'zod';
import type { UserId } from '#kernel/ids.ts';

/** What a request needs to know of the session it comes with. */
export interface CachedSession {
  email: string;
  role: string;
  /** When the session was last used, to the minute or so. */
  lastAccess: Date;
}

/**
 * Sessions as last read from the sessions table, which stays the truth. All sessions of a user expire
 * together, seven days after the last use of any of them.
 */
export interface SessionCache {
  /** Moves the expiry on. Null when it is not here, or when the store cannot be asked: read the table then. */
  get(userId: UserId, sessionId: string): Promise<CachedSession | null>;
  /** As well as possible. */
  set(userId: UserId, sessionId: string, session: CachedSession): Promise<void>;
  /** One session ends. Throws `realtime.unavailable`, since a session that stays would still be taken for good. */
  remove(userId: UserId, sessionId: string): Promise<void>;
  /** All sessions of a user: on a change of role or password, and on suspension. Throws `realtime.unavailable`. */
  drop(userId: UserId): Promise<void>;
}

export const sessionSeconds = 7 * 86_400;

const stateSchema = z.object({ email: z.string(), role: z.string(), lastAccess: z.string() });

export type SessionState = z.infer<typeof stateSchema>;

export function toSessionState(session: CachedSession): SessionState {
  return { ...session, lastAccess: session.lastAccess.toISOString() };
}

/** Null for what another version may have written. */
export function parseSessionState(state: unknown): CachedSession | null {
  const parsed = stateSchema.safeParse(state);
  if (!parsed.success) return null;
  return { ...parsed.data, lastAccess: new Date(parsed.data.lastAccess) };
}
