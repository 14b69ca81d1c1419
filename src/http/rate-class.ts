/** Kinds of routes that share a rate limit. */
export type RateClass = 'auth' | 'upload' | 'write' | 'read';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The rate limit of the route where the rule of `rateClassOf` does not fit; null for none. */
    rate?: RateClass | null;
  }
}

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);
const uploadRoutes = new Set(['/v1/documents', '/v1/documents/:documentId/versions']);
/** What a stranger could guess with: passwords, codes from mails, passwords of links. */
const guessable = /^\/v1\/(auth\/|account\/password$|links\/open$)/;

/**
 * Which rate limit a route falls under by its method and template. Null for what is no API: pages and files of
 * the web application, health checks. The pieces of a resumable upload count as reads: the upload itself was
 * counted when it was begun.
 */
export function rateClassOf(method: string, template: string): RateClass | null {
  if (!template.startsWith('/v1/')) return null;
  if (readingMethods.has(method)) return 'read';
  if (guessable.test(template) && !template.endsWith('/sign-out')) return 'auth';
  if (template.startsWith('/v1/uploads')) return method === 'POST' ? 'upload' : 'read';
  if (method === 'PUT' && template === '/v1/account/avatar') return 'upload';
  return method === 'POST' && uploadRoutes.has(template) ? 'upload' : 'write';
}
