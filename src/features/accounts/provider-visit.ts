import { z } from 'zod';
import { newSecret } from '#features/identity/index.ts';
import type { HostCookie } from './session-cookie.ts';
import { hostCookie } from './session-cookie.ts';
import { providerIds } from './sign-in-provider.ts';

/** Time to come back from a provider, in seconds. */
const visitSeconds = 600;

const visitSchema = z.object({
  provider: z.enum(providerIds),
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  /** A place of the web application to go to in the end. */
  returnTo: z.string(),
  /** Adds the provider to the account that is signed in, instead of signing in by it. */
  link: z.boolean(),
  invitation: z.string().optional(),
  startedAt: z.number(),
});

export type StoredVisit = z.infer<typeof visitSchema>;

/**
 * What must come back from a provider is kept in the browser that went there, and nowhere else: a code that somebody
 * else brings, or that is slipped to this browser, has no visit.
 */
export function visitCookie(publicUrl: string | undefined): HostCookie {
  return hostCookie('docmill-visit', publicUrl, visitSeconds);
}

export function newVisit(
  wish: Pick<StoredVisit, 'provider' | 'returnTo' | 'link' | 'invitation'>,
): StoredVisit {
  return {
    ...wish,
    returnTo: placeWithin(wish.returnTo),
    state: newSecret(),
    nonce: newSecret(),
    codeVerifier: newSecret(),
    startedAt: Date.now(),
  };
}

export function encodeVisit(visit: StoredVisit): string {
  return Buffer.from(JSON.stringify(visit)).toString('base64url');
}

/** null for what is no visit, or one that has taken too long. */
export function decodeVisit(text: string | null): StoredVisit | null {
  try {
    const visit = visitSchema.parse(JSON.parse(Buffer.from(text ?? '', 'base64url').toString()));
    return Date.now() - visit.startedAt > visitSeconds * 1_000 ? null : visit;
  } catch {
    return null;
  }
}

/** A path of this server, never another one: browsers read `//host` and `/\host` as one. */
export function placeWithin(wanted: string): string {
  const here = 'http://here.invalid';
  const url = URL.parse(wanted, here);
  if (!wanted.startsWith('/') || url === null || url.origin !== here) return '/';
  return url.pathname.startsWith('//') ? '/' : `${url.pathname}${url.search}${url.hash}`;
}
