import type { SessionId, UserId } from '#kernel/ids.ts';

/** A signed-in browser or app, without its token. */
export interface Session {
  id: SessionId;
  userId: UserId;
  /** Where the user was: last document, page, zoom and filters. */
  state: Record<string, unknown>;
  ip: string | null;
  userAgent: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
}
