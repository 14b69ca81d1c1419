import { z } from 'zod';
import { AppError } from '#kernel/app-error.ts';
import type { Outgoing } from '#outgoing/outgoing.ts';
import { type ClerkUser, clerkUserSchema } from './clerk-user.ts';

export interface ClerkApiSettings {
  outgoing: Outgoing;
  /** Such as `https://api.clerk.com/v1`. */
  url: string;
  secretKey: string;
  /** Users in one answer. */
  pageSize?: number;
}

/** The part of Clerk's backend API that is used. Everything throws `clerk.api_failed`, and `outgoing.*` of the network. */
export interface ClerkApi {
  /** All users, oldest first, page by page. */
  users(): AsyncGenerator<ClerkUser>;
  /** False when there is no such user any more. */
  has(subject: string): Promise<boolean>;
}

export function createClerkApi(settings: ClerkApiSettings): ClerkApi {
  const { pageSize = 100 } = settings;
  const ask = (path: string) =>
    settings.outgoing.send({
      url: `${settings.url.replace(/\/$/, '')}${path}`,
      headers: { authorization: `Bearer ${settings.secretKey}`, accept: 'application/json' },
      maxBytes: 16 * 1024 * 1024,
      timeoutMs: 30_000,
    });
  return {
    async *users() {
      for (let offset = 0; ; offset += pageSize) {
        const path = `/users?limit=${pageSize}&offset=${offset}&order_by=%2Bcreated_at`;
        const { status, body } = await ask(path);
        if (status !== 200) throw failed(`answered ${status}`);
        const page = parseUsers(body);
        yield* page;
        if (page.length < pageSize) return;
      }
    },
    async has(subject) {
      const { status } = await ask(`/users/${encodeURIComponent(subject)}`);
      if (status === 200) return true;
      if (status === 404) return false;
      throw failed(`answered ${status}`);
    },
  };
}

function parseUsers(body: Buffer): ClerkUser[] {
  try {
    return z.array(clerkUserSchema).parse(JSON.parse(body.toString('utf8')));
  } catch (cause) {
    throw failed('sent something else than users', cause);
  }
}

function failed(what: string, cause?: unknown): AppError {
  return new AppError('clerk.api_failed', `The Clerk API ${what}.`, { cause });
}
