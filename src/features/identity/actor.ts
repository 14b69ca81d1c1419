import type { ApiKeyId, DocumentId, SessionId, UserId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';
import { systemUserId } from '#kernel/system-user.ts';

import type { UserLimits } from './user-limits.ts';
import type { UserRole } from './user.ts';

/** On whose behalf something is done. Every repository call that touches tenant rows needs one. */
export interface Actor {
  /** How they came in: signed in, by an API key, by a share link, or as a part of the program itself. */
  kind: 'user' | 'key' | 'link' | 'system';
  /** Whose rows are meant. A worker that works for a user is `system` with the id of that user. */
  userId: UserId;
  role: UserRole;
  /** Limits of the user that differ from those of the server. */
  limits?: UserLimits | undefined;
  /** Which key, for the kind `key` only. */
  keyId?: ApiKeyId | undefined;
  /** The session of a browser that is signed in. */
  sessionId?: SessionId | undefined;
  /** What a key may do, such as `documents:read`; for the kind `key` only. */
  scopes?: readonly string[] | undefined;
  /** SHA-256 of the token of the share link that was followed, in hexadecimal. */
  linkHash?: string | undefined;
  /** A document of somebody else that is being used; shares and review tasks on it count then. */
  documentId?: DocumentId | undefined;
  /** The request that is being answered, for the audit log. */
  requestId?: string | undefined;
  /** Address of the client, for the audit log. */
  ip?: string | undefined;
  /** Program of the client, for the audit log. */
  userAgent?: string | undefined;
}

/** The row that migration V001 inserts. The first admin takes it over, with all that was uploaded before. */
export const localOwner: Actor = {
  kind: 'user',
  userId: asId<UserId>('00000000-0000-7000-8000-000000000001'),
  role: 'admin',
  limits: {},
};

/** The program itself, where its work belongs to nobody: claiming, sweeping, checking a key before its user is known. */
export const systemActor: Actor = { kind: 'system', userId: systemUserId, role: 'admin' };

/** The program working for a user, such as a worker on a job of theirs: it sees their rows and nothing else. */
export function actingFor(userId: UserId): Actor {
  return { kind: 'system', userId, role: 'teacher' };
}
