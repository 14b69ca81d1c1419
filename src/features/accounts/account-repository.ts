import type { Sql } from '#db/database.ts';
import type { UserId } from '#kernel/ids.ts';

/** What signing in compares. */
export interface SignInRow {
  id: UserId;
  status: string;
  emailVerifiedAt: Date | null;
  passwordHash: string | null;
}

/** null when nobody has the address. */
export async function findSignIn(sql: Sql, email: string): Promise<SignInRow | null> {
  const rows = await sql<SignInRow>`
    select u.id, u.status, u.email_verified_at, p.password_hash
    from users u left join user_passwords p on p.user_id = u.id
    where u.email = ${email}::citext`;
  return rows[0] ?? null;
}

/**
 * The password of an active user, kept from being changed until the transaction ends: a session is begun before a
 * change of the password, which then ends it, or not at all. null when there is none or the user is not active.
 */
export async function lockPasswordHash(sql: Sql, userId: UserId): Promise<string | null> {
  const rows = await sql<{ passwordHash: string }>`
    select p.password_hash from user_passwords p join users u on u.id = p.user_id
    where p.user_id = ${userId} and u.status = 'active' for share`;
  return rows[0]?.passwordHash ?? null;
}

/** Whether anybody who administers this server can sign in. */
export async function hasAdmin(sql: Sql): Promise<boolean> {
  const rows = await sql<{ found: boolean }>`
    select exists (
      select from users u where u.role = 'admin' and u.status = 'active' and (
        exists (select from user_passwords p where p.user_id = u.id)
        or exists (select from user_identities i where i.user_id = u.id))
    ) as found`;
  return rows[0]?.found ?? false;
}

/** Gives the row of the local owner, and with it all that was uploaded before, to a person. */
export async function claimUser(
  sql: Sql,
  id: UserId,
  person: { email: string; firstName: string | null; lastName: string | null; verifiedAt: Date },
): Promise<boolean> {
  const rows = await sql`
    update users set email = ${person.email}, first_name = ${person.firstName}, last_name = ${person.lastName},
      email_verified_at = ${person.verifiedAt}, role = 'admin'
    where id = ${id} and status = 'active' returning id`;
  return rows.length === 1;
}

/** Two at once wait for each other. */
export async function lockUser(sql: Sql, id: UserId): Promise<void> {
  await sql`select from users where id = ${id} for update`;
}

/** The address is the one of the user, and proved. Throws `user.email_taken` when it is that of somebody else. */
export async function proveEmail(sql: Sql, id: UserId, email: string): Promise<void> {
  await sql`
    update users set email = ${email}, email_verified_at = now()
    where id = ${id} and (email <> ${email}::citext or email_verified_at is null)`;
}
