import {
  cleanEmail,
  findUser,
  hashSecret,
  revokeSessions,
  storePasswordHash,
  systemActor,
} from '#features/identity/index.ts';
import { linkInvalid } from './account.ts';
import type { AccountDeps } from './account-deps.ts';
import { makeAccountLink } from './account-link-service.ts';
import { accountMails } from './account-mails.ts';
import { findSignIn, proveEmail } from './account-repository.ts';
import { deleteAccountTokens, useAccountToken } from './account-token-repository.ts';
import { hashPassword } from './password-hash.ts';
import { checkNewPassword } from './password-rules.ts';

/** Sends a link by which a new password can be set, if an active account has the address. Nobody learns whether. */
export function requestReset(deps: AccountDeps, rawEmail: string): void {
  const email = cleanEmail(rawEmail);
  deps.background.run('account.reset_mail', async () => {
    const { sql } = deps.database;
    const found = await findSignIn(sql, email);
    if (found === null || found.status !== 'active') return;
    const wish = { userId: found.id, purpose: 'reset_password', email: null } as const;
    const link = await makeAccountLink(sql, deps.publicUrl(), wish);
    await deps.mailer.send(accountMails.reset(email, link));
  });
}

/**
 * Sets a new password by the link of a mail, which also proves the address, and ends all sessions. Throws
 * `auth.link_invalid`, `auth.password_weak`.
 */
export async function resetPassword(
  deps: AccountDeps,
  wish: { token: string; password: string },
): Promise<void> {
  checkNewPassword(wish.password, '');
  const passwordHash = await hashPassword(wish.password);
  const email = await deps.database.transaction(
    async (sql) => {
      const used = await useAccountToken(sql, 'reset_password', hashSecret(wish.token));
      const user = used === null ? null : await findUser(sql, used.userId);
      if (user === null || user.status !== 'active') throw linkInvalid();
      checkNewPassword(wish.password, user.email);
      await storePasswordHash(sql, user.id, passwordHash);
      await proveEmail(sql, user.id, user.email);
      await deleteAccountTokens(sql, user.id, 'reset_password');
      await revokeSessions(sql, user.id);
      return user.email;
    },
    { actor: systemActor, reason: 'password reset' },
  );
  deps.background.run('account.password_mail', () =>
    deps.mailer.send(accountMails.passwordChanged(email)),
  );
}
