import { readdir } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { ZipArchive } from '#engines/office/zip-archive.ts';
import { createBlobPurger } from '#features/documents/index.ts';
import { OutboxPublisher } from '#queue/outbox-publisher.ts';
import {
  type AccountSite,
  type Person,
  openAccountSite,
  refusalOf,
} from '#test/support/account-site.ts';
import { storeDocument } from '#test/support/factories.ts';
import { type TestParts, openParts } from '#test/support/start-app.ts';
import { avatarBytesAtMost } from './avatar.ts';

const accountSchema = z.object({ id: z.string(), avatarId: z.string().nullable() });

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

/** A wide picture of one colour. */
const drawn = (background: string) =>
  sharp({ create: { width: 60, height: 30, channels: 3, background } });

function put(bytes: Uint8Array, type = 'image/png', at = site, as = cookie): Promise<Response> {
  const headers = { cookie: as, 'content-type': type };
  return fetch(`${at.app.url}/v1/account/avatar`, { method: 'PUT', body: bytes, headers });
}

const red = () => drawn('#ff0000').png().toBuffer();
const idOf = async (answer: Response) => accountSchema.parse(await answer.json()).avatarId;
const own = (headers: Record<string, string> = {}) =>
  fetch(`${site.app.url}/v1/account/avatar`, { headers: { cookie, ...headers } });
const ofPerson = (as: string) => site.get(`/v1/users/${person.id}/avatar`, as);

interface BlobRow {
  state: string;
  sizeBytes: number;
  objectKey: string;
}
const blobs = () => parts.database.sql<BlobRow>`
  select state, size_bytes, object_key from blobs where owner_id = ${person.id} order by created_at`;

async function usedBytes(): Promise<number> {
  const rows = await parts.database.sql<{ bytes: number }>`
    select coalesce(sum(storage_bytes), 0)::bigint as bytes from usage_stats where user_id = ${person.id}`;
  return rows[0]?.bytes ?? -1;
}

