import type { Session, User, UserIdentity } from '#features/identity/index.ts';
import { presentPerson } from '#features/identity/index.ts';
import type { SessionId } from '#kernel/ids.ts';
import type { AccountView, IdentityView, SessionView } from './account-schema.ts';
import { readSettings } from './account-settings-view.ts';

export function presentAccount(user: User): AccountView {
  return { ...presentPerson(user), settings: readSettings(user.settings) };
}

export function presentSession(session: Session, asking: SessionId | undefined): SessionView {
  const { id, ip, userAgent } = session;
  return {
    id,
    current: id === asking,
    ip,
    userAgent,
    createdAt: session.createdAt.toISOString(),
    lastSeenAt: session.lastSeenAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
  };
}

export function presentIdentity({ id, provider, profile, createdAt }: UserIdentity): IdentityView {
  const { email } = profile;
  return {
    id,
    provider,
    email: typeof email === 'string' ? email : null,
    createdAt: createdAt.toISOString(),
  };
}
