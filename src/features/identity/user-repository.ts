import type { Sql } from '#db/database.ts';
import { fragment, json } from '#db/sql-tag.ts';
import type { BlobId, UserId } from '#kernel/ids.ts';
import { systemUserId } from '#kernel/system-user.ts';
import type { User, UserRole, UserStatus } from './user.ts';

const columns = fragment`
  u.id, u.email, u.email_verified_at, u.first_name, u.last_name, u.name, u.avatar_blob_id, u.role, u.status,
  u.settings, u.limits, u.last_login_at, u.created_at, u.updated_at, u.deleted_at`;

export interface NewUser {
  id: UserId;
  email: string;
  emailVerifiedAt?: Date | null;
  firstName?: string | null;
  lastName?: string | null;
  role?: UserRole;
}

/** Throws `user.email_taken` when somebody has the address, in any case of its letters. */
export async function insertUser(sql: Sql, user: NewUser): Promise<User> {
  const rows = await sql<User>`
    insert into users as u (id, email, email_verified_at, first_name, last_name, role)
    values (${user.id}, ${user.email}, ${user.emailVerifiedAt ?? null}, ${user.firstName ?? null},
      ${user.lastName ?? null}, ${user.role ?? 'teacher'})
    returning ${columns}`;
  const [inserted] = rows;
  if (inserted === undefined) throw new Error('an insert returned no row');
  return inserted;
}

/** null when there is none; deleted users are found too. */
export async function findUser(sql: Sql, id: UserId): Promise<User | null> {
  const rows = await sql<User>`select ${columns} from users u where u.id = ${id}`;
  return rows[0] ?? null;
}

/** null when nobody has the address; the case of its letters does not matter. */
export async function findUserByEmail(sql: Sql, email: string): Promise<User | null> {
  const rows = await sql<User>`select ${columns} from users u where u.email = ${email}::citext`;
  return rows[0] ?? null;
}

/** What a user may change of themselves; undefined leaves a field as it is. */
export interface ProfileChange {
  firstName?: string | null | undefined;
  lastName?: string | null | undefined;
  avatarBlobId?: BlobId | null | undefined;
  /** Merged into the settings there are; a key set to null is kept as null. */
  settings?: Record<string, unknown> | undefined;
}

/** null when there is no such user. */
export async function updateProfile(
  sql: Sql,
  id: UserId,
  change: ProfileChange,
): Promise<User | null> {
  const rows = await sql<User>`
    update users u set
      first_name = case when ${change.firstName !== undefined} then ${change.firstName ?? null} else u.first_name end,
      last_name = case when ${change.lastName !== undefined} then ${change.lastName ?? null} else u.last_name end,
      avatar_blob_id = case when ${change.avatarBlobId !== undefined}
        then ${change.avatarBlobId ?? null}::uuid else u.avatar_blob_id end,
      settings = u.settings || ${json(change.settings ?? {})}
    where u.id = ${id}
    returning ${columns}`;
  return rows[0] ?? null;
}

/** A new address is not verified until its owner proves it. False when there is no such user. */
export async function updateEmail(
  sql: Sql,
  id: UserId,
  email: string,
  verifiedAt: Date | null,
): Promise<boolean> {
  const rows = await sql`
    update users set email = ${email}, email_verified_at = ${verifiedAt} where id = ${id} returning id`;
  return rows.length === 1;
}

/** False when there is no such user. */
export async function updateRole(sql: Sql, id: UserId, role: UserRole): Promise<boolean> {
  const rows = await sql`update users set role = ${role} where id = ${id} returning id`;
  return rows.length === 1;
}

/** Throws `db.transition_refused` for a move that state_transitions does not know. False when there is no such user. */
export async function updateStatus(sql: Sql, id: UserId, status: UserStatus): Promise<boolean> {
  const rows = await sql`
    update users set status = ${status}, deleted_at = case when ${status} = 'deleted' then now() end
    where id = ${id} returning id`;
  return rows.length === 1;
}

export async function noteLogin(sql: Sql, id: UserId): Promise<void> {
  await sql`update users set last_login_at = now() where id = ${id}`;
}

/** Everybody but the deleted ones and the system user, newest first; for the command line. */
export async function listEveryUser(sql: Sql): Promise<User[]> {
  return sql<User>`
    select ${columns} from users u
    where u.status <> 'deleted' and u.id <> ${systemUserId}
    order by u.id desc`;
}
