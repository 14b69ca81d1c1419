import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { uploadResultSchema } from '#features/documents/index.ts';
import { jobSchema } from '#features/jobs/index.ts';
import { eventually } from '#test/support/eventually.ts';
import { makePdf } from '#test/support/make-files.ts';
import { type TestServer, startServer, stopServer } from '#test/support/start-server.ts';

const sample = (name: string) =>
  readFileSync(path.resolve(import.meta.dirname, '../../../samples', name));

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ env: { DOCMILL_MAX_UPLOAD_MB: '1', DOCMILL_MAX_PAGES: '3' } });
});
afterAll(() => stopServer(server));

const problemSchema = z.object({ code: z.string(), detail: z.string() });

function post(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Response> {
  const form = new FormData();
  form.append('files', new Blob([bytes]), name);
  return fetch(`${server.url}/v1/documents`, { method: 'POST', body: form });
}

async function processed(name: string, bytes: Uint8Array<ArrayBuffer>) {
  const response = await post(name, bytes);
  expect(response.status).toBe(202);
  const { accepted } = uploadResultSchema.parse(await response.json());
  const [first] = accepted;
  if (!first) throw new Error('nothing was accepted');
  return eventually(`${name} to end`, async () => {
    const found = await fetch(`${server.url}${first.links.job}`);
    const job = jobSchema.parse(await found.json());
    return job.completedAt === null ? undefined : job;
  });
}

describe('refused at the door', () => {
  test.each([
    ['empty.pdf', () => Buffer.alloc(0), 422, 'upload.empty', 'holds no bytes'],
    [
      'noise.pdf',
      () => Buffer.alloc(5_000, 0x81),
      415,
      'upload.type_unsupported',
      'unknown binary',
    ],
    ['song.pdf', () => Buffer.from('fLaC\0\0\0\0'), 415, 'upload.type_unsupported', 'audio/flac'],
    [
      'a.pdf',
      () => Buffer.from('PK\u0003\u0004' + '\0'.repeat(60)),
      415,
      'upload.type_unsupported',
      'zip',
    ],
    [
      'big.pdf',
      () => Buffer.concat([sample('museum-report.pdf'), Buffer.alloc(2_000_000)]),
      413,
      'upload.too_large',
      '1 MiB',
    ],
  ] as const)('%s', async (name, bytes, status, code, words) => {
    const response = await post(name, bytes());
    const problem = problemSchema.parse(await response.json());
    expect([response.status, problem.code]).toEqual([status, code]);
    expect(problem.detail).toContain(`"${name}"`);
    expect(problem.detail).toContain(words);
    expect(problem.detail).toMatch(/\.$/);
  });
});

describe('accepted and found to be unreadable', () => {
  const page = { width: 200, height: 200 };
  test.each([
    ['protected', () => makePdf([page], { password: 'geheim' }), 'file.password_protected'],
    ['truncated', async () => sample('museum-report.pdf').subarray(0, 2_000), 'file.damaged'],
    ['only a header', async () => Buffer.from('%PDF-1.7\n%%EOF'), 'file.damaged'],
    ['too long', () => makePdf([page, page, page, page]), 'file.too_many_pages'],
    ['cut image', async () => sample('receipt-photo.jpg').subarray(0, 3_000), 'file.damaged'],
  ] as const)('%s', async (name, make, code) => {
    const bytes = Buffer.from(await make());
    const job = await processed(`${name}.pdf`, bytes);
    expect(job).toMatchObject({ status: 'failed', errorCode: code });
    expect(job.errorMessage).toMatch(/\.$/);
    const route = `/v1/documents/${job.documentId}/download/original`;
    const original = await fetch(`${server.url}${route}`);
    expect(Buffer.from(await original.arrayBuffer()).equals(bytes)).toBe(true);
  });
});

test('a picture under the name of a PDF is read for what it is', async () => {
  const job = await processed('scan.pdf', sample('receipt-photo.jpg'));
  expect(job.status).toBe('completed');
});

test('after all of this the server still works', async () => {
  expect((await processed('report.pdf', sample('school-timetable.pdf'))).status).toBe('completed');
});
