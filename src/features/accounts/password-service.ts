import type { Actor } from '#features/identity/index.ts';
import {
  findPasswordHash,
  findUser,
  revokeSessions,
  storePasswordHash,
} from '#features/identity/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { signInRefused } from './account.ts';
import type { AccountDeps } from './account-deps.ts';
import { accountMails } from './account-mails.ts';
import { lockPasswordHash } from './account-repository.ts';
import { requirePerson } from './account-service.ts';
import { hashPassword, isPasswordOf } from './password-hash.ts';
import { checkNewPassword } from './password-rules.ts';
import { type Client, beginSession } from './session-start.ts';

/**
 * Sets another password, or the first one of who signed in elsewhere so far. All sessions end; the one that asked goes on
 * under a new token, which is returned. Throws `auth.refused` for a wrong current password, `auth.password_weak`.
 */
export async function changePassword(
  deps: AccountDeps,
  actor: Actor,
  client: Client,
  wish: { currentPassword: string | null; newPassword: string },
): Promise<string> {
  requirePerson(actor);
  const known = await checkPassword(deps, actor, wish.currentPassword);
  const user = await findUser(deps.database.as(actor), actor.userId);
  if (user === null) throw signInRefused();
  checkNewPassword(wish.newPassword, user.email);
  const passwordHash = await hashPassword(wish.newPassword);
  const token = await deps.database.transaction(
    async (sql) => {
      if ((await lockPasswordHash(sql, actor.userId)) !== known) throw signInRefused();
      await storePasswordHash(sql, actor.userId, passwordHash);
      await revokeSessions(sql, actor.userId);
      return beginSession(sql, actor.userId, client, deps.sessionMs);
    },
    { actor, reason: 'password changed' },
  );
  deps.background.run('account.password_mail', () =>
    deps.mailer.send(accountMails.passwordChanged(user.email)),
  );
  return token;
}

/**
 * Compares the password of the actor once more before something that cannot be undone; resolves to its hash, null for
 * who has none. Throws `auth.refused`.
 */
export async function checkPassword(
  deps: AccountDeps,
  actor: Actor,
  password: string | null,
): Promise<string | null> {
  const known = await findPasswordHash(deps.database.as(actor), actor.userId);
  if (known === null) return null;
  if (await isPasswordOf(known, password ?? '')) return known;
  throw new AppError('auth.refused', 'The current password is not right.', {
    details: { field: 'currentPassword' },
  });
}
