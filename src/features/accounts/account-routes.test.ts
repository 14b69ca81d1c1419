import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ZipArchive } from '#engines/office/zip-archive.ts';
import type { DocumentId, IdentityId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import {
  type AccountSite,
  type Person,
  cookieOf,
  openAccountSite,
  refusalOf,
  sitePassword,
} from '#test/support/account-site.ts';
import { storeDocument } from '#test/support/factories.ts';
import { type TestParts, openParts } from '#test/support/start-app.ts';
import { sessionListSchema } from './account-schema.ts';

let parts: TestParts;
let site: AccountSite;
let person: Person;
let cookie: string;
beforeAll(async () => {
  parts = await openParts();
  site = await openAccountSite(parts);
});
afterAll(async () => {
  await site.app.close();
  await parts.close();
});
beforeEach(async () => {
  person = await site.newPerson();
  cookie = await site.signIn(person);
});

const account = async (): Promise<unknown> => (await site.get('/v1/account', cookie)).json();
const patch = (body: unknown) => site.send('PATCH', '/v1/account', body, cookie);

describe('the profile', () => {
  test('keeps what a change does not name', async () => {
    await patch({ firstName: 'Ada', settings: { theme: 'dark' } });
    await patch({ lastName: 'Lovelace', settings: { notifications: { documentFailed: false } } });
    expect(await account()).toMatchObject({
      name: 'Ada Lovelace',
      settings: { theme: 'dark', language: 'en', notifications: { documentFailed: false } },
    });
    await patch({ firstName: null });
    expect(await account()).toMatchObject({ name: 'Lovelace' });
  });

  test('lets nobody write other columns', async () => {
    await patch({ role: 'admin', status: 'active', limits: { pages: 1e9 }, id: newId() });
    expect(await account()).toMatchObject({ id: person.id, role: 'teacher' });
    const rows = await parts.database.sql`select role, limits from users where id = ${person.id}`;
    expect(rows).toEqual([{ role: 'teacher', limits: {} }]);
  });

  test.each([
    { settings: { theme: 'pink' } },
    { settings: { zoom: 2 } },
    { firstName: '' },
    { firstName: 'a\nb' },
    { email: 'no address' },
    { email: 'a@b\r\nBcc: c@d' },
  ])('%j is refused', async (body) => {
    expect(await refusalOf(await patch(body))).toEqual([400, 'request.invalid']);
  });
});

describe('the password', () => {
  const change = (currentPassword: string | null, newPassword: string) =>
    site.post('/v1/account/password', { currentPassword, newPassword }, cookie);

  test('is changed by who knows it; other sessions end, this one goes on under a new token', async () => {
    const other = await site.signIn(person);
    const response = await change(sitePassword, 'quite another battery');
    expect(response.status).toBe(204);
    const renewed = cookieOf(response);
    expect(renewed).not.toBe(cookie);
    for (const [ended, status] of [
      [other, 401],
      [cookie, 401],
      [renewed, 200],
    ] as const) {
      expect((await site.get('/v1/account', ended)).status).toBe(status);
    }
  });

  test.each([
    ['wrong password', 'quite another battery', [401, 'auth.refused']],
    [null, 'quite another battery', [401, 'auth.refused']],
    [sitePassword, 'short', [422, 'auth.password_weak']],
    [sitePassword, 'aaaaaaaaaaaa', [422, 'auth.password_weak']],
  ])('from %j to %j is refused', async (from, to, refusal) => {
    expect(await refusalOf(await change(from, to))).toEqual(refusal);
    expect((await site.get('/v1/account', cookie)).status).toBe(200);
  });

  test('a first one is set by who signed in elsewhere so far', async () => {
    await parts.database.sql`delete from user_passwords where user_id = ${person.id}`;
    expect((await change(null, 'quite another battery')).status).toBe(204);
  });
});

describe('sessions', () => {
  test('are listed with the one that asks, and ended one by one or all others', async () => {
    const others = [await site.signIn(person), await site.signIn(person)];
    const list = async () =>
      sessionListSchema.parse(await (await site.get('/v1/account/sessions', cookie)).json()).items;
    const sessions = await list();
    expect(sessions.map(({ current }) => current)).toEqual([false, false, true]);
    expect(JSON.stringify(sessions)).not.toContain(cookie.split('=')[1]);
    const end = `/v1/account/sessions/${sessions[0]?.id}`;
    expect((await site.send('DELETE', end, undefined, cookie)).status).toBe(204);
    expect((await site.get('/v1/account', others[1])).status).toBe(401);
    const rest = await site.send('DELETE', '/v1/account/sessions', undefined, cookie);
    expect(await rest.json()).toEqual({ ended: 1 });
    expect((await list()).map(({ current }) => current)).toEqual([true]);
  });

  test('of others look like none', async () => {
    const stranger = await site.newPerson();
    const strange = await site.signIn(stranger);
    const answer = await (await site.get('/v1/account/sessions', strange)).json();
    const theirs = sessionListSchema.parse(answer).items[0]?.id ?? '';
    const refusals = await Promise.all(
      [theirs, newId()].map(async (id) => {
        const route = `/v1/account/sessions/${id}`;
        return refusalOf(await site.send('DELETE', route, undefined, cookie));
      }),
    );
    expect(refusals).toEqual([
      [404, 'session.not_found'],
      [404, 'session.not_found'],
    ]);
    expect((await site.get('/v1/account', strange)).status).toBe(200);
  });
});

describe('identities', () => {
  test('are taken away unless they are the only way in', async () => {
    const id = newId<IdentityId>();
    await parts.database.sql`
      insert into user_identities (id, user_id, provider, subject, profile)
      values (${id}, ${person.id}, 'google', ${id}, '{"email":"ada@gmail.example"}')`;
    const list: unknown = await (await site.get('/v1/account/identities', cookie)).json();
    expect(list).toMatchObject({ items: [{ id, provider: 'google', email: 'ada@gmail.example' }] });
    const remove = () => site.send('DELETE', `/v1/account/identities/${id}`, undefined, cookie);
    await parts.database.sql`delete from user_passwords where user_id = ${person.id}`;
    expect(await refusalOf(await remove())).toEqual([409, 'identity.last_way']);
    await site.post('/v1/account/password', { newPassword: 'quite another battery' }, cookie);
    cookie = await signInWith('quite another battery');
    expect((await remove()).status).toBe(204);
    expect(await refusalOf(await remove())).toEqual([404, 'identity.not_found']);
  });

  async function signInWith(password: string): Promise<string> {
    return cookieOf(await site.post('/v1/auth/sign-in', { email: person.email, password }));
  }
});

describe('taking everything along', () => {
  test('brings profile, entries and files of the person, of nobody else, and nothing secret', async () => {
    const stranger = await site.newPerson();
    const strange = await site.signIn(stranger);
    await site.post('/v1/journal', { rawData: { text: 'needle of the stranger' } }, strange);
    await site.post('/v1/journal', { rawData: { text: 'my needle', sum: 0.1 } }, cookie);
    const form = new FormData();
    form.append('files', new Blob(['Notes on herons.'], { type: 'text/plain' }), 'herons.txt');
    const headers = { cookie };
    const upload = await fetch(`${site.app.url}/v1/documents`, {
      method: 'POST',
      body: form,
      headers,
    });
    expect(upload.status).toBe(202);
    const response = await site.get('/v1/account/export', cookie);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="docmill-/);
    const bytes = Buffer.from(await response.arrayBuffer());
    const zip = new ZipArchive(bytes);
    const profile = JSON.parse(Buffer.from(zip.read('profile.json') ?? '').toString());
    expect(profile).toMatchObject({ account: { email: person.email } });
    expect(zip.names.toSorted().map((name) => name.replace(/^files\/[^/]+/, 'files'))).toEqual([
      'documents.json',
      'files/1-herons.txt',
      'folders.json',
      'journal.json',
      'profile.json',
      'timetables.json',
    ]);
    const archive = bytes.toString('latin1');
    for (const part of ['my needle', 'Notes on herons.']) expect(archive).toContain(part);
    expect(archive).not.toMatch(/needle of the stranger|argon2id|token_hash|password_hash/);
    expect(archive).not.toContain(cookie.split('=')[1]);
  });
});

describe('deleting the account', () => {
  const remove = (password?: string) =>
    site.send('DELETE', '/v1/account', password === undefined ? undefined : { password }, cookie);

  test('asks for the password, ends all ways in and puts everything into the trash', async () => {
    const { documentId } = await storeDocument(parts.database, {}, { ...actorOf(person) });
    expect(await refusalOf(await remove())).toEqual([401, 'auth.refused']);
    expect(await refusalOf(await remove('wrong'))).toEqual([401, 'auth.refused']);
    expect((await remove(sitePassword)).status).toBe(204);
    expect((await site.get('/v1/account', cookie)).status).toBe(401);
    const again = await site.post('/v1/auth/sign-in', {
      email: person.email,
      password: sitePassword,
    });
    expect(again.status).toBe(401);
    expect(await trashed(documentId)).toBe(true);
    const rows = await parts.database.sql<{ email: string; status: string }>`
      select email, status from users where id = ${person.id}`;
    expect(rows).toEqual([{ email: `${person.id}@deleted.invalid`, status: 'deleted' }]);
  });

  test('the only admin stays', async () => {
    await parts.database.sql`update users set role = 'teacher' where role = 'admin'`;
    await parts.database.sql`update users set role = 'admin' where id = ${person.id}`;
    expect(await refusalOf(await remove(sitePassword))).toEqual([409, 'user.last_admin']);
    await site.newPerson('admin');
    expect((await remove(sitePassword)).status).toBe(204);
  });

  async function trashed(id: DocumentId): Promise<boolean> {
    const rows = await parts.database.sql<{ deletedAt: Date | null }>`
      select deleted_at from documents where id = ${id}`;
    return z.date().safeParse(rows[0]?.deletedAt).success;
  }
});

function actorOf({ id }: Person) {
  return { kind: 'user', userId: id, role: 'teacher' } as const;
}
