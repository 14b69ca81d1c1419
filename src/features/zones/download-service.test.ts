import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { acceptUpload } from '#features/documents/index.ts';
import { localOwner } from '#features/identity/index.ts';
import type { DocumentId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';
import { insertUser, makeReading, storeDocument } from '#test/support/factories.ts';
import { makePdf } from '#test/support/make-files.ts';
import { type TestApp, type TestParts, openParts, startApp } from '#test/support/start-app.ts';
import { findOriginalVersion } from './original-file.ts';
import { getPage, getPages } from './page-service.ts';

let parts: TestParts;
let app: TestApp;
let documentId: DocumentId;
const metadata = { title: 'As the file says', author: 'A. Miller' };
const title = 'Größe "A" & B';
beforeAll(async () => {
  parts = await openParts();
  app = await startApp(parts);
  const pages = [
    makeReading(1, 'First line\nsecond line', 'Another # paragraph'),
    makeReading(2),
    makeReading(3, 'שלום 😀 "quoted" back\\slash'),
  ];
  ({ documentId } = await storeDocument(parts.database, { title, pages, metadata }));
});
afterAll(async () => {
  await app.close();
  await parts.close();
});

const box = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
/** The shape that pipeline/writers/json-writer.ts documents. */
const documentSchema = z.strictObject({
  format: z.literal('docmill/1'),
  document: z.strictObject({
    title: z.string(),
    pageCount: z.int(),
    mediaType: z.string(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    metadata: z.record(z.string(), z.string()),
    contents: z.null(),
  }),
  pages: z.array(
    z.strictObject({
      number: z.int(),
      width: z.number(),
      height: z.number(),
      rotation: z.int(),
      text: z.string(),
      textSource: z.string(),
      tool: z.string(),
      confidence: z.number(),
      warnings: z.array(z.string()),
      words: z.array(z.strictObject({ text: z.string(), ...box.shape, confidence: z.number() })),
      zones: z.array(
        z.strictObject({
          kind: z.string(),
          position: z.int(),
          ...box.shape,
          content: z.string(),
          confidence: z.number(),
          tool: z.string(),
          wordFrom: z.int(),
          wordTo: z.int(),
          data: z.unknown().optional(),
        }),
      ),
    }),
  ),
  provenance: z.strictObject({
    settings: z
      .strictObject({
        languages: z.array(z.string()),
        maxPages: z.number(),
        ocrDpi: z.number(),
        rangePages: z.number(),
        forceOcr: z.boolean(),
      })
      .nullable(),
    tools: z.array(z.string()),
    textSources: z.record(z.string(), z.int()),
    meanConfidence: z.number().nullable(),
  }),
});

const download = (format: string, id: string = documentId) =>
  fetch(`${app.url}/v1/documents/${id}/download/${format}`);

test('text is one piece per page, parted by form feeds', async () => {
  const text = await (await download('text')).text();
  expect(text.split('\f')).toEqual([
    'First line\nsecond line\n\nAnother # paragraph\n',
    '',
    'שלום 😀 "quoted" back\\slash\n',
  ]);
});

test('Markdown marks the pages and escapes what would be markup', async () => {
  const text = await (await download('markdown')).text();
  expect(text).toContain('First line second line');
  expect(text).toContain('<!-- page 3 -->');
});

test('JSON has the documented shape, and words, zones and text agree', async () => {
  const response = await download('json');
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  const found = documentSchema.parse(await response.json());
  expect(found.document).toMatchObject({ title, pageCount: 3, metadata });
  expect(found.pages.map((page) => page.number)).toEqual([1, 2, 3]);
  for (const page of found.pages) {
    const words = page.words.map((word) => word.text);
    expect(page.text.split(/\s+/u).filter(Boolean)).toEqual(words);
    for (const zone of page.zones) {
      const own = words.slice(zone.wordFrom, zone.wordTo + 1);
      expect(zone.content.split(/\s+/u)).toEqual(own);
    }
  }
});

test('a download is named after the title and can do nothing in a browser', async () => {
  const { headers } = await download('json');
  expect(headers.get('content-disposition')).toBe(
    `attachment; filename="Groe _A_ & B.json"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%22A%22%20%26%20B.json`,
  );
  expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});

describe('the original', () => {
  test('is byte-identical, with its size and name, before anything was read', async () => {
    const pdf = await makePdf([{ width: 100, height: 100 }]);
    const bytes = Buffer.concat([pdf, randomBytes(300_000)]);
    const uploaded = await acceptUpload(parts, localOwner, 'my file.pdf', Readable.from([bytes]));
    const response = await download('original', uploaded.documentId);
    expect(response.headers.get('content-length')).toBe(String(bytes.length));
    expect(response.headers.get('content-type')).toBe('application/pdf');
    expect(response.headers.get('content-disposition')).toContain('filename="my file.pdf"');
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
  });

  test('whose bytes are gone is a problem and not a broken stream', async () => {
    const response = await download('original');
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'blob.not_found' });
  });
});

