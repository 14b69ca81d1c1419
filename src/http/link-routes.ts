import type { FastifyInstance } from 'fastify';
import { AppError } from '#kernel/app-error.ts';

/**
 * What the holder of a share link may ask for, besides what anyone may: everything else belongs to somebody with an account.
 * What a link permits (view, comment, edit) is decided where the document is looked up.
 */
export const linkRoutes: ReadonlySet<string> = new Set([
  'GET /v1/links/current',
  'GET /v1/documents',
  'GET /v1/documents/:documentId',
  'PATCH /v1/documents/:documentId',
  'GET /v1/documents/:documentId/contents',
  'GET /v1/documents/:documentId/pages',
  'GET /v1/documents/:documentId/pages/:number',
  'GET /v1/documents/:documentId/pages/:number/image',
  'GET /v1/documents/:documentId/download/:format',
  'GET /v1/documents/:documentId/download/original',
  'GET /v1/documents/:documentId/content',
  'GET /v1/documents/:documentId/content/:taskType',
  'POST /v1/documents/:documentId/pages/:number/zones',
  'PUT /v1/documents/:documentId/pages/:number/zone-order',
  'GET /v1/zones/:zoneId',
  'PATCH /v1/zones/:zoneId',
  'DELETE /v1/zones/:zoneId',
  'POST /v1/zones/:zoneId/merge',
  'POST /v1/zones/:zoneId/split',
  'GET /v1/zones/:zoneId/revisions',
  'POST /v1/zones/:zoneId/revert',
  'GET /v1/search',
]);

/** Holders of a link are told to sign in everywhere else. Throws `auth.required`. Register it after `identifyRequests`. */
export function checkLinks(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ actor, method, routeOptions }) => {
    if (actor?.kind !== 'link' || routeOptions.config.access === 'anyone') return;
    if (routeOptions.url === undefined) return;
    const asked = method === 'HEAD' ? 'GET' : method;
    if (linkRoutes.has(`${asked} ${routeOptions.url}`)) return;
    throw new AppError(
      'auth.required',
      'A share link shows what was shared and nothing else. Sign in for this.',
    );
  });
}
