import type { FastifyInstance } from 'fastify';
import { AppError } from '#kernel/app-error.ts';
import { parseExactJson } from '#kernel/exact-json.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Makes the routes of one plugin read JSON bodies exactly, see `parseExactJson`: what such a route accepts
 * is what was sent. `maxDepth` counts the levels of the whole body.
 */
export function readBodiesExactly(app: FastifyInstance, maxDepth: number): void {
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (_: unknown, body: Buffer) => parseExactJson(decodeBody(body), maxDepth),
  );
}

function decodeBody(body: Buffer): string {
  try {
    return utf8.decode(body);
  } catch (cause) {
    throw new AppError('request.invalid', 'The body is not valid UTF-8.', { cause });
  }
}
