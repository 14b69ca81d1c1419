import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { isDeepStrictEqual, promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { eventually } from '#test/support/eventually.ts';
import { type LoopStalls, watchLoopStalls } from '#test/support/loop-stalls.ts';
import { makePdf } from '#test/support/make-files.ts';
import { type TestApp, type TestParts, openParts, startApp } from '#test/support/start-app.ts';

let parts: TestParts;
let app: TestApp;
let port: number;
let pdf: Buffer<ArrayBuffer>;
let stalls: LoopStalls;

beforeAll(async () => {
  parts = await openParts();
  app = await startApp(parts);
  port = Number(new URL(app.url).port);
  const page = Buffer.from(await makePdf([{ width: 100, height: 100 }]));
  pdf = Buffer.concat([page, randomBytes(100_000)]);
  stalls = watchLoopStalls();
});
afterAll(async () => {
  stalls.stop();
  await app.close();
  await parts.close();
});

/** Bytes that are no part of a document: none may be left by a request that was refused or broke off. */
async function leftovers(): Promise<unknown> {
  const [row] = await parts.database.sql`
    select (select count(*) from blobs where state = 'pending') as pending,
      (select count(*) from blobs b where state = 'stored'
         and not exists (select from document_versions v where v.blob_id = b.id)) as unowned,
      (select count(*) from upload_pieces) as pieces`;
  return row;
}

afterEach(async () => {
  // What no request may do: hold all others up.
  expect(stalls.worstMs()).toBeLessThan(250);
  await eventually('nothing to be left', async () =>
    isDeepStrictEqual(await leftovers(), { pending: 0, unowned: 0, pieces: 0 }),
  );
  await parts.database.sql`delete from documents`;
  await parts.database.sql`delete from blobs`;
});

const connections = () => promisify(app.http.server.getConnections.bind(app.http.server))();

const answerSchema = z.object({ code: z.string() });

/** Sends bytes as they are; resolves to the status and code of the answer, or null when the server only hung up. */
function raw(
  bytes: Buffer | string,
  end = false,
): Promise<{ status: number; code: string } | null> {
  stalls.reset();
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1');
    const done = (): void => {
      const status = Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);
      const body = /\{.*\}/s.exec(answer)?.[0];
      const parsed = body === undefined ? undefined : answerSchema.safeParse(JSON.parse(body));
      resolve(status === 0 ? null : { status, code: parsed?.data?.code ?? '' });
    };
    socket.setTimeout(20_000, () => socket.destroy());
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1');
    });
    socket.on('error', () => undefined).on('close', done);
    socket.write(bytes);
    if (end) socket.end();
  });
}

const boundary = 'x';

