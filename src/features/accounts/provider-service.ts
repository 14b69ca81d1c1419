import { timingSafeEqual } from 'node:crypto';
import type { Transaction } from '#db/database.ts';
import type { Actor } from '#features/identity/index.ts';
import {
  cleanEmail,
  findIdentity,
  findUser,
  findUserByEmail,
  hashSecret,
  insertUser,
  systemActor,
  upsertIdentity,
} from '#features/identity/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { IdentityId, UserId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import { linkInvalid, signInRefused, signUpClosed } from './account.ts';
import type { AccountDeps } from './account-deps.ts';
import { hasAdmin } from './account-repository.ts';
import type { Invitation } from './invitation.ts';
import { acceptInvitation, lockInvitation } from './invitation-repository.ts';
import { providerFailed } from './provider-exchange.ts';
import { type StoredVisit, isOver } from './provider-visit.ts';
import { type Client, beginSession } from './session-start.ts';
import { signOut } from './sign-in-service.ts';
import type { ProviderPerson, SignInProvider } from './sign-in-provider.ts';

/** Throws `auth.provider_unknown`. */
export function requireProvider(deps: AccountDeps, id: string): SignInProvider {
  const provider = deps.providers.find((known) => known.id === id);
  if (provider) return provider;
  throw new AppError('auth.provider_unknown', 'This way to sign in is not set up on this server.');
}

/** Where a provider sends the browser back to; it has to be entered there. */
export function redirectUri(deps: AccountDeps, id: string): string {
  return `${deps.publicUrl().replace(/\/$/, '')}/v1/auth/providers/${id}/callback`;
}

/** Who came back from a provider, and the invitation they went there with. */
interface Arrival {
  provider: SignInProvider;
  person: ProviderPerson;
  invitation: string | undefined;
}

/**
 * Signs in who came back from a provider, or adds the provider to the account of `actor`; returns the token of the new
 * session, null when one was added only. Throws `auth.provider_failed`, `auth.refused`, `auth.email_unverified`,
 * `auth.sign_up_closed`, `identity.taken`; with an invitation also `auth.link_invalid`, `auth.invitation_foreign`.
 */
export async function finishVisit(
  deps: AccountDeps,
  visit: StoredVisit | null,
  back: { provider: SignInProvider; code: string; state: string },
  asker: { client: Client; actor: Actor | null; oldToken: string | null },
): Promise<string | null> {
  const { provider } = back;
  const isOurs = visit?.provider === provider.id && isSame(visit.state, back.state);
  if (visit === null || !isOurs || isOver(visit)) {
    throw providerFailed('it was not begun in this browser, or took too long. Begin again.');
  }
  const person = await provider.finish(
    { ...visit, redirectUri: redirectUri(deps, provider.id) },
    back.code,
  );
  if (visit.link) {
    if (asker.actor === null) throw signInRefused();
    await linkIdentity(deps, asker.actor, provider, person);
    return null;
  }
  await signOut(deps, asker.oldToken);
  return deps.database.transaction(
    async (sql) => {
      const arrival = { provider, person, invitation: visit.invitation };
      const userId = await userOf(deps, sql, arrival);
      const user = await findUser(sql, userId);
      if (user?.status !== 'active') throw signInRefused();
      await storeIdentity(sql, userId, provider, person);
      return beginSession(sql, userId, asker.client, deps.sessionMs);
    },
    { actor: systemActor, reason: `signed in by ${provider.id}` },
  );
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * Whose identity it is: the account it belongs to; else the one with the same address, when both sides have made sure of
 * it; else a new one, by the invitation that was brought or where everybody may make one.
 */
async function userOf(
  deps: AccountDeps,
  sql: Transaction,
  { provider, person, invitation: token }: Arrival,
): Promise<UserId> {
  // Before anything else: who accepts an invitation must not end in another account of theirs.
  const invitation =
    token === undefined ? null : await requireInvitation(sql, token, provider, person);
  const known = await findIdentity(sql, provider.id, person.subject);
  if (known !== null) return known.userId;
  const email = verifiedEmail(provider, person);
  const same = await findUserByEmail(sql, email);
  if (same !== null) {
    // Else who made an account with an address of somebody else would share it with them.
    if (same.emailVerifiedAt !== null) return same.id;
    throw new AppError('auth.email_unverified', 'Follow the link in the mail we sent you first.');
  }
  const id = newId<UserId>();
  const { firstName, lastName } = person;
  const account = { id, email, firstName, lastName, emailVerifiedAt: new Date() };
  if (invitation !== null) {
    await insertUser(sql, { ...account, email: invitation.email, role: invitation.role });
    await acceptInvitation(sql, invitation.id, id);
    return id;
  }
  if (deps.signUp !== 'open' || !(await hasAdmin(sql))) throw signUpClosed();
  await insertUser(sql, account);
  return id;
}

/** Throws `auth.email_unverified`. */
function verifiedEmail(provider: SignInProvider, { email, emailVerified }: ProviderPerson): string {
  if (email !== null && emailVerified) return cleanEmail(email);
  throw new AppError('auth.email_unverified', `${provider.name} has not verified your address.`);
}

/** The open invitation of this very address. Throws `auth.link_invalid`, `auth.email_unverified`, `auth.invitation_foreign`. */
async function requireInvitation(
  sql: Transaction,
  token: string,
  provider: SignInProvider,
  person: ProviderPerson,
): Promise<Invitation> {
  const invitation = await lockInvitation(sql, hashSecret(token));
  if (invitation === null) throw linkInvalid();
  const email = verifiedEmail(provider, person);
  if (email.toLowerCase() === invitation.email.toLowerCase()) return invitation;
  throw new AppError(
    'auth.invitation_foreign',
    `The invitation is for another address than the one you have at ${provider.name}.`,
  );
}

async function linkIdentity(
  deps: AccountDeps,
  actor: Actor,
  provider: SignInProvider,
  person: ProviderPerson,
): Promise<void> {
  await deps.database.transaction(
    async (sql) => {
      const known = await findIdentity(sql, provider.id, person.subject);
      if (known !== null && known.userId !== actor.userId) {
        throw new AppError('identity.taken', 'This identity belongs to another account already.');
      }
      await storeIdentity(sql, actor.userId, provider, person);
    },
    { actor: systemActor, reason: `${provider.id} added by its user` },
  );
}

async function storeIdentity(
  sql: Transaction,
  userId: UserId,
  provider: SignInProvider,
  { subject, ...profile }: ProviderPerson,
): Promise<void> {
  const id = newId<IdentityId>();
  await upsertIdentity(sql, { id, userId, provider: provider.id, subject, profile });
}
