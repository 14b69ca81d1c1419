import type { Database, Transaction } from '#db/database.ts';
import { AppError, raise } from '#kernel/app-error.ts';
import { decodeIdCursor, pageOf } from '#kernel/cursor.ts';
import type { UserId } from '#kernel/ids.ts';
import type { Actor } from './actor.ts';
import { systemActor } from './actor.ts';
import { requireAdmin } from './admin-repository.ts';
import { revokeApiKeys } from './api-key-repository.ts';
import { revokeSessions } from './session-repository.ts';
import type { User } from './user.ts';
import { cleanEmail, userNotFound } from './user.ts';
import type { UserChange, UserFilter } from './user-admin-repository.ts';
import {
  listUsers,
  lockAdmins,
  nameActor,
  revokeSharesOf,
  updateUser,
} from './user-admin-repository.ts';
import { findUser, findUserByEmail } from './user-repository.ts';

export interface UserDeps {
  database: Database;
}

/** For whoever may reach the database; the case of the letters does not matter. Throws `user.not_found`. */
export async function getUserByEmail(deps: UserDeps, email: string): Promise<User> {
  const user = await findUserByEmail(deps.database.as(systemActor), cleanEmail(email));
  return user ?? raise(userNotFound(email));
}

/** People with an account, newest first. Throws `request.not_found` for anybody but an admin, `cursor.invalid`. */
export async function getUserPage(
  deps: UserDeps,
  actor: Actor,
  query: UserFilter & { cursor: string | undefined; limit: number },
): Promise<{ items: User[]; nextCursor: string | null }> {
  const sql = deps.database.as(systemActor);
  await requireAdmin(sql, actor);
  const { cursor, limit, ...filter } = query;
  const before = cursor === undefined ? null : decodeIdCursor(cursor);
  const rows = await listUsers(sql, { ...filter, before, limit });
  return pageOf(rows, limit, (user) => [user.id]);
}

/** Throws `request.not_found` for anybody but an admin, or `user.not_found`. */
export async function getUser(deps: UserDeps, actor: Actor, id: UserId): Promise<User> {
  const sql = deps.database.as(systemActor);
  await requireAdmin(sql, actor);
  return (await findUser(sql, id)) ?? raise(userNotFound(id));
}

/**
 * Changes role, status or limits of a user. Another role ends their sessions; a suspension also their keys, and a
 * deletion also the shares they have given: all with the commit, so that no request after it succeeds. Throws
 * `request.not_found` for anybody but an admin, `user.not_found`, `user.last_admin`, or `db.transition_refused`.
 */
export async function changeUser(
  deps: UserDeps,
  actor: Actor,
  id: UserId,
  change: UserChange,
): Promise<User> {
  const { requestId, ip, userAgent } = actor;
  return deps.database.transaction(
    async (sql) => {
      // Before the check: an admin who is being demoted waits here and is none any more.
      const admins = await lockAdmins(sql);
      await requireAdmin(sql, actor);
      await nameActor(sql, actor);
      const { before, after } = (await updateUser(sql, id, change)) ?? raise(userNotFound(id));
      const isAdmin = after.role === 'admin' && after.status === 'active';
      if (!isAdmin && admins.length === 1 && admins[0] === id) throw lastAdmin();
      await endAccess(sql, before, after);
      return after;
    },
    { actor: { ...systemActor, requestId, ip, userAgent } },
  );
}

async function endAccess(sql: Transaction, before: User, after: User): Promise<void> {
  const { id } = after;
  if (after.role !== before.role || after.status !== 'active') await revokeSessions(sql, id);
  if (after.status !== 'active') await revokeApiKeys(sql, id);
  if (after.status === 'deleted') await revokeSharesOf(sql, id);
}

function lastAdmin(): AppError {
  return new AppError(
    'user.last_admin',
    'This is the only active admin. Make somebody else an admin first.',
  );
}
