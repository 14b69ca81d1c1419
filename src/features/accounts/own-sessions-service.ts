import type { Database } from '#db/database.ts';
import type { Actor, Session, UserIdentity } from '#features/identity/index.ts';
import {
  deleteIdentity,
  findPasswordHash,
  listIdentities,
  listSessions,
  revokeSession,
  revokeSessions,
} from '#features/identity/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { IdentityId, SessionId } from '#kernel/ids.ts';
import { requirePerson } from './account-service.ts';

interface Deps {
  database: Database;
}

/** Living sessions of the actor, newest first. Throws `access.denied`. */
export async function getSessions(deps: Deps, actor: Actor): Promise<Session[]> {
  requirePerson(actor);
  return listSessions(deps.database.as(actor), actor.userId);
}

/** Throws `session.not_found`, `access.denied`. */
export async function endSession(deps: Deps, actor: Actor, id: SessionId): Promise<void> {
  requirePerson(actor);
  if (await revokeSession(deps.database.as(actor), actor.userId, id)) return;
  throw new AppError('session.not_found', 'There is no such session of yours, or it has ended.');
}

/** Ends every session of the actor but the one that asks; resolves to how many. Throws `access.denied`. */
export async function endOtherSessions(deps: Deps, actor: Actor): Promise<number> {
  requirePerson(actor);
  return revokeSessions(deps.database.as(actor), actor.userId, actor.sessionId ?? null);
}

/** Ways to sign in at other services. Throws `access.denied`. */
export async function getIdentities(deps: Deps, actor: Actor): Promise<UserIdentity[]> {
  requirePerson(actor);
  return listIdentities(deps.database.as(actor), actor.userId);
}

/**
 * Takes a way to sign in away, unless it is the only one. Throws `identity.not_found`, `identity.last_way`,
 * `access.denied`.
 */
export async function removeIdentity(deps: Deps, actor: Actor, id: IdentityId): Promise<void> {
  requirePerson(actor);
  await deps.database.transaction(
    async (sql) => {
      const identities = await listIdentities(sql, actor.userId);
      if (!identities.some((identity) => identity.id === id)) throw identityNotFound();
      const hasPassword = (await findPasswordHash(sql, actor.userId)) !== null;
      if (identities.length === 1 && !hasPassword) {
        throw new AppError(
          'identity.last_way',
          'This is the only way you can sign in. Set a password first.',
        );
      }
      if (!(await deleteIdentity(sql, actor.userId, id))) throw identityNotFound();
    },
    { actor },
  );
}

function identityNotFound(): AppError {
  return new AppError('identity.not_found', 'There is no such way to sign in among yours.');
}