describe('a picture', () => {
  test.each(['png', 'jpeg', 'webp'] as const)(
    'of the type %s becomes a square WebP of our own, whatever it is called',
    async (format) => {
      const bytes = await drawn('#0000ff')
        .withExif({ IFD0: { Copyright: 'the camera of the person' } })
        .toFormat(format)
        .toBuffer();
      expect((await put(bytes, 'image/gif')).status).toBe(200);
      const answer = await own();
      expect(answer.headers.get('content-type')).toBe('image/webp');
      const served = Buffer.from(await answer.arrayBuffer());
      const facts = await sharp(served).metadata();
      expect(facts).toMatchObject({ format: 'webp', width: 256, height: 256 });
      expect(facts.exif).toBeUndefined();
      expect((await sharp(served).stats()).dominant.b).toBeGreaterThan(240);
    },
  );

  test('is served as nothing but a picture, and not again to who has it', async () => {
    const avatarId = await idOf(await put(await red()));
    const answer = await own();
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
    expect(answer.headers.get('cache-control')).toBe('private, no-cache');
    const etag = answer.headers.get('etag') ?? '';
    const again = await own({ 'if-none-match': etag });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const pinned = await site.get(`/v1/account/avatar?v=${avatarId}`, cookie);
    expect(pinned.headers.get('cache-control')).toContain('immutable');
    const other = await site.get('/v1/account/avatar?v=other', cookie);
    expect(other.headers.get('cache-control')).toBe('private, no-cache');
  });

  test('is replaced and taken away; the bytes before go, and count no more', async () => {
    const first = await idOf(await put(await red()));
    const second = await idOf(await put(await drawn('#00ff00').png().toBuffer()));
    expect(second).not.toBe(first);
    const [old, current] = await blobs();
    expect([old?.state, current?.state]).toEqual(['purging', 'stored']);
    const handlers = { 'blob.purge': createBlobPurger(parts.blobs) };
    const publisher = new OutboxPublisher({ ...parts, handlers });
    await publisher.tick('blob.purge');
    expect((await blobs()).map(({ state }) => state)).toEqual(['purged', 'stored']);
    expect(await parts.blobs.stat(old?.objectKey ?? '')).toBeNull();
    expect(await usedBytes()).toBe(current?.sizeBytes);
    const remove = () => site.send('DELETE', '/v1/account/avatar', undefined, cookie);
    expect([(await remove()).status, (await remove()).status]).toEqual([204, 204]);
    expect(await refusalOf(await own())).toEqual([404, 'avatar.not_found']);
    expect(await idOf(await site.get('/v1/account', cookie))).toBeNull();
    await publisher.tick('blob.purge');
    expect((await blobs()).map(({ state }) => state)).toEqual(['purged', 'purged']);
    expect(await usedBytes()).toBe(0);
  });

  test('of many that come at once is one, and no other stays', async () => {
    const colours = ['#100000', '#200000', '#300000', '#400000'];
    const answers = await Promise.all(
      colours.map(async (colour) => put(await drawn(colour).png().toBuffer())),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const states = (await blobs()).map(({ state }) => state).toSorted();
    expect(states).toEqual(['purging', 'purging', 'purging', 'stored']);
  });

  test('that cannot be one is refused, and nothing is left of it', async () => {
    vi.stubEnv('TMPDIR', parts.folder);
    await put(await red());
    const gif = await drawn('#000').gif().toBuffer();
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');
    const large = Buffer.concat([await red(), Buffer.alloc(avatarBytesAtMost)]);
    const cut = (
      await drawn('#123456').resize(900).png({ compressionLevel: 0 }).toBuffer()
    ).subarray(0, 900);
    const refusals = [];
    for (const bytes of [gif, svg, large, cut, Buffer.alloc(0)]) {
      refusals.push(await refusalOf(await put(bytes)));
    }
    expect(refusals).toEqual([
      [415, 'upload.type_unsupported'],
      [415, 'upload.type_unsupported'],
      [413, 'upload.too_large'],
      [422, 'file.damaged'],
      [422, 'upload.empty'],
    ]);
    expect(await refusalOf(await put(await red(), 'application/pdf'))).toEqual([
      415,
      'request.unsupported_media_type',
    ]);
    expect(
      await refusalOf(await site.send('PUT', '/v1/account/avatar', { url: '/x.png' }, cookie)),
    ).toEqual([415, 'request.unsupported_media_type']);
    expect((await blobs()).map(({ state }) => state)).toEqual(['stored']);
    const left = await readdir(parts.folder);
    vi.unstubAllEnvs();
    expect(left.filter((name) => name.startsWith('docmill-avatar-'))).toEqual([]);
  });

  test('is refused where there is no room for it, and the one before stays', async () => {
    await put(await red());
    const full = await openAccountSite(parts, {
      usageLimits: {
        pagesPerMonth: null,
        storedBytes: (await usedBytes()) + 10,
        queriesPerDay: null,
      },
    });
    const refused = await put(await drawn('#00ff00').png().toBuffer(), 'image/png', full);
    expect((await refusalOf(refused))[1]).toBe('usage.limit_reached');
    await full.app.close();
    expect((await blobs()).map(({ state }) => state)).toEqual(['stored', 'failed']);
    const stats = await sharp(await (await own()).arrayBuffer()).stats();
    expect(stats.dominant.r).toBeGreaterThan(240);
  });
});

describe('the picture of somebody', () => {
  let other: Person;
  let otherCookie: string;
  beforeEach(async () => {
    await put(await red());
    other = await site.newPerson();
    otherCookie = await site.signIn(other);
  });

  /** Shares a document of the other; resolves to both ids. */
  const share = async (grantee: { granteeId: string } | { granteeEmail: string }) => {
    const owner = { kind: 'user', userId: other.id, role: 'teacher' } as const;
    const { documentId } = await storeDocument(parts.database, {}, owner);
    const answer = await site.post('/v1/shares', { documentId, ...grantee }, otherCookie);
    const made = z.object({ share: z.object({ id: z.string() }) }).parse(await answer.json());
    return { shareId: made.share.id, documentId };
  };

  test('is seen by admins and by themselves, and is nothing to everybody else', async () => {
    const admin = await site.signIn(await site.newPerson('admin'));
    expect((await ofPerson(admin)).status).toBe(200);
    expect((await ofPerson(cookie)).status).toBe(200);
    const strange = await ofPerson(otherCookie);
    const nobody = await site.get(`/v1/users/${crypto.randomUUID()}/avatar`, otherCookie);
    expect(await refusalOf(strange)).toEqual(await refusalOf(nobody));
    expect(strange.status).toBe(404);
    const listed = z
      .object({ items: z.array(accountSchema) })
      .parse(await (await site.get(`/v1/users?q=${person.id}`, admin)).json());
    expect(listed.items).toEqual([{ id: person.id, avatarId: expect.any(String) }]);
  });

  test('is seen by who shares with them by name, beside the name, until the share ends', async () => {
    const { shareId, documentId } = await share({ granteeId: person.id });
    expect((await ofPerson(otherCookie)).status).toBe(200);
    const access: unknown = await (
      await site.get(`/v1/documents/${documentId}/access`, otherCookie)
    ).json();
    const avatarId = await idOf(await site.get('/v1/account', cookie));
    expect(access).toMatchObject({
      items: [
        { userId: other.id, avatarId: null },
        { userId: person.id, avatarId },
      ],
    });
    await site.send('DELETE', `/v1/shares/${shareId}`, undefined, otherCookie);
    expect((await ofPerson(otherCookie)).status).toBe(404);
  });

  test('does not tell that a shared address has an account', async () => {
    const { documentId } = await share({ granteeEmail: person.email });
    expect((await ofPerson(otherCookie)).status).toBe(404);
    const access = await (await site.get(`/v1/documents/${documentId}/access`, otherCookie)).json();
    expect(access).toMatchObject({ items: [{}, { email: person.email, avatarId: null }] });
  });

  test('goes along with an export, and with the account', async () => {
    const response = await site.get('/v1/account/export', cookie);
    const zip = new ZipArchive(Buffer.from(await response.arrayBuffer()));
    const kept = Buffer.from(zip.read('avatar.webp') ?? '');
    expect(kept).toEqual(Buffer.from(await (await own()).arrayBuffer()));
    const admin = await site.signIn(await site.newPerson('admin'));
    const password = 'correct horse battery';
    await site.send('DELETE', '/v1/account', { password }, cookie);
    expect((await ofPerson(admin)).status).toBe(404);
  });
});
