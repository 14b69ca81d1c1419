import type { Database, Transaction } from '#db/database.ts';
import type { Actor, User } from '#features/identity/index.ts';
import {
  findIdentity,
  findUser,
  findUserByEmail,
  insertUser,
  revokeSessions,
  systemActor,
  updateEmail,
  updateProfile,
  updateStatus,
  upsertIdentity,
} from '#features/identity/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { IdentityId, UserId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { Logger } from '#kernel/logger.ts';
import {
  findClerkUser,
  hasClerkEvent,
  insertClerkEvent,
  lockClerkUser,
  updateClerkUser,
} from './clerk-repository.ts';
import type { ClerkEffect, ClerkUser } from './clerk-user.ts';

export interface ClerkDeps {
  database: Database;
  logger: Logger;
}

/** A state of a user, or that there is none any more. */
export type ClerkState =
  | { kind: 'user'; user: ClerkUser }
  | { kind: 'deleted'; subject: string; at: Date };

/**
 * Applies what a message says, once: a message that came before does nothing (null), and a state older than the known
 * one is `stale`. Throws `user.email_taken` when the address belongs to somebody else; nothing is kept then, so that Clerk
 * sends the message again.
 */
export async function takeClerkEvent(
  deps: ClerkDeps,
  event: { id: string; type: string; state: ClerkState },
): Promise<ClerkEffect | null> {
  return deps.database.transaction(
    async (sql) => {
      const subject = subjectOf(event.state);
      // The lock makes a message that comes twice at the same time wait for itself.
      await lockClerkUser(sql, subject);
      if (await hasClerkEvent(sql, event.id)) return null;
      const effect = await applyState(sql, event.state);
      const eventAt = timeOf(event.state);
      await insertClerkEvent(sql, { id: event.id, type: event.type, subject, effect, eventAt });
      deps.logger.info({ id: event.id, type: event.type, subject, effect }, 'clerk.event');
      return effect;
    },
    { actor: systemActor, reason: `Clerk: ${event.type}` },
  );
}

/** Applies a state that was read from the API. A dry run tells what would be done and keeps nothing. */
export async function reconcileClerkState(
  deps: ClerkDeps,
  state: ClerkState,
  options: { dryRun: boolean },
): Promise<ClerkEffect> {
  const undone = new Error('a dry run keeps nothing');
  let effect: ClerkEffect = 'ignored';
  try {
    await deps.database.transaction(
      async (sql) => {
        effect = await applyState(sql, state);
        if (options.dryRun) throw undone;
      },
      { actor: systemActor, reason: 'docmill clerk sync' },
    );
  } catch (error) {
    if (error !== undone) throw error;
  }
  return effect;
}

/** Who a user at Clerk is here, with the role of this moment; null for an account that is unknown or not active. */
export async function findClerkActor(
  deps: Pick<ClerkDeps, 'database'>,
  subject: string,
): Promise<Actor | null> {
  const user = await findClerkUser(deps.database.as(systemActor), subject);
  return user && { kind: 'user', ...user };
}

const subjectOf = (state: ClerkState): string =>
  state.kind === 'user' ? state.user.subject : state.subject;
const timeOf = (state: ClerkState): Date =>
  state.kind === 'user' ? state.user.updatedAt : state.at;

