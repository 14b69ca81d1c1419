import { randomBytes, randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { localOwner } from '#features/identity/index.ts';
import type { UserId } from '#kernel/ids.ts';
import { eventually } from '#test/support/eventually.ts';
import { insertUser } from '#test/support/factories.ts';
import { makePdf } from '#test/support/make-files.ts';
import { type TestApp, type TestParts, openParts, startApp } from '#test/support/start-app.ts';
import { UploadSweeper } from './upload-sweeper.ts';

let parts: TestParts;
let app: TestApp;
/** The same upload on another machine. */
let otherApp: TestApp;
let pdf: Buffer<ArrayBuffer>;
let userId: UserId = localOwner.userId;

beforeAll(async () => {
  parts = await openParts();
  const authenticate = async () => ({ ...localOwner, userId });
  app = await startApp(parts, {}, undefined, authenticate);
  otherApp = await startApp(parts, {}, undefined, authenticate);
  const page = Buffer.from(await makePdf([{ width: 100, height: 100 }]));
  pdf = Buffer.concat([page, randomBytes(300_000)]);
});
afterAll(async () => {
  await app.close();
  await otherApp.close();
  await parts.close();
});
afterEach(async () => {
  userId = localOwner.userId;
  const { sql } = parts.database;
  await sql`delete from documents`;
  await sql`delete from uploads`;
});

const version = { 'tus-resumable': '1.0.0' };

function metadataOf(fields: Record<string, string>): string {
  return Object.entries(fields)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',');
}

function post(fields: Record<string, string>, length: number | string): Promise<Response> {
  return fetch(`${app.url}/v1/uploads`, {
    method: 'POST',
    headers: {
      ...version,
      'upload-length': String(length),
      'upload-metadata': metadataOf({ filename: 'a.pdf', ...fields }),
    },
  });
}

/** Begins an upload; resolves to its path. */
async function begin(fields: Record<string, string> = {}, length = pdf.length): Promise<string> {
  const response = await post(fields, length);
  expect(await response.text()).toBe('');
  expect(response.status).toBe(201);
  return response.headers.get('location') ?? '';
}

function patch(
  path: string,
  offset: number,
  bytes: Uint8Array<ArrayBuffer>,
  server = app,
): Promise<Response> {
  return fetch(server.url + path, {
    method: 'PATCH',
    headers: {
      ...version,
      'content-type': 'application/offset+octet-stream',
      'upload-offset': String(offset),
    },
    body: bytes,
  });
}

async function offsetOf(path: string, server = app): Promise<number> {
  const response = await fetch(server.url + path, { method: 'HEAD', headers: version });
  expect(response.status).toBe(200);
  return Number(response.headers.get('upload-offset'));
}

const statusSchema = z.object({
  status: z.string(),
  offsetBytes: z.int(),
  documentId: z.string().nullable(),
  duplicateOf: z.string().nullable(),
  duplicateTitle: z.string().nullable(),
  error: z.object({ code: z.string() }).nullable(),
});

async function statusOf(path: string): Promise<z.infer<typeof statusSchema>> {
  return statusSchema.parse(await (await fetch(app.url + path)).json());
}

const problemSchema = z.object({ code: z.string(), status: z.int(), detail: z.string() });

async function expectProblem(response: Response, status: number, code: string): Promise<string> {
  const problem = problemSchema.parse(await response.json());
  expect(problem).toMatchObject({ status, code });
  return problem.detail;
}

async function storedBytes(documentId: string | null): Promise<Buffer> {
  const [row] = await parts.database.sql<{ objectKey: string }>`
    select b.object_key from documents d join document_versions v on v.id = d.current_version_id
    join blobs b on b.id = v.blob_id where d.id = ${documentId}`;
  return buffer(await parts.blobs.read(row?.objectKey ?? 'none'));
}

async function pieceRows(): Promise<unknown> {
  const [row] = await parts.database.sql`
    select (select count(*) from upload_pieces) as pieces,
      (select count(*) from blobs where purpose = 'upload' and state in ('pending', 'stored')) as blobs`;
  return row;
}

