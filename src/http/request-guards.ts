import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '#kernel/app-error.ts';

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Two walls for a server without accounts on a machine that also runs a browser:
 * a Host header that is not ours (DNS rebinding) and writes that another site makes the browser send
 * (cross-site request forgery) are refused, and so are WebSockets that another site opens. Tools that send no browser headers pass.
 */
export function guardRequests(app: FastifyInstance, publicHosts: readonly string[]): void {
  const allowed = new Set([...loopbackNames, ...publicHosts]);
  app.addHook('onRequest', async (request) => {
    checkHost(request, allowed);
    // A browser lets every site open a WebSocket anywhere, and tells only by the Origin who asks.
    const isUpgrade = request.headers.upgrade !== undefined;
    if (isUpgrade || !safeMethods.has(request.method)) checkSite(request, allowed);
  });
  // Node hands over the connection of an upgrade and forgets it; one that was answered and not upgraded
  // would stay open for ever, and hold up a server that closes.
  app.addHook('onResponse', async ({ headers, raw }) => {
    if (headers.upgrade !== undefined) raw.socket.end();
  });
}

function checkHost(request: FastifyRequest, allowed: ReadonlySet<string>): void {
  if (!allowed.has(hostName(request.headers.host ?? ''))) {
    throw new AppError(
      'request.host_refused',
      'This server does not answer for that host name. Set DOCMILL_PUBLIC_URL to the address you use.',
    );
  }
}

function checkSite(request: FastifyRequest, allowed: ReadonlySet<string>): void {
  const site = request.headers['sec-fetch-site'];
  const origin = request.headers.origin;
  const foreignSite = site !== undefined && site !== 'same-origin' && site !== 'none';
  const foreignOrigin = origin !== undefined && !isOwnOrigin(origin, request, allowed);
  if (foreignSite || foreignOrigin) {
    throw new AppError(
      'request.cross_site',
      'Writes and live connections from other web sites are refused.',
    );
  }
}

function isOwnOrigin(
  origin: string,
  request: FastifyRequest,
  allowed: ReadonlySet<string>,
): boolean {
  if (!URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  return host === request.headers.host && allowed.has(hostName(host));
}

/** The name without the port; an IPv6 address keeps its brackets. */
function hostName(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}
