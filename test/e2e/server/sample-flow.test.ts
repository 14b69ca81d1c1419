import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { uploadResultSchema } from '#features/documents/index.ts';
import { jobSchema } from '#features/jobs/index.ts';
import { searchResultSchema } from '#features/search/index.ts';
import { eventually } from '#test/support/eventually.ts';
import { type TestServer, startServer, stopServer } from '#test/support/start-server.ts';

const samples = path.resolve(import.meta.dirname, '../../../samples');
const names = readdirSync(samples).filter((name) => !name.endsWith('.md'));

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => stopServer(server));

async function getJson<Schema extends z.ZodType>(
  route: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  const response = await fetch(`${server.url}${route}`);
  expect(response.status, route).toBe(200);
  return schema.parse(await response.json());
}

const pageSchema = z.object({
  text: z.string(),
  wordCount: z.int(),
  zones: z.array(z.object({ content: z.string(), confidence: z.number() })),
  words: z.array(z.object({ text: z.string(), x: z.number(), y: z.number() })),
});

/** What a reader of each sample would look for, the page it stands on and a word that must be found. */
const lookFor: Record<string, { query: string; page: number; type: string }> = {
  'museum-report.pdf': { query: 'museum', page: 1, type: 'article' },
  'scanned-letter.pdf': { query: 'letter or dear or yours', page: 1, type: 'letter' },
  'receipt-photo.jpg': { query: 'total or sum or cash', page: 1, type: 'invoice_or_receipt' },
  'school-timetable.pdf': { query: 'monday', page: 1, type: 'timetable' },
};

test('every sample is uploaded, read, found, shown and given back', async () => {
  const form = new FormData();
  for (const name of names) {
    form.append('files', new Blob([readFileSync(path.join(samples, name))]), name);
  }
  const response = await fetch(`${server.url}/v1/documents`, { method: 'POST', body: form });
  expect(response.status).toBe(202);
  const { accepted, refused } = uploadResultSchema.parse(await response.json());
  expect(refused).toEqual([]);
  expect(accepted.map(({ document }) => document.originalName)).toEqual(names);

  for (const { document, links } of accepted) {
    const job = await eventually(
      `${document.originalName} to be read`,
      async () => {
        const found = await getJson(links.job, jobSchema);
        return found.completedAt === null ? undefined : found;
      },
      24_000,
    );
    expect(job, document.originalName).toMatchObject({ status: 'completed', progress: 100 });
  }

  for (const { document } of accepted) await checkDocument(document.id, document.originalName);
});

async function checkDocument(id: string, name: string): Promise<void> {
  const bytes = readFileSync(path.join(samples, name));
  const original = await fetch(`${server.url}/v1/documents/${id}/download/original`);
  expect(Buffer.from(await original.arrayBuffer()).equals(bytes), name).toBe(true);
  const overview = z.object({
    sha256: z.string(),
    confidence: z.number(),
    pageCount: z.int(),
    documentType: z.string(),
    language: z.string(),
  });
  const document = await getJson(`/v1/documents/${id}`, overview);
  expect(document.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect(document.confidence).toBeGreaterThan(0.5);
  expect(document, name).toMatchObject({ documentType: lookFor[name]?.type, language: 'en' });

  const page = await getJson(`/v1/documents/${id}/pages/1`, pageSchema);
  expect(page.zones.length).toBeGreaterThan(0);
  expect(page.text.split(/\s+/u)).toEqual(page.words.map((word) => word.text));

  const wanted = lookFor[name] ?? { query: 'no expectation for this sample', page: 0 };
  const query = new URLSearchParams({ q: wanted.query, documentId: id });
  const found = await getJson(`/v1/search?${query.toString()}`, searchResultSchema);
  expect(found.items[0], `${name}: ${page.text.slice(0, 400)}`).toMatchObject({
    documentId: id,
    pageNumber: wanted.page,
  });
  expect(found.items[0]?.boxes.length).toBeGreaterThan(0);

  const image = await fetch(`${server.url}/v1/documents/${id}/pages/1/image?width=320`);
  expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/webp']);
  for (const format of ['text', 'markdown', 'json']) {
    const download = await fetch(`${server.url}/v1/documents/${id}/download/${format}`);
    expect(download.status).toBe(200);
    expect((await download.text()).length).toBeGreaterThan(100);
  }
}

test('a second server on the same folder is refused with a sentence', async () => {
  const second = startServer({ dataDir: server.dataDir });
  await expect(second).rejects.toThrow('embedded.data_folder_in_use');
  expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
});