describe('a resumable upload', () => {
  test('in several requests to several machines becomes a document of the same bytes', async () => {
    const path = await begin({ filename: 'Größe.pdf' });
    expect((await patch(path, 0, pdf.subarray(0, 100_000))).status).toBe(204);
    expect(await offsetOf(path, otherApp)).toBe(100_000);
    const second = await patch(path, 100_000, pdf.subarray(100_000, 250_000), otherApp);
    expect(second.headers.get('upload-offset')).toBe('250000');
    expect(await statusOf(path)).toMatchObject({ status: 'open', offsetBytes: 250_000 });
    expect((await patch(path, 250_000, pdf.subarray(250_000))).status).toBe(204);
    const { status, documentId } = await statusOf(path);
    expect(status).toBe('accepted');
    expect((await storedBytes(documentId)).equals(pdf)).toBe(true);
    const [row] = await parts.database.sql`
      select v.original_name, d.title from documents d join document_versions v on v.document_id = d.id`;
    expect(row).toEqual({ originalName: 'Größe.pdf', title: 'Größe' });
    expect(await pieceRows()).toEqual({ pieces: 0, blobs: 0 });
  });

  test('may bring its bytes along with its beginning', async () => {
    const response = await fetch(`${app.url}/v1/uploads`, {
      method: 'POST',
      headers: {
        ...version,
        'content-type': 'application/offset+octet-stream',
        'upload-length': String(pdf.length),
        'upload-metadata': metadataOf({ filename: 'a.pdf' }),
      },
      body: pdf,
    });
    expect(response.status).toBe(201);
    expect(await statusOf(response.headers.get('location') ?? '')).toMatchObject({
      status: 'accepted',
    });
  });

  test('keeps what arrived before the connection broke', async () => {
    const path = await begin();
    const { port } = new URL(app.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      `PATCH ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ntus-resumable: 1.0.0\r\n` +
        `content-type: application/offset+octet-stream\r\nupload-offset: 0\r\ncontent-length: ${pdf.length}\r\n\r\n`,
    );
    socket.write(pdf.subarray(0, 123_456));
    await eventually('the first piece to begin', async () => {
      const rows = await parts.database.sql`select from blobs where purpose = 'upload'`;
      return rows.length > 0;
    });
    socket.destroy();
    await eventually('what came to be kept', async () => (await offsetOf(path)) === 123_456);
    expect((await patch(path, 123_456, pdf.subarray(123_456))).status).toBe(204);
    const { documentId } = await statusOf(path);
    expect((await storedBytes(documentId)).equals(pdf)).toBe(true);
  });

  test('goes on while an earlier request still hangs on a dead connection', async () => {
    const path = await begin();
    const { port } = new URL(app.url);
    const socket = connect(Number(port), '127.0.0.1').on('error', () => undefined);
    socket.write(
      `PATCH ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ntus-resumable: 1.0.0\r\n` +
        `content-type: application/offset+octet-stream\r\nupload-offset: 0\r\ncontent-length: ${pdf.length}\r\n\r\n`,
    );
    socket.write(pdf.subarray(0, 1_000));
    await eventually('the first piece to begin', async () => {
      const rows = await parts.database.sql`select from blobs where purpose = 'upload'`;
      return rows.length > 0;
    });
    // The same machine lets the old request store what it has; another one takes the turn without waiting.
    const offset = await offsetOf(path);
    expect([0, 1_000]).toContain(offset);
    expect((await patch(path, offset, pdf.subarray(offset), otherApp)).status).toBe(204);
    socket.destroy();
    const { documentId } = await statusOf(path);
    expect((await storedBytes(documentId)).equals(pdf)).toBe(true);
  });

  test('is written by one of two requests that send the same stretch', async () => {
    const path = await begin();
    const half = pdf.subarray(0, 150_000);
    const answers = await Promise.all([patch(path, 0, half), patch(path, 0, half, otherApp)]);
    const statuses = answers.map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([204, 409]));
    await Promise.all(answers.map((answer) => answer.arrayBuffer()));
    expect(await offsetOf(path)).toBe(150_000);
    expect((await patch(path, 150_000, pdf.subarray(150_000))).status).toBe(204);
    const { documentId } = await statusOf(path);
    expect((await storedBytes(documentId)).equals(pdf)).toBe(true);
  });

  test('whose server died before its end is ended by whoever asks, and by the sweeper', async () => {
    const paths = [await begin(), await begin()];
    for (const path of paths) {
      await patch(path, 0, pdf.subarray(0, 200_000));
      // As a server leaves it that dies between the last byte and the document.
      await parts.database
        .sql`update uploads set size_bytes = 200000 where id = ${path.split('/').at(-1) ?? ''}`;
    }
    expect(await statusOf(paths[0] ?? '')).toMatchObject({ status: 'accepted' });
    const sweeper = new UploadSweeper(parts);
    expect(await sweeper.tick()).toBe(0);
    await parts.database
      .sql`update blobs set stored_at = now() - interval '2 minutes' where purpose = 'upload'`;
    expect(await sweeper.tick()).toBe(1);
    expect(await statusOf(paths[1] ?? '')).toMatchObject({ status: 'accepted' });
    const [row] = await parts.database.sql`select count(*) as count from documents`;
    expect(row).toEqual({ count: 2 });
  });

  test('that nobody finishes is forgotten with its bytes', async () => {
    const path = await begin();
    await patch(path, 0, pdf.subarray(0, 100_000));
    const sweeper = new UploadSweeper(parts);
    expect(await sweeper.tick()).toBe(0);
    expect(await sweeper.tick(new Date(Date.now() + 3_601_000))).toBe(1);
    expect(await pieceRows()).toEqual({ pieces: 0, blobs: 0 });
    await expectProblem(await patch(path, 100_000, pdf), 404, 'upload.not_found');
    const events = await parts.database.sql`select from outbox where topic = 'blob.purge'`;
    expect(events.length).toBeGreaterThan(0);
  });

  test('that is over is refused, also before it is swept', async () => {
    const path = await begin();
    await parts.database
      .sql`update uploads set created_at = now() - interval '2 hours', expires_at = now() - interval '1 second'`;
    await expectProblem(await patch(path, 0, pdf), 410, 'upload.expired');
    await expectProblem(await fetch(app.url + path), 410, 'upload.expired');
  });

  test('can be given up', async () => {
    const path = await begin();
    await patch(path, 0, pdf.subarray(0, 100_000));
    const response = await fetch(app.url + path, { method: 'DELETE', headers: version });
    expect(response.status).toBe(204);
    expect(await pieceRows()).toEqual({ pieces: 0, blobs: 0 });
    await expectProblem(await fetch(app.url + path), 404, 'upload.not_found');
  });

  test('belongs to who began it', async () => {
    const path = await begin();
    const { userId: stranger } = await insertUser(parts.database);
    userId = stranger;
    await expectProblem(await fetch(app.url + path), 404, 'upload.not_found');
    await expectProblem(await patch(path, 0, pdf), 404, 'upload.not_found');
    const head = await fetch(app.url + path, { method: 'HEAD', headers: version });
    expect(head.status).toBe(404);
    const gone = await fetch(app.url + path, { method: 'DELETE', headers: version });
    expect(gone.status).toBe(404);
    expect(await (await fetch(`${app.url}/v1/uploads`)).json()).toEqual({ items: [] });
    userId = localOwner.userId;
    expect(await offsetOf(path)).toBe(0);
  });
});

