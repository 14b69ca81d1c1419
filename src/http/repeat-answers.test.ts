import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createFolder } from '#features/folders/folder-service.ts';
import type { Actor } from '#features/identity/index.ts';
import { insertUser } from '#test/support/factories.ts';
import { makePdf } from '#test/support/make-files.ts';
import { type TestApp, type TestParts, openParts, startApp } from '#test/support/start-app.ts';

let parts: TestParts;
let app: TestApp;
let ann: Actor;
let bob: Actor;
beforeAll(async () => {
  parts = await openParts();
  ann = await insertUser(parts.database);
  bob = await insertUser(parts.database);
  app = await startApp(parts, {}, undefined, async ({ headers }) =>
    headers['x-user'] === 'bob' ? bob : ann,
  );
});
afterAll(async () => {
  await app.close();
  await parts.close();
});

const idSchema = z.looseObject({ id: z.string() });
const problemSchema = z.looseObject({ code: z.string(), details: z.unknown().optional() });

interface Sent {
  status: number;
  body: unknown;
  isReplayed: boolean;
}

async function send(path: string, key: string, body: unknown, headers = {}): Promise<Sent> {
  const isForm = body instanceof FormData;
  const response = await fetch(`${app.url}${path}`, {
    method: 'POST',
    headers: {
      'idempotency-key': key,
      ...(!isForm && { 'content-type': 'application/json' }),
      ...headers,
    },
    body: isForm ? body : JSON.stringify(body),
  });
  const isReplayed = response.headers.get('idempotency-replayed') === 'true';
  return { status: response.status, body: await response.json(), isReplayed };
}

const makeFolder = (key: string, name: string, headers = {}) =>
  send('/v1/folders', key, { name }, headers);

async function foldersNamed(name: string): Promise<number> {
  const rows = await parts.database.sql`select 1 from folders where name = ${name}`;
  return rows.length;
}

test('the same request gets the same answer, and is done once', async () => {
  const first = await makeFolder('k-1', 'Letters');
  expect(first).toMatchObject({ status: 201, isReplayed: false });
  const second = await makeFolder('"k-1"', 'Letters');
  expect(second).toEqual({ ...first, isReplayed: true });
  expect(await foldersNamed('Letters')).toBe(1);
});

test('another request with the same key is refused', async () => {
  await makeFolder('k-2', 'Bills');
  const other = await makeFolder('k-2', 'Bills of others');
  expect(other.status).toBe(422);
  expect(problemSchema.parse(other.body).code).toBe('idempotency.mismatch');
  expect(await foldersNamed('Bills of others')).toBe(0);
});

test('the keys of two people do not meet', async () => {
  const one = await makeFolder('k-3', 'Ours');
  const other = await makeFolder('k-3', 'Ours', { 'x-user': 'bob' });
  expect([one.status, other.status]).toEqual([201, 201]);
  expect(idSchema.parse(one.body).id).not.toBe(idSchema.parse(other.body).id);
});

test('of many at the same moment one is done, and the others are told to wait or get its answer', async () => {
  const key = randomUUID();
  const answers = await Promise.all(Array.from({ length: 20 }, () => makeFolder(key, 'Rush')));
  expect(await foldersNamed('Rush')).toBe(1);
  expect(answers.filter(({ status, isReplayed }) => status === 201 && !isReplayed)).toHaveLength(1);
  for (const { status, body } of answers) {
    if (status === 201) continue;
    expect(status).toBe(409);
    expect(problemSchema.parse(body).code).toBe('idempotency.running');
  }
});

test('a refusal that changed nothing frees the key', async () => {
  await makeFolder('k-4', 'Taken');
  expect((await makeFolder('k-5', 'Taken')).status).toBe(409);
  await parts.database.sql`delete from folders where name = 'Taken'`;
  expect(await makeFolder('k-5', 'Taken')).toMatchObject({ status: 201, isReplayed: false });
});

test('a key lives for a day', async () => {
  const first = await makeFolder('k-6', 'Yesterday');
  await parts.database.sql`
    update idempotency_keys set created_at = now() - interval '2 days', expires_at = now() - interval '1 s'
    where key = 'k-6'`;
  await parts.database.sql`delete from folders where name = 'Yesterday'`;
  const second = await makeFolder('k-6', 'Yesterday');
  expect(second).toMatchObject({ status: 201, isReplayed: false });
  expect(idSchema.parse(second.body).id).not.toBe(idSchema.parse(first.body).id);
});

