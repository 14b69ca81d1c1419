import type { Sql } from '#db/database.ts';
import { fragment, json, literalInteger } from '#db/sql-tag.ts';
import type { UserId } from '#kernel/ids.ts';
import { systemUserId } from '#kernel/system-user.ts';
import type { Actor } from './actor.ts';
import type { User, UserRole, UserStatus } from './user.ts';

const columns = fragment`
  u.id, u.email, u.email_verified_at, u.first_name, u.last_name, u.name, u.avatar_blob_id, u.role, u.status,
  u.settings, u.limits, u.last_login_at, u.created_at, u.updated_at, u.deleted_at`;

/** What narrows a list of users; undefined for all. */
export interface UserFilter {
  /** In the address or in the name, whatever the case of the letters. */
  q?: string | undefined;
  role?: UserRole | undefined;
  status?: UserStatus | undefined;
}

/** Newest first, one more than `limit`; the system user is nobody. Call it as the program. */
export async function listUsers(
  sql: Sql,
  query: UserFilter & { before: string | null; limit: number },
): Promise<User[]> {
  const { q, role, status } = query;
  const words = q === undefined ? fragment`` : matching(q);
  const withRole = role === undefined ? fragment`` : fragment`and u.role = ${role}`;
  const withStatus = status === undefined ? fragment`` : fragment`and u.status = ${status}`;
  const before = query.before === null ? fragment`` : fragment`and u.id < ${query.before}::uuid`;
  return sql<User>`
    select ${columns} from users u
    where u.id <> ${systemUserId} ${words} ${withRole} ${withStatus} ${before}
    order by u.id desc limit ${literalInteger(query.limit + 1)}`;
}

function matching(q: string) {
  const pattern = `%${q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  return fragment`and (u.email::text ilike ${pattern} or u.name ilike ${pattern})`;
}

/**
 * Says to the audit log that this admin acts, while the transaction keeps the rights of the program: row policies would
 * show an admin their own row only.
 */
export async function nameActor(sql: Sql, actor: Actor): Promise<void> {
  await sql`
    select set_config('app.actor_id', ${actor.userId}, true), set_config('app.actor_kind', ${actor.kind}, true)`;
}

/** Ids of the active admins, locked until the end of the transaction: two admins cannot demote each other at once. */
export async function lockAdmins(sql: Sql): Promise<UserId[]> {
  const rows = await sql<{ id: UserId }>`
    select id from users where role = 'admin' and status = 'active' order by id for update`;
  return rows.map(({ id }) => id);
}

/** What an admin may change of a user; undefined leaves a field as it is. */
export interface UserChange {
  role?: UserRole | undefined;
  status?: UserStatus | undefined;
  limits?: Record<string, unknown> | undefined;
}

/** As it was before and is now; null when there is no such user. Throws `db.transition_refused`. */
export async function updateUser(
  sql: Sql,
  id: UserId,
  change: UserChange,
): Promise<{ before: User; after: User } | null> {
  const [before] = await sql<User>`
    select ${columns} from users u where u.id = ${id} and u.status <> 'deleted' for update`;
  if (before === undefined || id === systemUserId) return null;
  const { role = before.role, status = before.status, limits = before.limits } = change;
  const [after] = await sql<User>`
    update users u set role = ${role}, status = ${status}, limits = ${json(limits)},
      deleted_at = case when ${status} = 'deleted' then now() end
    where u.id = ${id} returning ${columns}`;
  return after === undefined ? null : { before, after };
}

/** Ends every share that a user has given; resolves to how many. */
export async function revokeSharesOf(sql: Sql, ownerId: UserId): Promise<number> {
  const rows = await sql`
    update document_shares set revoked_at = now()
    where owner_id = ${ownerId} and revoked_at is null returning id`;
  return rows.length;
}
