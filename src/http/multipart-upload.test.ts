import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { eventually } from '#test/support/eventually.ts';
import { makePdf } from '#test/support/make-files.ts';
import { type TestApp, type TestParts, openParts, startApp } from '#test/support/start-app.ts';

let parts: TestParts;
let app: TestApp;
let pdf: Buffer<ArrayBuffer>;
beforeAll(async () => {
  parts = await openParts();
  app = await startApp(parts);
  pdf = Buffer.from(await makePdf([{ width: 100, height: 100 }]));
});
afterAll(async () => {
  await app.close();
  await parts.close();
});
afterEach(async () => {
  await parts.database.sql`delete from documents`;
});

const resultSchema = z.object({
  accepted: z.array(z.object({ document: z.object({ originalName: z.string() }) })),
  refused: z.array(z.object({ fileName: z.string(), code: z.string(), message: z.string() })),
});
const problemSchema = z.object({ code: z.string(), status: z.int(), detail: z.string() });

/** What the product does not read. */
const tune = Buffer.from('fLaC\0\0\0\u0022', 'latin1');

type NamedBytes = readonly [name: string, bytes: Uint8Array<ArrayBuffer>];

function upload(...files: readonly NamedBytes[]): Promise<Response> {
  const form = new FormData();
  for (const [name, bytes] of files) form.append('files', new Blob([bytes]), name);
  return fetch(`${app.url}/v1/documents`, { method: 'POST', body: form });
}

async function expectProblem(response: Response, status: number, code: string): Promise<string> {
  const problem = problemSchema.parse(await response.json());
  expect(problem).toMatchObject({ status, code });
  expect(response.status).toBe(status);
  return problem.detail;
}

async function documentCount(): Promise<unknown> {
  const rows = await parts.database.sql`select count(*) as count from documents`;
  return rows[0]?.['count'];
}

async function openBlobs(): Promise<unknown> {
  const rows = await parts.database.sql`
    select count(*) as count from blobs where state = 'pending'`;
  return rows[0]?.['count'];
}

describe('the languages of the files', () => {
  function uploadIn(query: string, field: string | undefined): Promise<Response> {
    const form = new FormData();
    if (field !== undefined) form.append('languages', field);
    form.append('files', new Blob([pdf]), 'brief.pdf');
    return fetch(`${app.url}/v1/documents${query}`, { method: 'POST', body: form });
  }
  const optionsOfJobs = () => parts.database.sql`select options from processing_jobs`;

  test('may be given as a form field or in the address, and stand in the job', async () => {
    expect((await uploadIn('', 'eng')).status).toBe(202);
    expect(await optionsOfJobs()).toEqual([{ options: { settings: { languages: ['eng'] } } }]);
    expect((await uploadIn('?languages=eng', undefined)).status).toBe(202);
    expect((await uploadIn('', undefined)).status).toBe(202);
    const options = (await optionsOfJobs()).map((row) => JSON.stringify(row['options']));
    expect(options.sort()).toEqual([
      '{"settings":{"languages":["eng"]}}',
      '{"settings":{"languages":["eng"]}}',
      '{}',
    ]);
  });

  test.for([
    ['', 'eng+nld'],
    ['?languages=nld', undefined],
  ] as const)(
    'that are not installed are refused with what to install (%s %s)',
    async ([query, field]) => {
      const detail = await expectProblem(
        await uploadIn(query, field),
        422,
        'ocr.language_unavailable',
      );
      expect(detail).toContain(parts.engines.ocr.languagePackage('nld'));
      expect(detail).toContain('Installed: eng');
      expect(await documentCount()).toBe(0);
      expect(await openBlobs()).toBe(0);
    },
  );

  test('that are no codes are refused', async () => {
    await expectProblem(await uploadIn('?languages=../eng', undefined), 400, 'request.invalid');
    await expectProblem(await uploadIn('', 'english, please'), 400, 'request.invalid');
  });
});

