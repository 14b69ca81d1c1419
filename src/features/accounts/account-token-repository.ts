import type { Sql } from '#db/database.ts';
import type { AccountTokenId, UserId } from '#kernel/ids.ts';
import type { TokenPurpose } from './account-token.ts';

export async function insertAccountToken(
  sql: Sql,
  token: {
    id: AccountTokenId;
    userId: UserId;
    purpose: TokenPurpose;
    tokenHash: string;
    email: string | null;
    expiresAt: Date;
  },
): Promise<void> {
  await sql`
    insert into account_tokens (id, user_id, purpose, token_hash, email, expires_at)
    values (${token.id}, ${token.userId}, ${token.purpose}, ${token.tokenHash}, ${token.email}, ${token.expiresAt})`;
}

/** Uses the link up: of two that come at once one gets it. null when it was used, has ended or never was. */
export async function useAccountToken(
  sql: Sql,
  purpose: TokenPurpose,
  tokenHash: string,
  now: Date = new Date(),
): Promise<{ userId: UserId; email: string | null } | null> {
  const rows = await sql<{ userId: UserId; email: string | null }>`
    update account_tokens set used_at = ${now}::timestamptz
    where token_hash = ${tokenHash} and purpose = ${purpose} and used_at is null and expires_at > ${now}::timestamptz
    returning user_id, email`;
  return rows[0] ?? null;
}

/** Forgets the links of one kind of a user: a newer one replaces them, or what they were for is done. */
export async function deleteAccountTokens(
  sql: Sql,
  userId: UserId,
  purpose: TokenPurpose,
): Promise<void> {
  await sql`delete from account_tokens where user_id = ${userId} and purpose = ${purpose}`;
}
