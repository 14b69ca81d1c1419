import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Pages of the web application: everything from here, and no script or style that stands in the page itself. */
const pagePolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** The page of the API description has one style attribute in its own markup; that one, by its hash, and no other. */
const docsPolicy = pagePolicy.replace(
  "style-src 'self'",
  "style-src 'self' 'unsafe-hashes' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='",
);

/** Answers of the API are no pages: whoever opens one in a browser gets a text that can do nothing. */
const answerPolicy =
  "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** What no page of ours uses, and so no script that got in may. */
const permissionsPolicy = [
  'camera',
  'microphone',
  'geolocation',
  'payment',
  'usb',
  'serial',
  'bluetooth',
  'display-capture',
]
  .map((feature) => `${feature}=()`)
  .join(', ');

const yearSeconds = 31_536_000;

/** Headers for every answer; pages may load nothing from elsewhere, and no other site may read anything. */
export function registerSecurityHeaders(app: FastifyInstance): void {
  // At the start of a request, so that a refusal of a later hook and a hijacked stream carry them too.
  app.addHook('onRequest', async (request, reply) => setSecurityHeaders(request, reply));
}

function policyOf(url: string): string {
  if (/^\/(v1|health|webhooks|openapi\.json)(\/|\?|$)/.test(url)) return answerPolicy;
  return /^\/docs(\/|\?|$)/.test(url) ? docsPolicy : pagePolicy;
}

/** A route that needs another policy, such as one for files of users, sets its own over this one. */
export function setSecurityHeaders(request: FastifyRequest, reply: FastifyReply): void {
  void reply.headers({
    'content-security-policy': policyOf(request.url),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': permissionsPolicy,
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-request-id': request.id,
  });
  if (request.protocol === 'https') {
    void reply.header('strict-transport-security', `max-age=${yearSeconds}`);
  }
}