describe('several files in one request', () => {
  test('are accepted and refused one by one', async () => {
    const big = Buffer.concat([pdf, randomBytes(parts.maxUploadBytes + 500_000)]);
    const foreign = Buffer.concat([tune, Buffer.alloc(600_000, 'x')]);
    const response = await upload(
      ['first.pdf', pdf],
      ['big.pdf', big],
      ['tune.flac', foreign],
      ['empty.pdf', Buffer.alloc(0)],
      ['last.pdf', pdf],
    );
    expect(response.status).toBe(202);
    const { accepted, refused } = resultSchema.parse(await response.json());
    expect(accepted.map(({ document }) => document.originalName)).toEqual([
      'first.pdf',
      'last.pdf',
    ]);
    expect(refused.map(({ fileName, code }) => [fileName, code])).toEqual([
      ['big.pdf', 'upload.too_large'],
      ['tune.flac', 'upload.type_unsupported'],
      ['empty.pdf', 'upload.empty'],
    ]);
    expect(await documentCount()).toBe(2);
    expect(await openBlobs()).toBe(0);
  });

  test('that are all refused answer with the first problem', async () => {
    const response = await upload(['a.flac', tune], ['b.pdf', Buffer.alloc(0)]);
    const detail = await expectProblem(response, 415, 'upload.type_unsupported');
    expect(detail).toContain('"a.flac"');
  });

  test('may be 100', async () => {
    const files = Array.from({ length: 100 }, (_, i): NamedBytes => [`${i}.pdf`, pdf]);
    const response = await upload(...files);
    expect(response.status).toBe(202);
    expect(resultSchema.parse(await response.json()).accepted).toHaveLength(100);
  });

  test('may not be 101; those before the limit stay and the answer says so', async () => {
    const files = Array.from({ length: 101 }, (_, i): NamedBytes => [`${i}.pdf`, pdf]);
    const detail = await expectProblem(await upload(...files), 413, 'upload.too_many_files');
    expect(detail).toContain('100 files');
    expect(await documentCount()).toBe(100);
  });
});

describe('names', () => {
  test.each(['Größe – 大きさ.pdf', 'مستند.pdf', `${'😀'.repeat(60)}.pdf`])(
    '%s comes through',
    async (name) => {
      const response = await upload([name, pdf]);
      const { accepted } = resultSchema.parse(await response.json());
      expect(accepted[0]?.document.originalName).toBe(name);
    },
  );
});

describe('requests that are no upload', () => {
  test('a form without a file', async () => {
    const form = new FormData();
    form.append('note', 'hello');
    const response = await fetch(`${app.url}/v1/documents`, { method: 'POST', body: form });
    await expectProblem(response, 400, 'upload.no_file');
  });

  test('an empty form', async () => {
    const response = await fetch(`${app.url}/v1/documents`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      body: '',
    });
    await expectProblem(response, 400, 'upload.no_file');
  });

  test('JSON', async () => {
    const response = await fetch(`${app.url}/v1/documents`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    await expectProblem(response, 400, 'upload.no_file');
  });

  test('multipart without a boundary', async () => {
    const response = await fetch(`${app.url}/v1/documents`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data' },
      body: 'x',
    });
    expect(response.status).toBe(400);
    await response.body?.cancel();
  });

  const head = '--x\r\ncontent-disposition: form-data; name="f"; filename="a.pdf"\r\n\r\n';
  test.each([
    ['ends inside a file', `${head}%PDF-1.7 and then nothing`],
    ['ends inside a header', '--x\r\ncontent-disposition: form-da'],
    ['is no multipart at all', 'hello'],
  ])('a body that %s', async (_, body) => {
    const response = await fetch(`${app.url}/v1/documents`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      body,
    });
    await expectProblem(response, 400, 'upload.interrupted');
    expect(await documentCount()).toBe(0);
    expect(await openBlobs()).toBe(0);
  });

  test('a field name that would reach into the prototype', async () => {
    const form = new FormData();
    form.append('__proto__', new Blob([pdf]), 'a.pdf');
    const response = await fetch(`${app.url}/v1/documents`, { method: 'POST', body: form });
    expect(response.status).toBe(400);
    expect(await documentCount()).toBe(0);
    await response.body?.cancel();
  });
});

test('a client that goes away in the middle leaves nothing', async () => {
  const body = Buffer.concat([
    Buffer.from('--x\r\ncontent-disposition: form-data; name="f"; filename="a.pdf"\r\n\r\n'),
    pdf,
    randomBytes(300_000),
  ]);
  const { port } = new URL(app.url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(
    `POST /v1/documents HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n` +
      `content-type: multipart/form-data; boundary=x\r\ncontent-length: ${body.length + 1_000}\r\n\r\n`,
  );
  socket.write(body);
  await eventually('the upload to begin', async () => (await openBlobs()) === 1);
  socket.destroy();
  await eventually('the upload to be given up', async () => (await openBlobs()) === 0);
  expect(await documentCount()).toBe(0);
  const response = await upload(['after.pdf', pdf]);
  expect(response.status).toBe(202);
  await response.body?.cancel();
});
