export { searchResultSchema } from './search-schema.ts';
export { searchRoutes } from './search-routes.ts';
export type { SearchDeps } from './search-service.ts';
