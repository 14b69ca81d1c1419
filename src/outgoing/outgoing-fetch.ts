import { AppError } from '#kernel/app-error.ts';
import type { Outgoing } from './outgoing.ts';

/** Statuses whose answer has no body; `Response` refuses one. */
const withoutBody: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * `fetch` for libraries that take one (keys of identity providers, sign-in at other services): the same walls as
 * `send`, and a redirect is an error. Throws `outgoing.refused` and what `send` throws.
 */
export function createOutgoingFetch(
  outgoing: Outgoing,
  limits: { timeoutMs?: number; maxBytes?: number } = {},
): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const body = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer());
    const answer = await outgoing.send({
      ...limits,
      url: request.url,
      method: request.method,
      headers: Object.fromEntries(request.headers),
      body,
      signal: request.signal,
    });
    const { status } = answer;
    if (status >= 300 && status < 400 && status !== 304) {
      throw new AppError(
        'outgoing.refused',
        `${new URL(request.url).host} redirects; that is not followed.`,
      );
    }
    const headers = new Headers();
    for (const [name, value] of Object.entries(answer.headers)) {
      for (const one of [value ?? []].flat()) headers.append(name, one);
    }
    const content = withoutBody.has(status) ? null : new Uint8Array(answer.body);
    return new Response(content, { status, headers });
  };
}
