export { contentExtraction } from './content.ts';
export { findContent, storeContent } from './content-repository.ts';
export { contentRoutes } from './content-routes.ts';
