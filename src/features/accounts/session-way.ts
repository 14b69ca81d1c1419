import type { FastifyRequest } from 'fastify';
import type { Database } from '#db/database.ts';
import type { Actor } from '#features/identity/index.ts';
import { findLiveSession, hashSecret, touchSession } from '#features/identity/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { HostCookie } from './session-cookie.ts';
import { storableAddress } from './client-address.ts';

export interface SessionDeps {
  database: Database;
  cookie: HostCookie;
  /** How long a session lives without being used. */
  sessionMs: number;
}

/** The use of a session is written down this often, and moves its end on. */
const touchAfterMs = 60_000;

/**
 * Signed in by the session cookie. Role and status are read with every request, so that a change holds from the next
 * one on. null without a cookie; throws `auth.invalid` for one that is unknown or has ended.
 */
export function sessionWay(deps: SessionDeps): (request: FastifyRequest) => Promise<Actor | null> {
  return async (request) => {
    const token = deps.cookie.read(request.headers.cookie);
    if (token === null) return null;
    const session = await findLiveSession(deps.database.sql, hashSecret(token));
    if (session === null) {
      throw new AppError('auth.invalid', 'The session has ended. Sign in again.');
    }
    if (Date.now() - session.lastSeenAt.getTime() > touchAfterMs) {
      const expiresAt = new Date(Date.now() + deps.sessionMs);
      await touchSession(deps.database.sql, session.id, {
        ip: storableAddress(request.ip),
        expiresAt,
      });
    }
    return { kind: 'user', userId: session.userId, role: session.role, sessionId: session.id };
  };
}
