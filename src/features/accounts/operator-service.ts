import type { Database, Transaction } from '#db/database.ts';
import type { User, UserRole } from '#features/identity/index.ts';
import {
  cleanEmail,
  findUserByEmail,
  insertUser,
  revokeSessions,
  systemActor,
  updateRole,
  updateStatus,
} from '#features/identity/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { UserId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import { makeAccountLink } from './account-link-service.ts';
import { lockOtherAdmins } from './account-deletion-repository.ts';

/** What whoever runs the server does with accounts from the command line, without an account of their own. */
interface Deps {
  database: Database;
  publicUrl: string;
}

/**
 * Makes an account whose address counts as proved; returns the link by which its person sets a password. Throws
 * `user.email_taken`.
 */
export function createUser(
  deps: Deps,
  wish: { email: string; role: UserRole; firstName: string | null; lastName: string | null },
): Promise<string> {
  return asOperator(deps, 'user created', async (sql) => {
    const id = newId<UserId>();
    const email = cleanEmail(wish.email);
    await insertUser(sql, { ...wish, id, email, emailVerifiedAt: new Date() });
    return resetLink(deps, sql, id);
  });
}

/** A link by which the user sets a new password, for whoever gets no mail. Throws `user.not_found`. */
export function makeResetLink(deps: Deps, email: string): Promise<string> {
  return asOperator(deps, 'reset link', async (sql) =>
    resetLink(deps, sql, (await requireUser(sql, email)).id),
  );
}

/** Throws `user.not_found`, `user.last_admin`. */
export function setRole(deps: Deps, email: string, role: UserRole): Promise<void> {
  return asOperator(deps, 'role changed', async (sql) => {
    const user = await requireUser(sql, email);
    if (role !== 'admin') await keepAnAdmin(sql, user);
    await updateRole(sql, user.id, role);
  });
}

/** Ends every session as well; `isSuspended` false lets the user in again. Throws `user.not_found`, `user.last_admin`. */
export function setSuspended(deps: Deps, email: string, isSuspended: boolean): Promise<void> {
  return asOperator(deps, isSuspended ? 'user suspended' : 'user let in again', async (sql) => {
    const user = await requireUser(sql, email);
    if (isSuspended) await keepAnAdmin(sql, user);
    if (user.status !== (isSuspended ? 'suspended' : 'active')) {
      await updateStatus(sql, user.id, isSuspended ? 'suspended' : 'active');
    }
    if (isSuspended) await revokeSessions(sql, user.id);
  });
}

function asOperator<Result>(
  { database }: Deps,
  reason: string,
  work: (sql: Transaction) => Promise<Result>,
): Promise<Result> {
  return database.transaction(work, { actor: systemActor, reason: `${reason} by the operator` });
}

function resetLink({ publicUrl }: Deps, sql: Transaction, userId: UserId): Promise<string> {
  return makeAccountLink(sql, publicUrl, { userId, purpose: 'reset_password', email: null });
}

async function requireUser(sql: Transaction, email: string): Promise<User> {
  const user = await findUserByEmail(sql, cleanEmail(email));
  if (user !== null && user.status !== 'deleted') return user;
  throw new AppError('user.not_found', `Nobody has the address ${email}.`);
}

async function keepAnAdmin(sql: Transaction, user: User): Promise<void> {
  if (user.role !== 'admin' || user.status !== 'active') return;
  if ((await lockOtherAdmins(sql, user.id)) > 0) return;
  throw new AppError(
    'user.last_admin',
    'This is the only admin. Make somebody else an admin first.',
  );
}