function post(body: Buffer | string, headers: Record<string, string> = {}): Buffer {
  const bytes = Buffer.from(body);
  const all = {
    host: `127.0.0.1:${port}`,
    connection: 'close',
    'content-type': `multipart/form-data; boundary=${boundary}`,
    'content-length': String(bytes.length),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return Buffer.concat([
    Buffer.from(`POST /v1/documents HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`, 'latin1'),
    bytes,
  ]);
}

function filePart(disposition: string, bytes: Buffer = pdf): Buffer {
  const head = `--${boundary}\r\ncontent-disposition: form-data; ${disposition}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n')]);
}

const closing = Buffer.from(`--${boundary}--\r\n`);
const form = (...partsOfForm: Buffer[]): Buffer => Buffer.concat([...partsOfForm, closing]);

async function names(): Promise<unknown[]> {
  const rows = await parts.database.sql`
    select v.original_name as name, d.title from documents d join document_versions v on v.document_id = d.id`;
  return rows;
}

describe('names of files', () => {
  test.each([
    ['traversal', '../../../../etc/passwd', 'passwd'],
    ['traversal of Windows', '..\\\\..\\\\windows\\\\system32\\\\x.pdf', 'x.pdf'],
    ['only dots', '..', 'unnamed'],
    ['control characters', 'a\u0001b\u007f\u0085c.pdf', 'abc.pdf'],
    ['letters that turn around', 'in\u202efdp.exe', 'infdp.exe'],
    ['isolates', '\u2066a\u2069.pdf', 'a.pdf'],
    ['markup', '<img src=x onerror=alert(1)>.pdf', '<img src=x onerror=alert(1)>.pdf'],
    ['quotes of SQL', "'; drop table documents; --.pdf", "'; drop table documents; --.pdf"],
    ['escaped slashes', '%2e%2e%2fetc%2fpasswd', '%2e%2e%2fetc%2fpasswd'],
  ])('%s', async (_, sent, kept) => {
    const answer = await raw(post(form(filePart(`name="f"; filename="${sent}"`))));
    expect(answer?.status).toBe(202);
    expect(await names()).toMatchObject([{ name: kept }]);
  });

  test('of 4,096 bytes keep their end', async () => {
    const answer = await raw(post(form(filePart(`name="f"; filename="${'n'.repeat(4_092)}.pdf"`))));
    expect(answer?.status).toBe(202);
    expect(await names()).toMatchObject([{ name: `${'n'.repeat(251)}.pdf` }]);
  });

  test('cannot write headers of the download', async () => {
    const sent = 'a.pdf\\"; evil=\\"1\\r\\nset-cookie: x=1';
    const encoded = "filename*=utf-8''a%0d%0aset-cookie%3A%20x%3D1.pdf";
    for (const disposition of [
      `name="f"; filename="${sent}"`,
      `name="f"; filename="b.pdf"; ${encoded}`,
    ]) {
      const answer = await raw(post(form(filePart(disposition))));
      expect(answer).toMatchObject({ status: 202 });
    }
    const rows = await parts.database.sql<{ id: string }>`select id from documents`;
    expect(rows).toHaveLength(2);
    for (const { id } of rows) {
      const response = await fetch(`${app.url}/v1/documents/${id}/download/original`);
      expect(response.headers.get('set-cookie')).toBeNull();
      expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="/);
      await response.arrayBuffer();
    }
  });

  test.each([
    '../../x/scan.pdf',
    '..\\x\\scan.pdf',
    `${'d/'.repeat(30)}scan.pdf`,
    'n'.repeat(5_000),
  ])('a path that is none is refused with nothing made: %#', async (path) => {
    const field = filePart('name="relativePath"', Buffer.from(path));
    const answer = await raw(post(form(field, filePart('name="f"; filename="scan.pdf"'))));
    expect(answer?.status).toBeGreaterThanOrEqual(400);
    expect(answer?.status).toBeLessThan(500);
    expect(await names()).toEqual([]);
    expect(await parts.database.sql`select from folders`).toEqual([]);
  });
});

describe('forms', () => {
  test('of 10,000 parts are refused', async () => {
    const field = filePart('name="n"', Buffer.from('1'));
    const answer = await raw(post(form(...Array.from({ length: 10_000 }, () => field))));
    expect(answer).toEqual({ status: 413, code: 'upload.too_many_files' });
  });

  test('of 10,000 files keep those before the limit and no more', async () => {
    const file = filePart('name="f"; filename="a.pdf"', Buffer.alloc(10, 0x81));
    const answer = await raw(post(form(...Array.from({ length: 10_000 }, () => file))));
    expect(answer).toEqual({ status: 413, code: 'upload.too_many_files' });
    expect(await names()).toEqual([]);
  });

  test.each([
    ['a part with 10,000 headers', `--x\r\n${'a: b\r\n'.repeat(10_000)}\r\n1\r\n--x--\r\n`],
    [
      'a header of 1 MB',
      `--x\r\ncontent-disposition: ${'a'.repeat(1_000_000)}\r\n\r\n1\r\n--x--\r\n`,
    ],
    [
      'a field of 1 MB',
      `--x\r\ncontent-disposition: form-data; name="relativePath"\r\n\r\n${'a'.repeat(1_000_000)}\r\n--x--\r\n`,
    ],
    ['100,000 dashes', '-'.repeat(100_000)],
    ['line ends only', '\r\n'.repeat(100_000)],
    ['boundaries only', '--x\r\n'.repeat(100_000)],
    ['nothing', ''],
    ['noise', randomBytes(200_000)],
  ])('%s', async (_, body) => {
    const answer = await raw(post(body));
    expect(answer?.status).toBeGreaterThanOrEqual(400);
    expect(answer?.status).toBeLessThan(500);
    expect(await names()).toEqual([]);
  });

  test.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    'a field named %s changes nothing',
    async (name) => {
      const field = filePart(`name="${name}"`, Buffer.from('{"isAdmin":true}'));
      const answer = await raw(post(form(field, filePart('name="f"; filename="a.pdf"'))));
      expect([202, 400]).toContain(answer?.status);
      expect(Object.hasOwn(Object.prototype, 'isAdmin')).toBe(false);
    },
  );

  test.each(['gzip', 'deflate', 'br'])('a body in %s is not unpacked', async (encoding) => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const answer = await raw(post(bomb, { 'content-encoding': encoding }));
    expect(answer?.status).toBeGreaterThanOrEqual(400);
    expect(answer?.status).toBeLessThan(500);
  });

  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])(
    'that end after %i tenths leave nothing',
    async (tenth) => {
      const body = form(filePart('name="f"; filename="a.pdf"'));
      const request = post(body);
      const before = await connections();
      const head = request.length - body.length;
      const cut = head + Math.floor((body.length * tenth) / 10);
      // Half of them with an end that is said, half by a connection that is simply gone.
      const socket = connect(port, '127.0.0.1').on('error', () => undefined);
      await new Promise<void>((resolve) => socket.write(request.subarray(0, cut), () => resolve()));
      if (tenth % 2 === 0) socket.destroy();
      else socket.resetAndDestroy();
      await eventually('the connection to be gone', async () => (await connections()) === before);
      expect(await names()).toEqual([]);
    },
  );
});

describe('lengths that lie', () => {
  test('a longer one: the rest never comes, and nothing is kept', async () => {
    const body = form(filePart('name="f"; filename="a.pdf"'));
    const request = post(body.subarray(0, 50_000), { 'content-length': String(body.length) });
    const answer = await raw(request, true);
    if (answer) expect(answer.status).toBeLessThan(500);
    expect(await names()).toEqual([]);
  });

  test('a shorter one: what is left over is no request', async () => {
    const body = form(filePart('name="f"; filename="a.pdf"'));
    const answer = await raw(post(body, { 'content-length': '5000' }));
    expect(answer?.status).toBe(400);
    expect(await names()).toEqual([]);
  });

  test.each(['-1', '1e5', '0x10', '99999999999999999999', '5, 5', ''])(
    'Content-Length %j',
    async (length) => {
      const answer = await raw(post('abc', { 'content-length': length }), true);
      if (answer) expect(answer.status).toBeLessThan(500);
      expect(await names()).toEqual([]);
    },
  );

  test('two lengths, and a length beside chunks, are refused', async () => {
    for (const headers of [
      { 'Content-Length': '3' },
      { 'transfer-encoding': 'chunked' },
      { 'transfer-encoding': 'gzip, chunked' },
    ]) {
      const answer = await raw(post('abc', headers));
      expect(answer?.status).toBe(400);
    }
  });
});

describe('headers', () => {
  test.each([
    ['20,000 bytes', { 'x-long': 'a'.repeat(20_000) }, 431],
    ['control characters', { 'x-odd': 'a\u0001b' }, 400],
    ['a line end', { 'x-odd': 'a\r\n b' }, 400],
    ['no boundary', { 'content-type': 'multipart/form-data' }, 400],
    [
      'a boundary of 5,000',
      { 'content-type': `multipart/form-data; boundary=${'b'.repeat(5_000)}` },
      400,
    ],
    ['a type that is none', { 'content-type': ';;;' }, 415],
  ])('%s', async (_, headers, status) => {
    const answer = await raw(post('abc', headers));
    expect(answer?.status).toBe(status);
  });
});

describe('JSON', () => {
  const send = (body: string, type = 'application/json') => {
    stalls.reset();
    return fetch(`${app.url}/v1/folders`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
  };

  test.each([
    ['a prototype', '{"name":"a","__proto__":{"isAdmin":true}}'],
    ['a constructor', '{"name":"a","constructor":{"prototype":{"isAdmin":true}}}'],
    ['100,000 levels', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['half a body', '{"name":"a"'],
    ['two bodies', '{"name":"a"}{"name":"b"}'],
    ['a half of a pair', '{"name":"\\ud800"}'],
    ['a zero', '{"name":"a\\u0000b"}'],
    ['the wrong type', '{"name":["a"]}'],
    ['null', 'null'],
    ['a number beyond all', '{"name":1e999}'],
    ['nothing', ''],
  ])('%s is refused, or leaves no trace', async (_, body) => {
    const response = await send(body);
    const made: unknown = await response.json();
    expect(response.status).toBeLessThan(500);
    expect(JSON.stringify(made)).not.toContain('isAdmin');
    expect(Object.hasOwn(Object.prototype, 'isAdmin')).toBe(false);
    await parts.database.sql`delete from folders`;
  });

  test('in another coding is not guessed at', async () => {
    const response = await send('{"name":"a"}', 'application/x-www-form-urlencoded');
    expect(response.status).toBe(415);
    await response.arrayBuffer();
  });
});
