import { z } from 'zod';
import { newSecret } from '#features/identity/index.ts';
import type { HostCookie } from './session-cookie.ts';
import { hostCookie } from './session-cookie.ts';
import { providerIds } from './sign-in-provider.ts';

/** Time to come back from a provider, in seconds. */
const visitSeconds = 600;
/** Who comes too late is still led to where they wanted to go, in seconds. */
const rememberedSeconds = 86_400;

const visitSchema = z.object({
  provider: z.enum(providerIds),
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  /** A place of the web application to go to in the end. */
  returnTo: z.string().transform(placeWithin),
  /** Adds the provider to the account that is signed in, instead of signing in by it. */
  link: z.boolean(),
  /** Token of an invitation that is to be accepted by this visit. */
  invitation: z.string().optional(),
  startedAt: z.number(),
});

export type StoredVisit = z.infer<typeof visitSchema>;

/**
 * What must come back from a provider is kept in the browser that went there, and nowhere else: a code that somebody
 * else brings, or that is slipped to this browser, has no visit.
 */
export function visitCookie(publicUrl: string | undefined): HostCookie {
  return hostCookie('docmill-visit', publicUrl, rememberedSeconds);
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

/** null for what is no visit. One that has taken too long signs nobody in: ask `isOver`. */
export function decodeVisit(text: string | null): StoredVisit | null {
  try {
    return visitSchema.parse(JSON.parse(Buffer.from(text ?? '', 'base64url').toString()));
  } catch {
    return null;
  }
}

export function isOver(visit: StoredVisit): boolean {
  return Date.now() - visit.startedAt > visitSeconds * 1_000;
}

/** Where the person wanted to go in the end: the web application comes back to its sign-in page first, which says it. */
export function wantedPlace({ returnTo }: Pick<StoredVisit, 'returnTo'>): string {
  const url = new URL(returnTo, 'http://here.invalid');
  return url.pathname === '/sign-in' ? placeWithin(url.searchParams.get('to') ?? '/') : returnTo;
}

/** A path of this server, never another one: browsers read `//host` and `/\host` as one. */
export function placeWithin(wanted: string): string {
  const here = 'http://here.invalid';
  const url = URL.parse(wanted, here);
  if (!wanted.startsWith('/') || url === null || url.origin !== here) return '/';
  return url.pathname.startsWith('//') ? '/' : `${url.pathname}${url.search}${url.hash}`;
}
