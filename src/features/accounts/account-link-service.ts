import type { Sql } from '#db/database.ts';
import { hashSecret, newSecret } from '#features/identity/index.ts';
import type { AccountTokenId, UserId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { TokenPurpose } from './account-token.ts';
import { tokenLifeMs, tokenLink } from './account-token.ts';
import { deleteAccountTokens, insertAccountToken } from './account-token-repository.ts';

/** A link for one user, in place of the earlier ones for the same. `email` is the address that it proves, if any. */
export async function makeAccountLink(
  sql: Sql,
  publicUrl: string,
  link: { userId: UserId; purpose: TokenPurpose; email: string | null },
): Promise<string> {
  const token = newSecret();
  await deleteAccountTokens(sql, link.userId, link.purpose);
  await insertAccountToken(sql, {
    ...link,
    id: newId<AccountTokenId>(),
    tokenHash: hashSecret(token),
    expiresAt: new Date(Date.now() + tokenLifeMs[link.purpose]),
  });
  return tokenLink(publicUrl, link.purpose, token);
}
