import type { IdentityId, UserId } from '#kernel/ids.ts';

export const identityProviders = [
  'clerk',
  'google',
  'github',
  'microsoft',
  'email',
  'oidc',
] as const;

export type IdentityProvider = (typeof identityProviders)[number];

/** One way a user proves who they are. */
export interface UserIdentity {
  id: IdentityId;
  userId: UserId;
  provider: IdentityProvider;
  /** The name of the user at the provider, which never changes there. */
  subject: string;
  /** What the provider says of the user, as it came. */
  profile: Record<string, unknown>;
  createdAt: Date;
  updatedAt: Date;
}
