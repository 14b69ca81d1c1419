import type { Actor } from './actor.ts';

export { allowed, reader, using } from './access-policy.ts';
export type { DocumentAction, Permission } from './access-policy.ts';
export { AccessWatch } from './access-watch.ts';
export { actingFor, localOwner, systemActor } from './actor.ts';
export { requireAdmin } from './admin-repository.ts';
export type { Actor } from './actor.ts';
export { apiKeyRoutes } from './api-key-routes.ts';
export { presentKey } from './api-key-schema.ts';
export { createKey, endKey, findKeyActor, getKeys } from './api-key-service.ts';
export { findLinkOwner } from './link-repository.ts';
export { checkScope, keyScopes, neededScope } from './key-scope.ts';
export type { KeyScope } from './key-scope.ts';
export { nameActor } from './user-admin-repository.ts';
export { userRoutes } from './user-routes.ts';
export { userParamsSchema } from './user-schema.ts';
export { getUserByEmail } from './user-service.ts';
export { parseUserLimits } from './user-limits.ts';
export type { UserLimits } from './user-limits.ts';
export { hashSecret, newSecret } from './secret-token.ts';
export { personSchema, presentPerson, roleSchema } from './person-schema.ts';
export type { Session } from './session.ts';
export {
  findLiveSession,
  insertSession,
  listSessions,
  revokeSession,
  revokeSessions,
  touchSession,
} from './session-repository.ts';
export { cleanEmail } from './user.ts';
export type { User, UserRole } from './user.ts';
export type { UserIdentity } from './user-identity.ts';
export {
  deleteIdentity,
  findIdentity,
  listIdentities,
  upsertIdentity,
} from './user-identity-repository.ts';
export { deletePassword, findPasswordHash, storePasswordHash } from './user-password-repository.ts';
export {
  findUser,
  findUserByEmail,
  insertUser,
  listEveryUser,
  noteLogin,
  updateEmail,
  updateProfile,
  updateRole,
  updateStatus,
} from './user-repository.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by http/authenticate.ts before any handler runs; not set on routes that are open to anyone. */
    actor: Actor;
    /** Whether what the request came with would let it in now; for streams, which stay open. */
    isStillAllowed(): Promise<boolean>;
  }
  interface FastifyContextConfig {
    /** Who may use a route without an account: anybody, or also the holder of a share link. */
    access?: 'anyone' | 'link';
  }
}
