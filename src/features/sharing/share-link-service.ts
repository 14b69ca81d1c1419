import type { FastifyRequest } from 'fastify';
import type { Database } from '#db/database.ts';
import type { HostCookie } from '#features/accounts/index.ts';
import { isPasswordOf } from '#features/accounts/index.ts';
import { getSubtree } from '#features/folders/index.ts';
import type { TreeFolder } from '#features/folders/index.ts';
import type { Actor } from '#features/identity/index.ts';
import { actingFor, hashSecret, newSecret, systemActor } from '#features/identity/index.ts';
import { AppError, raise } from '#kernel/app-error.ts';
import type { UserId, VisitId } from '#kernel/ids.ts';
import { asId, newId } from '#kernel/ids.ts';
import type { RateLimit, RateLimiter } from '#realtime/rate-limiter.ts';
import type { ShareLink } from './share-link.ts';
import { linkNotFound, visitEnd } from './share-link.ts';
import {
  deleteEndedVisits,
  deleteVisit,
  findLink,
  findVisit,
  insertVisit,
  noteLinkUse,
} from './share-link-repository.ts';

export interface LinkDeps {
  database: Database;
  rateLimits: RateLimiter;
  linkCookie: HostCookie;
}

/** Whoever holds a link and nothing else: no user has this id. */
const nobody = asId<UserId>('00000000-0000-0000-0000-000000000000');

/** For one link: more than somebody needs who mistypes, and a thousand years for a guessed word. */
const perLink: RateLimit = {
  route: 'POST /v1/links/open',
  windows: [
    { points: 10, seconds: 900 },
    { points: 50, seconds: 86_400 },
  ],
  onFailure: 'closed',
};
/** For one address, which may try many links. */
const perAddress: RateLimit = { ...perLink, windows: [{ points: 60, seconds: 900 }] };

/**
 * Opens a link; `visitToken` goes into the cookie of the browser. Throws `link.not_found` for an unknown link, one that
 * has ended and a wrong or missing password alike, and in the same time, or `link.too_many_tries`.
 */
export async function openLink(
  deps: LinkDeps,
  wish: { token: string; password: string | undefined; ip: string },
): Promise<{ link: ShareLink; visitToken: string }> {
  const sql = deps.database.as(systemActor);
  const linkHash = hashSecret(wish.token);
  const link = await findLink(sql, linkHash);
  if (link === null || link.passwordHash !== null) {
    await countTry(deps, `link:${linkHash}`, perLink);
    await countTry(deps, `address:${wish.ip}`, perAddress);
    const isRight = await isPasswordOf(link?.passwordHash ?? null, wish.password ?? '');
    if (link === null || !isRight) throw linkNotFound();
    // What was right was no try: many people may open one link.
    await deps.rateLimits.giveBack(`link:${linkHash}`, perLink);
    await deps.rateLimits.giveBack(`address:${wish.ip}`, perAddress);
  }
  const visitToken = newSecret();
  const tokenHash = hashSecret(visitToken);
  const visit = { id: newId<VisitId>(), link, tokenHash, expiresAt: visitEnd(link, new Date()) };
  if (!(await insertVisit(sql, visit))) throw linkNotFound();
  await deleteEndedVisits(sql);
  return { link, visitToken };
}

/** What the actor's link shares: a document, or a folder with the folders below it. Throws `link.not_found`. */
export async function getCurrentLink(
  deps: LinkDeps,
  actor: Actor,
): Promise<{ link: ShareLink; folders: TreeFolder[] }> {
  const link = await findLink(deps.database.as(systemActor), actor.linkHash ?? '');
  if (link === null) throw linkNotFound();
  if (link.folderId === null) return { link, folders: [] };
  const query = { from: link.folderId, depth: 20, limit: 5_000 };
  return { link, folders: await getSubtree(deps, actingFor(link.ownerId), query) };
}

/** Ends the visit of a browser; nothing when it has none. */
export async function closeLink(deps: LinkDeps, visitToken: string | null): Promise<void> {
  if (visitToken === null) return;
  await deleteVisit(deps.database.as(systemActor), hashSecret(visitToken));
}

const noteEveryMs = 60_000;

/**
 * Who asks by the cookie of a link: somebody without an account, who sees what the link shares. null without the cookie;
 * throws `auth.invalid` when the link or the visit has ended.
 */
export function linkWay(deps: LinkDeps): (request: FastifyRequest) => Promise<Actor | null> {
  return async ({ headers }) => {
    const token = deps.linkCookie.read(headers.cookie);
    if (token === null) return null;
    const sql = deps.database.as(systemActor);
    const visit = (await findVisit(sql, hashSecret(token))) ?? raise(visitEnded());
    if (Date.now() - (visit.lastUsedAt?.getTime() ?? 0) > noteEveryMs) {
      await noteLinkUse(sql, visit);
    }
    return { kind: 'link', userId: nobody, role: 'teacher', linkHash: visit.linkHash };
  };
}

/** Whoever is signed in and has opened a link sees what it shares too. */
export function alsoByLink(
  deps: LinkDeps,
  authenticate: (request: FastifyRequest) => Promise<Actor>,
): (request: FastifyRequest) => Promise<Actor> {
  const way = linkWay(deps);
  return async (request) => {
    const actor = await authenticate(request);
    if (actor.kind !== 'user') return actor;
    const byLink = await way(request).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'auth.invalid') return null;
      throw error;
    });
    return byLink === null ? actor : { ...actor, linkHash: byLink.linkHash };
  };
}

function visitEnded(): AppError {
  return new AppError('auth.invalid', 'The link you have opened has ended. Ask for a new one.');
}

async function countTry(deps: LinkDeps, principal: string, limit: RateLimit): Promise<void> {
  const verdict = await deps.rateLimits.take(principal, limit);
  if (verdict.allowed) return;
  throw new AppError(
    'link.too_many_tries',
    `There were too many tries. Wait ${verdict.retryAfterSeconds} seconds, then try again.`,
    { details: { retryAfterSeconds: verdict.retryAfterSeconds } },
  );
}
