import type { Actor, User } from '#features/identity/index.ts';
import { findUser, updateProfile } from '#features/identity/index.ts';
import type { Database } from '#db/database.ts';
import { AppError, raise } from '#kernel/app-error.ts';
import type { AccountDeps } from './account-deps.ts';
import type { AccountSettingsChange } from './account-settings-schema.ts';
import { changeSettings, readSettings } from './account-settings-view.ts';
import { requestEmailChange } from './sign-up-service.ts';

/** Throws `access.denied` for a key and the holder of a link: an account is changed by its person alone. */
export function requirePerson(actor: Actor): void {
  if (actor.kind === 'user') return;
  throw new AppError('access.denied', 'Sign in to do this: keys and links cannot.');
}

/** Who the actor is. Throws `user.not_found`, `access.denied`. */
export async function getAccount(deps: { database: Database }, actor: Actor): Promise<User> {
  if (actor.kind === 'link') requirePerson(actor);
  return (await findUser(deps.database.as(actor), actor.userId)) ?? raise(accountGone());
}

/** Undefined leaves a field as it is. */
export interface AccountChange {
  firstName?: string | null | undefined;
  lastName?: string | null | undefined;
  settings?: AccountSettingsChange | undefined;
  /** Becomes the address when the link that is sent to it is opened. */
  email?: string | undefined;
}

/** Throws `user.not_found`, `access.denied`. */
export async function changeAccount(
  deps: AccountDeps,
  actor: Actor,
  change: AccountChange,
): Promise<User> {
  requirePerson(actor);
  const { firstName, lastName, settings, email } = change;
  const changed = await deps.database.transaction(
    async (sql) => {
      const user = (await findUser(sql, actor.userId)) ?? raise(accountGone());
      const stored = settings && { ...changeSettings(readSettings(user.settings), settings) };
      return updateProfile(sql, actor.userId, { firstName, lastName, settings: stored });
    },
    { actor },
  );
  if (changed === null) throw accountGone();
  if (email !== undefined && email.toLowerCase() !== changed.email.toLowerCase()) {
    requestEmailChange(deps, actor.userId, email);
  }
  return changed;
}

function accountGone(): AppError {
  return new AppError('user.not_found', 'This account is not there any more.');
}
