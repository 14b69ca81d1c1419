export { createExtractionHandlers } from './extraction-handlers.ts';
export { runRoutes } from './run-routes.ts';
export type { ExtractionDeps } from './extraction-handlers.ts';
