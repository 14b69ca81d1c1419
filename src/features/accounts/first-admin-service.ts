import type { Database } from '#db/database.ts';
import {
  cleanEmail,
  findUser,
  hashSecret,
  localOwner,
  newSecret,
  storePasswordHash,
  systemActor,
} from '#features/identity/index.ts';
import type { User } from '#features/identity/index.ts';
import { raise } from '#kernel/app-error.ts';
import type { AccountTokenId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import { linkInvalid, type NewAccount } from './account.ts';
import { claimUser, hasAdmin, lockUser } from './account-repository.ts';
import { tokenLifeMs, tokenLink } from './account-token.ts';
import {
  deleteAccountTokens,
  insertAccountToken,
  useAccountToken,
} from './account-token-repository.ts';
import { hashPassword } from './password-hash.ts';
import { checkNewPassword } from './password-rules.ts';
import type { SessionDeps } from './session-way.ts';
import { type Client, beginSession } from './session-start.ts';

/** A link by which whoever started the server becomes its admin; null when there is an admin already. */
export async function makeFirstAdminLink(
  database: Database,
  publicUrl: string,
): Promise<string | null> {
  if (await hasAdmin(database.sql)) return null;
  const token = newSecret();
  await insertAccountToken(database.sql, {
    id: newId<AccountTokenId>(),
    userId: localOwner.userId,
    purpose: 'first_admin',
    tokenHash: hashSecret(token),
    email: null,
    expiresAt: new Date(Date.now() + tokenLifeMs.first_admin),
  });
  return tokenLink(publicUrl, 'first_admin', token);
}

/**
 * Makes the holder of the link the admin and signs them in. They take over the row of the local owner, so that all
 * that was uploaded before is theirs. The address counts as proved: who reads the output of the server vouches for
 * it. Throws `auth.link_invalid`, `auth.password_weak`, `user.email_taken`.
 */
export async function claimFirstAdmin(
  deps: SessionDeps,
  client: Client,
  wish: NewAccount & { token: string },
): Promise<{ user: User; token: string }> {
  const email = cleanEmail(wish.email);
  checkNewPassword(wish.password, email);
  const passwordHash = await hashPassword(wish.password);
  const { userId } = localOwner;
  return deps.database.transaction(
    async (sql) => {
      await lockUser(sql, userId);
      const used = await useAccountToken(sql, 'first_admin', hashSecret(wish.token));
      if (used === null || (await hasAdmin(sql))) throw linkInvalid();
      const { firstName, lastName } = wish;
      const person = { email, firstName, lastName, verifiedAt: new Date() };
      if (!(await claimUser(sql, userId, person))) throw linkInvalid();
      await storePasswordHash(sql, userId, passwordHash);
      await deleteAccountTokens(sql, userId, 'first_admin');
      const token = await beginSession(sql, userId, client, deps.sessionMs);
      return { user: (await findUser(sql, userId)) ?? raise(linkInvalid()), token };
    },
    { actor: { ...systemActor, ip: client.ip ?? undefined }, reason: 'first admin' },
  );
}
