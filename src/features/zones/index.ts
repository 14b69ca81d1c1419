export { PageImageCache } from './page-image-cache.ts';
export { listAllPages, listHeadings, storePages } from './page-repository.ts';
export { listEdgeZones, markRunningZones } from './running-zone-repository.ts';
export { readStoredPages } from './stored-reading.ts';
export { zoneRoutes } from './zone-routes.ts';
