import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acceptUpload } from '#features/documents/index.ts';
import { localOwner } from '#features/identity/index.ts';
import { makePdf } from '#test/support/make-files.ts';
import { type TestApp, type TestParts, openParts, startApp } from '#test/support/start-app.ts';

let parts: TestParts;
let app: TestApp;
let bytes: Buffer;
let url: string;

beforeAll(async () => {
  parts = await openParts();
  app = await startApp(parts);
  bytes = Buffer.concat([await makePdf([{ width: 100, height: 100 }]), randomBytes(5_000)]);
  url = await store('a.pdf', bytes);
});
afterAll(async () => {
  await app.close();
  await parts.close();
});

async function store(name: string, content: Uint8Array): Promise<string> {
  const { documentId } = await acceptUpload(parts, localOwner, name, Readable.from([content]));
  return `${app.url}/v1/documents/${documentId}/download/original`;
}

const get = (headers: Record<string, string> = {}, method = 'GET') =>
  fetch(url, { method, headers });
const bodyOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

test('the whole file has a size, a strong tag, and walls', async () => {
  const response = await get();
  expect(response.status).toBe(200);
  expect(response.headers.get('accept-ranges')).toBe('bytes');
  expect(response.headers.get('etag')).toMatch(/^"[0-9a-f]{64}"$/);
  expect(response.headers.get('content-length')).toBe(String(bytes.length));
  expect(response.headers.get('content-disposition')).toBe(
    `attachment; filename="a.pdf"; filename*=UTF-8''a.pdf`,
  );
  expect(response.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect((await bodyOf(response)).equals(bytes)).toBe(true);
});

test('HEAD says the same without the bytes', async () => {
  const [whole, head] = [await get(), await get({}, 'HEAD')];
  await whole.arrayBuffer();
  for (const name of ['content-length', 'etag', 'content-type', 'content-disposition']) {
    expect([name, head.headers.get(name)]).toEqual([name, whole.headers.get(name)]);
  }
  expect(await bodyOf(head)).toHaveLength(0);
  const part = await get({ range: 'bytes=0-9' }, 'HEAD');
  expect([part.status, part.headers.get('content-length')]).toEqual([206, '10']);
});

describe('a range', () => {
  test.each([
    ['bytes=0-9', 0, 9],
    ['bytes=100-', 100, -1],
    ['bytes=-7', -7, -1],
    ['bytes=0-999999', 0, -1],
  ])('%s', async (range, from, to) => {
    const response = await get({ range });
    const start = from < 0 ? bytes.length + from : from;
    const end = to < 0 ? bytes.length - 1 : to;
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end}/${bytes.length}`);
    expect(response.headers.get('content-length')).toBe(String(end - start + 1));
    expect((await bodyOf(response)).equals(bytes.subarray(start, end + 1))).toBe(true);
  });

  test('behind the end is refused with the size', async () => {
    const response = await get({ range: `bytes=${bytes.length}-` });
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe(`bytes */${bytes.length}`);
    expect(await response.json()).toMatchObject({ code: 'request.range_unsatisfiable' });
  });

  test.each(['bytes=0-1,5-9', 'lines=1-2', 'bytes=9-1'])('%s gets the whole', async (range) => {
    const response = await get({ range });
    expect(response.status).toBe(200);
    expect((await bodyOf(response)).length).toBe(bytes.length);
  });

  test('goes on with the same bytes only', async () => {
    const etag = (await get({}, 'HEAD')).headers.get('etag') ?? '';
    const same = await get({ range: 'bytes=5-', 'if-range': etag });
    expect(same.status).toBe(206);
    await same.arrayBuffer();
    const other = await get({ range: 'bytes=5-', 'if-range': '"other"' });
    expect(other.status).toBe(200);
    await other.arrayBuffer();
  });
});

test('who has the bytes is told so', async () => {
  const etag = (await get({}, 'HEAD')).headers.get('etag') ?? '';
  const response = await get({ 'if-none-match': `"x", W/${etag}` });
  expect(response.status).toBe(304);
  expect(response.headers.get('etag')).toBe(etag);
  expect(await bodyOf(response)).toHaveLength(0);
});

test('only what a browser draws is shown in place, in a sandbox all the same', async () => {
  const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: '#fff' } });
  const cases = [
    [await store('a.png', await picture.png().toBuffer()), 'inline', 'image/png'],
    [await store('a.txt', Buffer.from('Plain words in a row.')), 'inline', 'text/plain'],
    [await store('a.html', Buffer.from('<!doctype html><p>x</p>')), 'attachment', 'text/html'],
    [url, 'attachment', 'application/pdf'],
  ] as const;
  for (const [address, shown, type] of cases) {
    const response = await fetch(`${address}?inline`);
    await response.arrayBuffer();
    expect(response.headers.get('content-disposition')).toMatch(new RegExp(`^${shown};`));
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const plain = await fetch(address);
    await plain.arrayBuffer();
    expect(plain.headers.get('content-disposition')).toMatch(/^attachment;/);
  }
});

test('the picture of a page is our own and not the uploaded bytes', async () => {
  const secret = Buffer.from('<script>alert(1)</script>');
  const png = await sharp({ create: { width: 40, height: 40, channels: 3, background: '#fff' } })
    .withExif({ IFD0: { ImageDescription: secret.toString() } })
    .jpeg()
    .toBuffer();
  expect(png.includes(secret)).toBe(true);
  const address = await store('a.jpg', png);
  const image = await fetch(address.replace('download/original', 'pages/1/image'));
  expect(image.headers.get('content-type')).toBe('image/webp');
  const shown = await bodyOf(image);
  expect(shown.subarray(8, 12).toString()).toBe('WEBP');
  expect(shown.includes(secret)).toBe(false);
});
