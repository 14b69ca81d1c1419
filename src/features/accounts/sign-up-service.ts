import type { Transaction } from '#db/database.ts';
import type { User } from '#features/identity/index.ts';
import {
  cleanEmail,
  findUser,
  findUserByEmail,
  hashSecret,
  insertUser,
  storePasswordHash,
  systemActor,
} from '#features/identity/index.ts';
import { isAppError, raise } from '#kernel/app-error.ts';
import type { UserId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import { linkInvalid, type NewAccount, signUpClosed } from './account.ts';
import type { AccountDeps } from './account-deps.ts';
import { makeAccountLink } from './account-link-service.ts';
import { accountMails } from './account-mails.ts';
import { findSignIn, hasAdmin, proveEmail } from './account-repository.ts';
import { useAccountToken } from './account-token-repository.ts';
import { acceptInvitation, lockInvitation } from './invitation-repository.ts';
import { hashPassword } from './password-hash.ts';
import { checkNewPassword } from './password-rules.ts';
import { type Client, beginSession } from './session-start.ts';

/**
 * Makes an account by invitation and signs its person in. The invitation says the address, which who holds the link has
 * proved, and the role. Throws `auth.link_invalid`, `auth.password_weak`, `user.email_taken`.
 */
export async function signUpInvited(
  deps: AccountDeps,
  client: Client,
  wish: Omit<NewAccount, 'email'> & { invitation: string },
): Promise<{ user: User; token: string }> {
  checkNewPassword(wish.password, '');
  const passwordHash = await hashPassword(wish.password);
  return deps.database.transaction(
    async (sql) => {
      const invitation = await lockInvitation(sql, hashSecret(wish.invitation));
      if (invitation === null) throw linkInvalid();
      const { email, role } = invitation;
      const { firstName, lastName } = wish;
      const id = newId<UserId>();
      await insertUser(sql, { id, email, role, firstName, lastName, emailVerifiedAt: new Date() });
      await storePasswordHash(sql, id, passwordHash);
      await acceptInvitation(sql, invitation.id, id);
      const token = await beginSession(sql, id, client, deps.sessionMs);
      return { user: (await findUser(sql, id)) ?? raise(linkInvalid()), token };
    },
    { actor: systemActor, reason: 'invitation accepted' },
  );
}

/**
 * Makes an account that can be used when the address was proved by a mail. Who has an account with the address gets
 * another mail; the answer and its time are the same. Throws `auth.sign_up_closed`, `auth.password_weak`.
 */
export async function signUp(deps: AccountDeps, wish: NewAccount): Promise<void> {
  if (deps.signUp !== 'open' || !(await hasAdmin(deps.database.sql))) {
    throw signUpClosed();
  }
  const email = cleanEmail(wish.email);
  checkNewPassword(wish.password, email);
  const passwordHash = await hashPassword(wish.password);
  deps.background.run('account.sign_up', () => makeAccount(deps, { ...wish, email }, passwordHash));
}

async function makeAccount(
  deps: AccountDeps,
  { email, firstName, lastName }: NewAccount,
  passwordHash: string,
): Promise<void> {
  const { sql } = deps.database;
  const found = await findSignIn(sql, email);
  if (found !== null && found.status !== 'active') return;
  if (found === null) {
    const id = newId<UserId>();
    try {
      const link = await deps.database.transaction(async (transaction) => {
        await insertUser(transaction, { id, email, firstName, lastName });
        await storePasswordHash(transaction, id, passwordHash);
        return verifyLink(deps, transaction, id, email);
      });
      await deps.mailer.send(accountMails.verify(email, link));
    } catch (error) {
      // Somebody was faster with the same address, whom the first mail tells.
      if (!isAppError(error, 'user.email_taken')) throw error;
    }
    return;
  }
  // The password of who asks later does not count: whoever proves the address sets the password by the link.
  const wish = { userId: found.id, purpose: 'reset_password', email: null } as const;
  const link = await makeAccountLink(sql, deps.publicUrl(), wish);
  await deps.mailer.send(accountMails.alreadyThere(email, link));
}

function verifyLink(deps: AccountDeps, sql: Transaction, userId: UserId, email: string) {
  return makeAccountLink(sql, deps.publicUrl(), { userId, purpose: 'verify_email', email });
}

/** Proves an address by the link of a mail. Throws `auth.link_invalid`, `user.email_taken`. */
export async function verifyEmail(deps: AccountDeps, token: string): Promise<void> {
  await deps.database.transaction(
    async (sql) => {
      const used = await useAccountToken(sql, 'verify_email', hashSecret(token));
      if (used?.email === undefined || used.email === null) throw linkInvalid();
      const user = await findUser(sql, used.userId);
      if (user === null || user.status !== 'active') throw linkInvalid();
      await proveEmail(sql, user.id, used.email);
    },
    { actor: systemActor, reason: 'address proved' },
  );
}

/**
 * Sends a link to an address that a user wants to have instead of theirs; it becomes theirs when the link is opened.
 * For the address of somebody else nothing is sent, and the user learns nothing of it.
 */
export function requestEmailChange(deps: AccountDeps, userId: UserId, rawEmail: string): void {
  const email = cleanEmail(rawEmail);
  deps.background.run('account.email_change', async () => {
    const { sql } = deps.database;
    if ((await findUserByEmail(sql, email)) !== null) return;
    const link = await makeAccountLink(sql, deps.publicUrl(), {
      userId,
      purpose: 'verify_email',
      email,
    });
    await deps.mailer.send(accountMails.verify(email, link));
  });
}
