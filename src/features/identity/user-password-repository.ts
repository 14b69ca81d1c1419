import type { Sql } from '#db/database.ts';
import type { UserId } from '#kernel/ids.ts';

/** The Argon2id text of a password; null for users who sign in otherwise. */
export async function findPasswordHash(sql: Sql, userId: UserId): Promise<string | null> {
  const rows = await sql<{ passwordHash: string }>`
    select password_hash from user_passwords where user_id = ${userId}`;
  return rows[0]?.passwordHash ?? null;
}

/** Sets the first password or replaces it. */
export async function storePasswordHash(
  sql: Sql,
  userId: UserId,
  passwordHash: string,
): Promise<void> {
  await sql`
    insert into user_passwords (user_id, password_hash) values (${userId}, ${passwordHash})
    on conflict (user_id) do update set password_hash = excluded.password_hash, changed_at = now()`;
}

/** False when there was none. */
export async function deletePassword(sql: Sql, userId: UserId): Promise<boolean> {
  const rows = await sql`delete from user_passwords where user_id = ${userId} returning user_id`;
  return rows.length === 1;
}
