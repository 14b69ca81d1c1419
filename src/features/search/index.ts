export { searchResultSchema } from './search-schema.ts';
export { searchRoutes } from './search-routes.ts';
