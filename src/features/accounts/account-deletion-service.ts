import type { Actor } from '#features/identity/index.ts';
import { deletePassword, revokeSessions, systemActor } from '#features/identity/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { AccountDeps } from './account-deps.ts';
import {
  lockOtherAdmins,
  markAccountDeleted,
  trashEverything,
} from './account-deletion-repository.ts';
import { requirePerson } from './account-service.ts';
import { checkPassword } from './password-service.ts';

/**
 * Ends the account: nobody can sign in to it any more, its keys and shares end, its things go to the trash, and when
 * they have been there for as long as the trash is kept everything is removed. Throws `auth.refused` for a wrong
 * password, `user.last_admin`, `access.denied`.
 */
export async function deleteAccount(
  deps: AccountDeps,
  actor: Actor,
  password: string | null,
): Promise<void> {
  requirePerson(actor);
  await checkPassword(deps, actor, password);
  const { userId, requestId, ip, userAgent } = actor;
  await deps.database.transaction(
    async (sql) => {
      // Two admins who leave at once wait for each other.
      if (actor.role === 'admin' && (await lockOtherAdmins(sql, userId)) === 0) {
        throw new AppError(
          'user.last_admin',
          'You are the only admin. Make somebody else an admin first.',
        );
      }
      await trashEverything(sql, userId);
      await revokeSessions(sql, userId);
      await deletePassword(sql, userId);
      await markAccountDeleted(sql, userId);
    },
    { actor: { ...systemActor, requestId, ip, userAgent }, reason: 'account deleted by its user' },
  );
}
