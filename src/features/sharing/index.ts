export { linkCookie } from './share-link.ts';
export { shareLinkRoutes } from './share-link-routes.ts';
export { alsoByLink, linkWay } from './share-link-service.ts';
export { shareRoutes } from './share-routes.ts';
