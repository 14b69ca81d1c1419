import type { Actor, User } from '#features/identity/index.ts';
import {
  cleanEmail,
  findLiveSession,
  findUser,
  hashSecret,
  revokeSession,
  revokeSessions,
} from '#features/identity/index.ts';
import { AppError, raise } from '#kernel/app-error.ts';
import { signInRefused } from './account.ts';
import { findSignIn, lockPasswordHash } from './account-repository.ts';
import { isPasswordOf } from './password-hash.ts';
import type { SessionDeps } from './session-way.ts';
import { type Client, beginSession } from './session-start.ts';

/**
 * Begins a session; `oldToken` is that of the session the browser had, which ends. The answer and its time are the
 * same whether nobody has the address, the password is wrong or the account is suspended. Throws `auth.refused`;
 * `auth.email_unverified` to who knows the password of an account whose address was not proved.
 */
export async function signIn(
  deps: SessionDeps,
  client: Client,
  wish: { email: string; password: string; oldToken: string | null },
): Promise<{ user: User; token: string }> {
  const found = await findSignIn(deps.database.sql, cleanEmail(wish.email));
  const isRight = await isPasswordOf(found?.passwordHash ?? null, wish.password);
  if (!isRight || found === null || found.status !== 'active') throw signInRefused();
  if (found.emailVerifiedAt === null) {
    throw new AppError(
      'auth.email_unverified',
      'Follow the link in the mail we sent to this address first.',
    );
  }
  await signOut(deps, wish.oldToken);
  return deps.database.transaction(
    async (sql) => {
      // What was compared may have changed since.
      if ((await lockPasswordHash(sql, found.id)) !== found.passwordHash) throw signInRefused();
      const token = await beginSession(sql, found.id, client, deps.sessionMs);
      return { user: (await findUser(sql, found.id)) ?? raise(signInRefused()), token };
    },
    { actor: { kind: 'user', userId: found.id, ip: client.ip ?? undefined } },
  );
}

/** Ends the session of the token, or with `everywhere` all of its user; does nothing when it has ended already. */
export async function signOut(
  deps: SessionDeps,
  token: string | null,
  everywhere = false,
): Promise<void> {
  if (token === null) return;
  const session = await findLiveSession(deps.database.sql, hashSecret(token));
  if (session === null) return;
  const actor: Actor = { kind: 'user', userId: session.userId, role: session.role };
  await (everywhere
    ? revokeSessions(deps.database.as(actor), session.userId)
    : revokeSession(deps.database.as(actor), session.userId, session.id));
}
