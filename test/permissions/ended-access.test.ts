import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createKey, endKey, localOwner, revokeSessions } from '#features/identity/index.ts';
import type { Actor } from '#features/identity/index.ts';
import { changeUser } from '#features/identity/user-service.ts';
import { endShare, giveShare } from '#features/sharing/share-service.ts';
import { openLink } from '#features/sharing/share-link-service.ts';
import { linkCookie } from '#features/sharing/index.ts';
import type { DocumentId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';
import { openRealtime } from '#realtime/open-realtime.ts';
import { insertUser } from '#test/support/factories.ts';
import { beginSession } from './matrix-objects.ts';
import { type Site, openSite } from './matrix-site.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 120_000 });

/** Each with a hundred requests under way; DOCMILL_REPETITIONS=200 makes a thousand of the five. */
const repetitions = Number(process.env['DOCMILL_REPETITIONS'] ?? 10);

let site: Site;
let documentId: DocumentId;

beforeAll(async () => {
  site = await openSite();
  documentId = asId<DocumentId>(site.objects.private.documentId);
});

afterAll(() => site.close());

/** What is given and taken back: the credentials that it opens a route with, and how it is ended. */
interface Access {
  path: string;
  headers: Record<string, string>;
  end(): Promise<unknown>;
}

const shared = () => `/v1/documents/${documentId}`;

async function byKey(): Promise<Access> {
  const wish = { name: 'Key', scopes: ['*:read'] as const, expiresAt: null };
  const { key, apiKey } = await createKey(site.parts, site.owner, wish);
  const headers = { authorization: `Bearer ${key}` };
  return { path: shared(), headers, end: () => endKey(site.parts, site.owner, apiKey.id) };
}

async function bySession(): Promise<Access> {
  const cookie = await beginSession(site.parts, site.owner);
  const end = () => revokeSessions(site.parts.database.sql, site.owner.userId);
  return { path: shared(), headers: { cookie }, end };
}

async function byShare(): Promise<Access> {
  const friend = await insertUser(site.parts.database);
  const { share } = await giveShare(site.parts, site.owner, {
    object: { documentId },
    grantee: { userId: friend.userId },
    permission: 'view',
    password: null,
    expiresAt: null,
  });
  const cookie = await beginSession(site.parts, friend);
  return {
    path: shared(),
    headers: { cookie },
    end: () => endShare(site.parts, site.owner, share.id),
  };
}

async function byLink(): Promise<Access> {
  const { rateLimits } = openRealtime({ ...site.parts, redisUrl: undefined });
  const links = { ...site.parts, rateLimits, linkCookie: linkCookie(undefined) };
  const wish = { object: { documentId }, password: null, expiresAt: null, grantee: null } as const;
  const { share, token } = await giveShare(site.parts, site.owner, { ...wish, permission: 'view' });
  const opened = await openLink(links, {
    token: token ?? '',
    password: undefined,
    ip: '127.0.0.1',
  });
  const headers = { cookie: `docmill-link=${opened.visitToken}` };
  return { path: shared(), headers, end: () => endShare(site.parts, site.owner, share.id) };
}

async function byRole(): Promise<Access> {
  const admin: Actor = await insertUser(site.parts.database);
  await site.parts.database.sql`update users set role = 'admin' where id = ${admin.userId}`;
  const cookie = await beginSession(site.parts, admin);
  const end = () => changeUser(site.parts, localOwner, admin.userId, { role: 'teacher' });
  return { path: '/v1/users', headers: { cookie }, end };
}

test.each<[string, () => Promise<Access>]>([
  ['key', byKey],
  ['session', bySession],
  ['share', byShare],
  ['link', byLink],
  ['role', byRole],
])('no request that starts after a %s was taken back is let in', async (_, give) => {
  for (let turn = 0; turn < repetitions; turn += 1) {
    const access = await give();
    const { path, headers } = access;
    const ask = async () => (await fetch(`${site.app.url}${path}`, { headers })).status;
    expect(await ask()).toBe(200);
    let ended = false;
    let askedAfter = 0;
    const late: number[] = [];
    // Ten that ask one after the other, a hundred in all, while the access is taken away among them.
    const runners = Array.from({ length: 10 }, async () => {
      for (let n = 0; n < 10; n += 1) {
        const startedAfter = ended;
        const status = await ask();
        if (!startedAfter) continue;
        askedAfter += 1;
        if (status === 200) late.push(status);
      }
    });
    await Promise.resolve();
    await access.end();
    ended = true;
    await Promise.all(runners);
    expect(late).toEqual([]);
    for (; askedAfter < 5; askedAfter += 1) expect(await ask()).not.toBe(200);
  }
});