describe('what becomes of the file', () => {
  async function send(fields: Record<string, string>, bytes: Buffer<ArrayBuffer> = pdf) {
    const path = await begin(fields, bytes.length);
    const response = await patch(path, 0, bytes);
    return { response, path };
  }

  test('it lies in the folders of its path', async () => {
    const { path } = await send({ relativePath: 'Letters/2026/a.pdf' });
    const { documentId } = await statusOf(path);
    const [row] = await parts.database.sql`
      select p.path from documents d join folder_paths p on p.id = d.folder_id where d.id = ${documentId}`;
    expect(row).toEqual({ path: ['Letters', '2026'] });
  });

  test('it is the next version of a document', async () => {
    const first = await send({});
    const { documentId } = await statusOf(first.path);
    const bytes = Buffer.concat([pdf, randomBytes(10)]);
    const second = await send({ documentId: documentId ?? '', note: 'Signed' }, bytes);
    expect(await statusOf(second.path)).toMatchObject({ status: 'accepted', documentId });
    const rows = await parts.database.sql`
      select number, note from document_versions where document_id = ${documentId} order by number`;
    expect(rows).toEqual([
      { number: 1, note: null },
      { number: 2, note: 'Signed' },
    ]);
  });

  test('it is skipped when it is there already and that is the wish', async () => {
    const first = await statusOf((await send({ filename: 'First.pdf' })).path);
    const again = await send({ duplicates: 'skip' });
    expect(again.response.status).toBe(204);
    expect(await statusOf(again.path)).toMatchObject({
      status: 'skipped',
      documentId: null,
      duplicateOf: first.documentId,
      duplicateTitle: 'First',
    });
    expect(await pieceRows()).toEqual({ pieces: 0, blobs: 0 });
  });

  test('it is refused by its content at its end, once and for all', async () => {
    const noise = Buffer.alloc(5_000, 0x81);
    const { response, path } = await send({}, noise);
    await expectProblem(response, 415, 'upload.type_unsupported');
    expect(await statusOf(path)).toMatchObject({
      status: 'refused',
      error: { code: 'upload.type_unsupported' },
    });
    expect(await pieceRows()).toEqual({ pieces: 0, blobs: 0 });
  });
});