test.each(['text', 'markdown', 'json'])(
  '%s is refused until everything is read',
  async (format) => {
    const waiting = await storeDocument(parts.database);
    const response = await download(format, waiting.documentId);
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({
      code: 'document.not_ready',
      details: { status: 'uploaded' },
    });
  },
);

test('an unknown format, a foreign or a trashed document are refused', async () => {
  expect((await download('docx')).status).toBe(400);
  const stranger = await insertUser(parts.database);
  const pages = [makeReading(1, 'x')];
  const foreign = await storeDocument(parts.database, { pages }, stranger);
  expect((await download('text', foreign.documentId)).status).toBe(404);
  const trashed = await storeDocument(parts.database, { pages });
  await fetch(`${app.url}/v1/documents/${trashed.documentId}`, { method: 'DELETE' });
  expect((await download('text', trashed.documentId)).status).toBe(404);
});

describe('pages', () => {
  test('are listed without text, from any number on', async () => {
    const first = await getPages(parts, localOwner, documentId, { from: 1, limit: 2 });
    expect(first.items.map((page) => page.number)).toEqual([1, 2]);
    expect(first.nextFrom).toBe(3);
    expect(Object.keys(first.items[0] ?? {})).not.toContain('text');
    const rest = await getPages(parts, localOwner, documentId, { from: 3, limit: 2 });
    expect(rest).toMatchObject({ items: [{ number: 3, wordCount: 4 }], nextFrom: null });
    const none = await getPages(parts, localOwner, documentId, { from: 9, limit: 2 });
    expect(none).toEqual({ items: [], nextFrom: null });
  });

  test.each([
    ['', ['text', 'words', 'zones']],
    ['?fields=text', ['text']],
    ['?fields=words,zones', ['words', 'zones']],
    ['?fields=zones, text', ['text', 'zones']],
  ])('carry the fields asked for by "%s" and no others', async (query, fields) => {
    const response = await fetch(`${app.url}/v1/documents/${documentId}/pages/1${query}`);
    const keys = Object.keys(z.record(z.string(), z.unknown()).parse(await response.json()));
    const optional = keys.filter((key) => ['text', 'words', 'zones'].includes(key));
    expect(optional.toSorted()).toEqual(fields);
  });

  test('with a field that does not exist are refused', async () => {
    const response = await fetch(`${app.url}/v1/documents/${documentId}/pages/1?fields=secrets`);
    expect(response.status).toBe(400);
  });

  test('that do not exist and those not read yet are told apart', async () => {
    await expect(getPage(parts, localOwner, documentId, 4, ['text'])).rejects.toMatchObject({
      code: 'page.not_found',
      message: expect.stringContaining('has no page 4'),
    });
    const waiting = await storeDocument(parts.database);
    await parts.database.sql`
      update document_versions set page_count = 2 where id = ${waiting.versionId}`;
    await expect(getPage(parts, localOwner, waiting.documentId, 2, [])).rejects.toMatchObject({
      code: 'page.not_found',
      message: expect.stringContaining('has not been read yet'),
    });
  });
});

test('the file of each version can be downloaded, and by nobody who may not read the document', async () => {
  const make = async (text: string) => {
    const lines = [{ text, x: 60, y: 700, size: 12 }];
    return Buffer.from(await makePdf([{ width: 595, height: 842, lines }]));
  };
  const [old, young] = [await make('Version 1'), await make('Version 2')];
  const send = async (path: string, name: string, bytes: Buffer<ArrayBuffer>) => {
    const form = new FormData();
    form.append('files', new Blob([bytes]), name);
    return (await fetch(`${app.url}${path}`, { method: 'POST', body: form })).json();
  };
  const uploaded = z
    .object({ accepted: z.tuple([z.object({ document: z.object({ id: z.string() }) })]) })
    .parse(await send('/v1/documents', 'first.pdf', old));
  const { id } = uploaded.accepted[0].document;
  await send(`/v1/documents/${id}/versions`, 'zweite Größe.pdf', young);
  const original = (number: number, of = id) =>
    fetch(`${app.url}/v1/documents/${of}/versions/${number}/original`);
  const [first, second] = [await original(1), await original(2)];
  expect(Buffer.from(await first.arrayBuffer()).equals(old)).toBe(true);
  expect(Buffer.from(await second.arrayBuffer()).equals(young)).toBe(true);
  expect(second.headers.get('content-disposition')).toContain('zweite%20Gr%C3%B6%C3%9Fe.pdf');
  expect(await (await original(3)).json()).toMatchObject({ code: 'document.version_not_found' });

  const stranger = await insertUser(parts.database);
  await expect(findOriginalVersion(parts, stranger, asId<DocumentId>(id), 1)).rejects.toMatchObject(
    {
      code: 'document.not_found',
    },
  );
});
