export { liveRoutes } from './live-routes.ts';
export { serverMessageSchema } from './live-schema.ts';
export type { ClientMessage, ServerMessage } from './live-schema.ts';
