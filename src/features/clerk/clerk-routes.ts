import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { AppError } from '#kernel/app-error.ts';
import { clerkAnswerSchema, clerkDeletedSchema, clerkMessageSchema } from './clerk-schema.ts';
import { type ClerkDeps, type ClerkState, takeClerkEvent } from './clerk-service.ts';
import { checkClerkSignature } from './clerk-signature.ts';
import { clerkUserSchema } from './clerk-user.ts';

export interface ClerkRouteDeps extends ClerkDeps {
  clerk: {
    /** Those that are in force; none where Clerk is not used. */
    webhookSecrets: readonly string[];
  };
}

const mostBytes = 256 * 1024;

export function clerkRoutes(deps: ClerkRouteDeps): FastifyPluginAsyncZod {
  return async (app) => {
    keepBodiesRaw(app);
    app.post('/webhooks/clerk', {
      config: { access: 'anyone' },
      schema: {
        tags: ['accounts'],
        summary: 'Takes what a Clerk instance tells of its users, signed by Svix',
        response: { 200: clerkAnswerSchema },
      },
      handler: async (request) => {
        const { webhookSecrets } = deps.clerk;
        if (webhookSecrets.length === 0) {
          throw new AppError('request.not_found', 'This server takes no messages from Clerk.');
        }
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const id = header(request, 'svix-id');
        checkClerkSignature(webhookSecrets, body, {
          id,
          timestamp: header(request, 'svix-timestamp'),
          signature: header(request, 'svix-signature'),
        });
        return takeMessage(deps, id ?? '', body);
      },
    });
  };
}

/** The signature is over the very bytes, so nothing may parse them before. */
function keepBodiesRaw(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit: mostBytes },
    async (_: unknown, body: Buffer) => body,
  );
}

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' && value.length <= 1_000 ? value : undefined;
}

/** Kinds of messages that are not about users are taken and do nothing, or Clerk would send them again and again. */
async function takeMessage(deps: ClerkRouteDeps, id: string, body: Buffer) {
  if (id.length > 255) throw unreadable();
  const message = clerkMessageSchema.safeParse(parse(body));
  if (!message.success) throw unreadable();
  const { type, data, timestamp } = message.data;
  const state = stateOf(type, data, new Date(timestamp ?? Date.now()));
  if (state === null) return { effect: 'ignored' as const };
  return { effect: (await takeClerkEvent(deps, { id, type, state })) ?? ('repeated' as const) };
}

function stateOf(type: string, data: unknown, at: Date): ClerkState | null {
  if (type === 'user.created' || type === 'user.updated') {
    const user = clerkUserSchema.safeParse(data);
    if (!user.success) throw unreadable();
    return { kind: 'user', user: user.data };
  }
  if (type !== 'user.deleted') return null;
  const deleted = clerkDeletedSchema.safeParse(data);
  if (!deleted.success) throw unreadable();
  return { kind: 'deleted', subject: deleted.data.id, at };
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw unreadable();
  }
}

function unreadable(): AppError {
  return new AppError('request.invalid', 'The message is signed, and is not one that Clerk sends.');
}