/** What a process leaves that dies while it works: the key is taken, and the lease of its try runs out. */
async function leaveDeadTry(key: string, requestId: string): Promise<void> {
  await parts.database.sql`
    update idempotency_keys set status_code = null, response = null, request_id = ${requestId},
      lease_expires_at = now() - interval '1 s'
    where key = ${key} and owner_id = ${ann.userId}`;
}

test('a try that died before its effect is done again', async () => {
  await makeFolder('k-7', 'Before');
  await parts.database.sql`delete from folders where name = 'Before'`;
  await leaveDeadTry('k-7', 'dead-without-effect');
  expect(await makeFolder('k-7', 'Before')).toMatchObject({ status: 201, isReplayed: false });
  expect(await foldersNamed('Before')).toBe(1);
});

test('a try that died between its effect and its answer is not done again', async () => {
  await makeFolder('k-8', 'After');
  await parts.database.sql`delete from folders where name = 'After'`;
  await createFolder(
    parts,
    { ...ann, requestId: 'dead-with-effect' },
    { name: 'After', parentId: null },
  );
  await leaveDeadTry('k-8', 'dead-with-effect');
  const again = await makeFolder('k-8', 'After');
  expect(again.status).toBe(409);
  const { code, details } = problemSchema.parse(again.body);
  expect(code).toBe('idempotency.answer_gone');
  expect(JSON.stringify(details)).toContain('folders/');
  expect(await foldersNamed('After')).toBe(1);
});

test('the answer to a try that is at work is not given yet', async () => {
  await makeFolder('k-9', 'Slow');
  await parts.database.sql`
    update idempotency_keys set status_code = null, response = null, lease_expires_at = now() + interval '1 min'
    where key = 'k-9'`;
  const again = await makeFolder('k-9', 'Slow');
  expect(problemSchema.parse(again.body).code).toBe('idempotency.running');
});

/** A PDF says when it was made, so each is made once. */
const pdfs = new Map<number, Buffer>();

async function formOf(...counts: number[]): Promise<FormData> {
  const form = new FormData();
  for (const count of counts) {
    const blank = { width: 100, height: 100, lines: [] };
    const pages = Array.from({ length: count }, () => blank);
    const pdf = pdfs.get(count) ?? Buffer.from(await makePdf(pages));
    pdfs.set(count, pdf);
    form.append('files', new Blob([pdf]), `${count}.pdf`);
  }
  return form;
}

test('an upload is repeated by its files, whatever the boundary, and other files are refused', async () => {
  const first = await send('/v1/documents', 'u-1', await formOf(1, 2));
  expect(first.status).toBe(202);
  const documents = () =>
    parts.database.sql`select id from documents where owner_id = ${ann.userId}`;
  const before = (await documents()).length;
  const second = await send('/v1/documents', 'u-1', await formOf(1, 2));
  expect(second).toEqual({ ...first, isReplayed: true });
  const other = await send('/v1/documents', 'u-1', await formOf(1, 3));
  expect(problemSchema.parse(other.body).code).toBe('idempotency.mismatch');
  const fewer = await send('/v1/documents', 'u-1', await formOf(1));
  expect(fewer.status).toBe(422);
  expect(await documents()).toHaveLength(before);
});

test('a refused file counts with all of its bytes', async () => {
  const form = async (text: string): Promise<FormData> => {
    const both = await formOf(1);
    both.append('files', new Blob([new Uint8Array(5_000), text]), 'nothing.bin');
    return both;
  };
  const first = await send('/v1/documents', 'u-2', await form('a'));
  expect(first.status).toBe(202);
  expect((await send('/v1/documents', 'u-2', await form('a'))).isReplayed).toBe(true);
  expect((await send('/v1/documents', 'u-2', await form('b'))).status).toBe(422);
});

test.each(['""', 'a b', 'x'.repeat(256)])('the key %j is refused', async (key) => {
  expect((await makeFolder(key, 'Never')).status).toBe(400);
});
