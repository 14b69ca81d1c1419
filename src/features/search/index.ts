export { searchResultSchema } from './search-schema.ts';
export { searchPages } from './search-service.ts';
export { searchRoutes } from './search-routes.ts';
export { readSearchWords } from './search-service.ts';
