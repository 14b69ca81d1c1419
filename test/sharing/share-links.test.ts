import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createFolder } from '#features/folders/folder-service.ts';
import { editDocument, trashDocument } from '#features/documents/document-service.ts';
import type { Actor } from '#features/identity/index.ts';
import { alsoByLink, linkCookie, linkWay } from '#features/sharing/index.ts';
import { nobody } from '#http/authenticate.ts';
import { keyWay } from '#http/authenticate-key.ts';
import { tryWays } from '#http/ways-in.ts';
import type { DocumentId, FolderId, ShareId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import { openRealtime } from '#realtime/open-realtime.ts';
import { changeShare, endShare, getAccess, giveShare } from '#features/sharing/share-service.ts';
import type { ShareWish } from '#features/sharing/share-service.ts';
import { insertUser, makeReading, storeDocument } from '#test/support/factories.ts';
import { type TestApp, type TestParts, openParts, startApp } from '#test/support/start-app.ts';
import { productPaths } from '../../src/product-paths.ts';

let parts: TestParts;
let app: TestApp;
let owner: Actor;
let signedIn: Actor | null;
let documentId: DocumentId;
let otherId: DocumentId;
let inner: FolderId;
let outer: FolderId;

beforeAll(async () => {
  parts = await openParts();
  const { rateLimits } = openRealtime({ ...parts, redisUrl: undefined });
  const links = { database: parts.database, rateLimits, linkCookie: linkCookie(undefined) };
  const ways = tryWays([async () => signedIn, keyWay(parts.database), linkWay(links)], nobody);
  app = await startApp(parts, {}, productPaths.web, alsoByLink(links, ways));
});

afterAll(async () => {
  await app.close();
  await parts.close();
});

beforeEach(async () => {
  signedIn = null;
  owner = await insertUser(parts.database);
  const read = (text: string) => ({ title: text, pages: [makeReading(1, `Dear ${text}`)] });
  ({ documentId } = await storeDocument(parts.database, read('Anna'), owner));
  ({ documentId: otherId } = await storeDocument(parts.database, read('Berta'), owner));
  outer = (await createFolder(parts, owner, { name: 'outer', parentId: null })).folder.id;
  inner = (await createFolder(parts, owner, { name: 'inner', parentId: outer })).folder.id;
  await editDocument(parts, owner, documentId, { folderId: inner }, undefined);
});

async function share(wish: Partial<ShareWish> = {}): Promise<{ id: ShareId; token: string }> {
  const given = await giveShare(parts, owner, {
    object: { documentId },
    grantee: null,
    permission: 'view',
    password: null,
    expiresAt: null,
    ...wish,
  });
  return { id: given.share.id, token: given.token ?? '' };
}

const givenShare = z.object({
  share: z.looseObject({ id: z.string(), createdAt: z.string(), granteeEmail: z.string() }),
  token: z.string().nullish(),
});

interface Answer {
  status: number;
  /** JSON of many shapes, looked at by matchers. */
  body: unknown;
  cookie: string;
}

async function ask(
  method: string,
  path: string,
  options: { cookie?: string; body?: unknown } = {},
): Promise<Answer> {
  const response = await fetch(`${app.url}${path}`, {
    method,
    headers: {
      ...(options.cookie !== undefined && { cookie: options.cookie }),
      ...(options.body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return {
    status: response.status,
    body: isJson ? JSON.parse(text) : text,
    cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '',
  };
}

const open = (token: string, password?: string) =>
  ask('POST', '/v1/links/open', { body: { token, password } });

describe('a link to a document', () => {
  test('shows it, its pages, its picture, its files and its words, and nothing else', async () => {
    const { cookie, status } = await open((await share()).token);
    expect(status).toBe(204);
    expect(cookie).toMatch(/^docmill-link=[\w-]{43}$/);
    expect((await ask('GET', '/v1/links/current', { cookie })).body).toMatchObject({
      title: 'Anna',
      permission: 'view',
      documentId,
      folderId: null,
      folders: [],
    });
    for (const path of ['', '/pages', '/pages/1', '/contents', '/download/text', '/content']) {
      const answer = await ask('GET', `/v1/documents/${documentId}${path}`, { cookie });
      expect(answer.status, path).toBe(200);
    }
    expect((await ask('GET', '/v1/documents', { cookie })).body).toMatchObject({
      items: [{ id: documentId, permission: 'view' }],
    });
    const found = await ask('GET', '/v1/search?q=dear', { cookie });
    expect(found.body).toMatchObject({ items: [{ documentId }], count: { value: 1 } });
    const byRelevance = await ask('GET', '/v1/search?q=dear&order=relevance', { cookie });
    expect(byRelevance.body).toMatchObject({ items: [{ documentId }], count: { value: 1 } });
    for (const path of ['', '/pages/1', '/download/text']) {
      const answer = await ask('GET', `/v1/documents/${otherId}${path}`, { cookie });
      expect(answer, path).toMatchObject({ status: 404, body: { code: 'document.not_found' } });
    }
    for (const path of ['/v1/folders', '/v1/jobs', '/v1/journal', '/v1/shares', '/v1/keys']) {
      const answer = await ask('GET', path, { cookie });
      expect(answer, path).toMatchObject({ status: 401, body: { code: 'auth.required' } });
    }
    const renamed = await ask('PATCH', `/v1/documents/${documentId}`, {
      cookie,
      body: { title: 'Mine' },
    });
    expect(renamed).toMatchObject({ status: 403, body: { code: 'access.denied' } });
  });

  test('is counted, and its owner is told when it was used', async () => {
    const { id, token } = await share();
    await open(token);
    await open(token);
    const reasons = await getAccess(parts, owner, documentId);
    expect(reasons).toMatchObject([
      { reason: 'owner', uses: null },
      { reason: 'link', shareId: id, uses: 2, lastUsedAt: expect.any(Date) },
    ]);
  });

  test('is seen by somebody who is signed in too, beside their own things', async () => {
    const { cookie } = await open((await share()).token);
    signedIn = await insertUser(parts.database);
    const path = `/v1/documents/${documentId}`;
    expect((await ask('GET', path, { cookie })).status).toBe(200);
    expect((await ask('GET', path)).status).toBe(404);
    expect((await ask('GET', '/v1/folders', { cookie })).status).toBe(200);
    expect((await ask('GET', '/v1/documents', { cookie })).body).toMatchObject({ items: [] });
  });

  test.each<[string, (id: ShareId) => Promise<unknown>]>([
    ['is revoked', (id) => endShare(parts, owner, id)],
    ['has ended', (id) => changeShare(parts, owner, id, { expiresAt: new Date() })],
    ['asks for another password', (id) => changeShare(parts, owner, id, { password: 'another' })],
    ['shares what is in the trash', () => trashDocument(parts, owner, documentId)],
  ])('that %s lets nobody in who had opened it', async (_, end) => {
    const { id, token } = await share();
    const { cookie } = await open(token);
    expect((await ask('GET', '/v1/links/current', { cookie })).status).toBe(200);
    await end(id);
    for (const path of ['/v1/links/current', `/v1/documents/${documentId}`, '/v1/documents']) {
      expect((await ask('GET', path, { cookie })).status, path).toBe(401);
    }
    expect((await open(token)).status).toBe(404);
  });

  test('can be closed', async () => {
    const { cookie } = await open((await share()).token);
    expect((await ask('POST', '/v1/links/close', { cookie })).cookie).toBe('docmill-link=');
    expect((await ask('GET', '/v1/links/current', { cookie })).status).toBe(401);
  });
});

describe('a link to a folder', () => {
  test('shows what is anywhere in it, with its folders, and nothing above', async () => {
    const { cookie } = await open((await share({ object: { folderId: inner } })).token);
    const current = await ask('GET', '/v1/links/current', { cookie });
    expect(current.body).toMatchObject({
      title: 'inner',
      folderId: inner,
      folders: [{ id: inner, parentId: null }],
    });
    expect(JSON.stringify(current.body)).not.toContain(outer);
    const wide = await open((await share({ object: { folderId: outer } })).token);
    const tree = await ask('GET', '/v1/links/current', { cookie: wide.cookie });
    expect(tree.body).toMatchObject({ folders: [{ id: outer }, { id: inner, parentId: outer }] });
    const inFolder = await ask('GET', `/v1/documents?folderId=${inner}`, { cookie: wide.cookie });
    expect(inFolder.body).toMatchObject({ items: [{ id: documentId }] });
    const found = await ask('GET', '/v1/search?q=dear', { cookie: wide.cookie });
    expect(found.body).toMatchObject({ items: [{ documentId }] });
    await editDocument(parts, owner, documentId, { folderId: null }, undefined);
    expect((await ask('GET', '/v1/documents', { cookie: wide.cookie })).body).toMatchObject({
      items: [],
    });
    const gone = await ask('GET', `/v1/documents/${documentId}`, { cookie: wide.cookie });
    expect(gone.status).toBe(404);
  });
});

describe('a link with a password', () => {
  const alike = (answer: Answer) => ({
    ...answer,
    body: { ...z.looseObject({}).parse(answer.body), requestId: '' },
  });

  test('opens with it, and answers a wrong one, none, and a link that never was alike', async () => {
    const { token } = await share({ password: 'sesame seeds' });
    const missing = alike(await open('no such link', 'sesame seeds'));
    expect(missing).toMatchObject({ status: 404, body: { code: 'link.not_found' } });
    expect(alike(await open(token, 'wrong'))).toEqual(missing);
    expect(alike(await open(token))).toEqual(missing);
    const { status, cookie } = await open(token, 'sesame seeds');
    expect(status).toBe(204);
    expect((await ask('GET', `/v1/documents/${documentId}`, { cookie })).status).toBe(200);
    const stored = await parts.database.sql`
      select s::text as line from document_shares s union all select v::text from share_visits v
      union all select a::text from audit_logs a`;
    expect(JSON.stringify(stored)).not.toMatch(/sesame/);
    expect(JSON.stringify(stored)).not.toContain(token);
    expect(JSON.stringify(stored)).not.toContain(cookie.split('=')[1]);
  });

  test('takes about as long to refuse as a link that never was', async () => {
    const { token } = await share({ password: 'sesame seeds' });
    const timed = async (what: string): Promise<number> => {
      const start = performance.now();
      await open(what, 'wrong');
      return performance.now() - start;
    };
    await timed(token);
    const wrong: number[] = [];
    const missing: number[] = [];
    for (let n = 0; n < 5; n += 1) {
      wrong.push(await timed(token));
      missing.push(await timed(randomUUID()));
    }
    const least = (times: number[]) => Math.min(...times);
    // The hash of a password takes tens of milliseconds; an answer without one takes a few.
    expect(least(missing)).toBeGreaterThan(least(wrong) / 2);
    expect(least(wrong)).toBeGreaterThan(least(missing) / 2);
  });

  test('bears ten wrong tries, and right ones are none of them', async () => {
    const { token } = await share({ password: 'sesame seeds' });
    for (let n = 0; n < 9; n += 1) expect((await open(token, `try ${n}`)).status).toBe(404);
    for (let n = 0; n < 3; n += 1) expect((await open(token, 'sesame seeds')).status).toBe(204);
    expect((await open(token, 'the tenth')).status).toBe(404);
    expect(await open(token, 'sesame seeds')).toMatchObject({
      status: 429,
      body: { code: 'link.too_many_tries' },
    });
  });
});

describe('a share with an address', () => {
  const wish = (email: string) => ({ grantee: { email } });

  async function withAddress(verified: boolean): Promise<[Actor, string]> {
    const person = await insertUser(parts.database);
    const [row] = await parts.database.sql<{ email: string }>`
      update users set email_verified_at = case when ${verified} then now() end
      where id = ${person.userId} returning email`;
    return [person, row?.email ?? ''];
  }

  const reads = async (person: Actor): Promise<boolean> => {
    signedIn = person;
    const { status } = await ask('GET', `/v1/documents/${documentId}`);
    const { body } = await ask('GET', '/v1/documents?shared=true');
    expect(body).toHaveProperty('items.length', status === 200 ? 1 : 0);
    return status === 200;
  };

  test('holds for whoever has proved that it is theirs, now or later', async () => {
    const [friend, email] = await withAddress(false);
    const { id } = await share(wish(email.toUpperCase()));
    expect(await reads(friend)).toBe(false);
    await parts.database
      .sql`update users set email_verified_at = now() where id = ${friend.userId}`;
    expect(await reads(friend)).toBe(true);
    await endShare(parts, owner, id);
    expect(await reads(friend)).toBe(false);
  });

  test('is answered alike with and without an account, and never says whose it is', async () => {
    const [friend, email] = await withAddress(true);
    signedIn = owner;
    const give = async (granteeEmail: string) => {
      const { status, body } = await ask('POST', '/v1/shares', {
        body: { documentId, granteeEmail },
      });
      const made = givenShare.parse(body);
      const { id: _, createdAt: __, granteeEmail: told, ...rest } = made.share;
      expect(told).toBe(granteeEmail);
      return { status, rest, token: made.token };
    };
    expect(await give(email)).toEqual(await give(`${randomUUID()}@example.test`));
    const told = await ask('GET', `/v1/documents/${documentId}/access`);
    const shares = await ask('GET', `/v1/shares?documentId=${documentId}`);
    expect(JSON.stringify([told.body, shares.body])).not.toContain(friend.userId);
    expect(told.body).toHaveProperty('items.length', 3);
  });

  test('is given once to each, and not to the owner', async () => {
    await share(wish('someone@example.test'));
    const again = share(wish('Someone@Example.test'));
    await expect(again).rejects.toMatchObject({ code: 'share.already_given' });
    const [self, email] = await withAddress(true);
    const own = giveShare(parts, self, {
      object: { documentId: newId<DocumentId>() },
      permission: 'view',
      password: null,
      expiresAt: null,
      ...wish(email),
    });
    await expect(own).rejects.toMatchObject({ code: 'share.invalid' });
  });

  test('asks for no password', async () => {
    const wrong = share({ ...wish('someone@example.test'), password: 'sesame seeds' });
    await expect(wrong).rejects.toMatchObject({ code: 'share.invalid' });
    const { id } = await share(wish('someone@example.test'));
    const later = changeShare(parts, owner, id, { password: 'sesame seeds' });
    await expect(later).rejects.toMatchObject({ code: 'share.invalid' });
  });
});