describe('refused before anything is sent', () => {
  test.each([
    [{ folderId: randomUUID() }, 100, 404, 'folder.not_found'],
    [{ documentId: randomUUID() }, 100, 404, 'document.not_found'],
    [{ languages: 'nld' }, 100, 422, 'ocr.language_unavailable'],
    [{ languages: '../eng' }, 100, 400, 'request.invalid'],
    [{ relativePath: '../../etc/passwd' }, 100, 422, 'upload.path_invalid'],
    [{}, 0, 422, 'upload.empty'],
    [{}, 1024 * 1024 + 1, 413, 'upload.too_large'],
    [{}, -1, 400, 'upload.protocol_invalid'],
    [{}, '1e3', 400, 'upload.protocol_invalid'],
  ])('%j with %s bytes', async (fields, length, status, code) => {
    await expectProblem(await post({ ...fields }, length), status, code);
    expect(await pieceRows()).toEqual({ pieces: 0, blobs: 0 });
    expect(await parts.database.sql`select from uploads`).toEqual([]);
  });

  test('more than a user may have on the way', async () => {
    const sizes = parts.uploadBounds.openBytes / (1024 * 1024);
    await parts.database.sql`
      insert into uploads (id, owner_id, protocol, file_name, size_bytes, expires_at)
      select gen_random_uuid(), ${localOwner.userId}, 'tus', 'x', 1024 * 1024, now() + interval '1 hour'
      from generate_series(1, ${sizes})`;
    await expectProblem(await post({}, 100), 413, 'upload.quota_exceeded');
    userId = (await insertUser(parts.database)).userId;
    expect((await post({}, 100)).status).toBe(201);
  });

  test('another version of the protocol, and a broken header', async () => {
    const response = await fetch(`${app.url}/v1/uploads`, { method: 'POST' });
    expect(response.headers.get('tus-version')).toBe('1.0.0');
    await expectProblem(response, 412, 'upload.version_unsupported');
    const path = await begin();
    await expectProblem(await patch(path, 7, pdf), 409, 'upload.offset_conflict');
    await expectProblem(await patch(path, -1, pdf), 400, 'upload.protocol_invalid');
    const long = Buffer.concat([pdf, Buffer.from('more')]);
    await expectProblem(await patch(path, 0, long), 413, 'upload.too_large');
    expect(await offsetOf(path)).toBe(0);
  });
});

test('the server says what it can, and lets no other site in', async () => {
  const response = await fetch(`${app.url}/v1/uploads`, { method: 'OPTIONS' });
  expect(response.status).toBe(204);
  expect(response.headers.get('tus-version')).toBe('1.0.0');
  expect(response.headers.get('tus-extension')).toBe(
    'creation,creation-with-upload,termination,expiration',
  );
  expect(response.headers.get('tus-max-size')).toBe(String(parts.maxUploadBytes));
  expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual(
    [],
  );
});
