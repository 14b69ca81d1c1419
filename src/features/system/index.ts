export { systemRoutes } from './system-routes.ts';
export type { SystemView } from './system-schema.ts';