async function applyState(sql: Transaction, state: ClerkState): Promise<ClerkEffect> {
  const line = await lockClerkUser(sql, subjectOf(state));
  // Deleting is for good at Clerk, so it counts whenever it is heard of.
  if (line.isDeleted) return 'stale';
  if (state.kind === 'user' && state.user.updatedAt < line.eventAt) return 'stale';
  const isDeleted = state.kind === 'deleted';
  const isDisabled = isDeleted || state.user.isDisabled;
  const identity = await findIdentity(sql, 'clerk', line.subject);
  const known = identity && (await findUser(sql, identity.userId));
  let effect: ClerkEffect = 'unchanged';
  let user = known;
  if (state.kind === 'user') {
    const written = await writeUser(sql, state.user, known);
    ({ effect, user } = written);
  }
  // An account that an admin suspended before is not suspended because of Clerk.
  const isOurs = isDisabled && (line.isDisabled || isDeleted || user?.status !== 'suspended');
  const { subject } = line;
  await updateClerkUser(sql, { subject, eventAt: timeOf(state), isDisabled: isOurs, isDeleted });
  if (user === null) return isDeleted ? 'ignored' : effect;
  const moved = await moveStatus(sql, user, { wasDisabled: line.isDisabled, isDisabled });
  return moved ?? effect;
}

/** Makes, links or changes the user here; null for one without an address, who cannot have an account. */
async function writeUser(
  sql: Transaction,
  wanted: ClerkUser,
  known: User | null,
): Promise<{ effect: ClerkEffect; user: User | null }> {
  const { email, subject } = wanted;
  if (email === null) return { effect: 'ignored', user: known };
  const { user, effect } =
    known === null
      ? await findOrInsert(sql, wanted, email)
      : { user: known, effect: 'unchanged' as const };
  await upsertIdentity(sql, {
    id: newId<IdentityId>(),
    userId: user.id,
    provider: 'clerk',
    subject,
    profile: {
      email,
      firstName: wanted.firstName,
      lastName: wanted.lastName,
      imageUrl: wanted.imageUrl,
    },
  });
  const isChanged = await changeUser(sql, user, wanted, email);
  return { effect: effect === 'unchanged' && isChanged ? 'updated' : effect, user };
}

/**
 * An account that has the address already is linked only when both sides have seen a proof of it: otherwise somebody
 * could wait under the address of another for its owner to come.
 */
async function findOrInsert(
  sql: Transaction,
  wanted: ClerkUser,
  email: string,
): Promise<{ user: User; effect: 'created' | 'linked' }> {
  const holder = await findUserByEmail(sql, email);
  if (holder === null) {
    const made = await insertUser(sql, {
      id: newId<UserId>(),
      email,
      emailVerifiedAt: wanted.isEmailVerified ? wanted.updatedAt : null,
      firstName: wanted.firstName,
      lastName: wanted.lastName,
    });
    return { user: made, effect: 'created' };
  }
  if (wanted.isEmailVerified && holder.emailVerifiedAt !== null) {
    return { user: holder, effect: 'linked' };
  }
  throw new AppError(
    'user.email_taken',
    'Another account has this address, and it is not proven on both sides that they are one.',
    { details: { field: 'email' } },
  );
}

/** True when something was different. */
async function changeUser(
  sql: Transaction,
  user: User,
  wanted: ClerkUser,
  email: string,
): Promise<boolean> {
  const { firstName, lastName } = wanted;
  const isNamed = user.firstName === firstName && user.lastName === lastName;
  if (!isNamed) await updateProfile(sql, user.id, { firstName, lastName });
  const isReached = user.email.toLowerCase() === email.toLowerCase();
  if (!isReached) {
    await updateEmail(sql, user.id, email, wanted.isEmailVerified ? wanted.updatedAt : null);
  }
  return !isNamed || !isReached;
}

/** What an admin did here stays: only a suspension that came from Clerk is lifted by Clerk. */
async function moveStatus(
  sql: Transaction,
  user: User,
  { wasDisabled, isDisabled }: { wasDisabled: boolean; isDisabled: boolean },
): Promise<ClerkEffect | null> {
  if (isDisabled && user.status === 'active') {
    await updateStatus(sql, user.id, 'suspended');
    await revokeSessions(sql, user.id, null);
    return 'disabled';
  }
  if (!isDisabled && wasDisabled && user.status === 'suspended') {
    await updateStatus(sql, user.id, 'active');
    return 'enabled';
  }
  return null;
}
