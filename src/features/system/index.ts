export { scheduleListSchema } from './schedule-schema.ts';
export { scheduleRoutes } from './schedule-routes.ts';
export { systemRoutes } from './system-routes.ts';
export type { SystemView } from './system-schema.ts';
export { readDatabaseSize, readOwnerSizes, readTableSizes } from './size-repository.ts';
