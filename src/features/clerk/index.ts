export { createClerkApi } from './clerk-api.ts';
export { deleteClerkEvents } from './clerk-repository.ts';
export { clerkRoutes } from './clerk-routes.ts';
export { findClerkActor } from './clerk-service.ts';
export { syncClerk } from './clerk-sync.ts';
export type { ClerkSyncLine } from './clerk-sync.ts';
export { createClerkTokens } from './clerk-token.ts';
export type { ClerkTokens } from './clerk-token.ts';
