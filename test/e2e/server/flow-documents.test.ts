import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { scanXml } from '#engines/office/xml-scanner.ts';
import { cell, makeDocx, paragraph, row, run, table } from '#test/support/make-docx.ts';
import {
  makeWorker,
  openParts,
  startApp,
  workOff,
  type TestApp,
  type TestParts,
} from '#test/support/start-app.ts';

let parts: TestParts;
let app: TestApp;
beforeAll(async () => {
  parts = await openParts();
  app = await startApp(parts);
});
afterAll(async () => {
  await app.close();
  await parts.close();
});

const uploadSchema = z.object({
  accepted: z.array(z.object({ document: z.object({ id: z.string(), mediaType: z.string() }) })),
  refused: z.array(z.object({ fileName: z.string(), code: z.string(), message: z.string() })),
});
const pageSchema = z.object({
  text: z.string(),
  words: z.array(z.object({ text: z.string(), x: z.number(), y: z.number() })),
  zones: z.array(
    z.object({
      kind: z.string(),
      content: z.string(),
      data: z.record(z.string(), z.unknown()).nullable(),
    }),
  ),
});
const searchSchema = z.object({
  items: z.array(
    z.object({
      documentId: z.string(),
      pageNumber: z.int(),
      boxes: z.array(z.object({ x: z.number() })),
    }),
  ),
});

const docx = makeDocx({
  title: 'Lessons',
  body:
    paragraph('Timetable', '<w:outlineLvl w:val="0"/>') +
    table([
      row([cell('Time'), cell('Monday'), cell('Tuesday')], '<w:tblHeader/>'),
      row([cell('8:00'), cell('Woodwork', '<w:gridSpan w:val="2"/>')]),
    ]) +
    paragraph(`<w:r><w:br w:type="page"/></w:r>${run('Wheelwright & <sons>')}`),
});

const files: readonly [string, Uint8Array<ArrayBuffer>][] = [
  ['lessons.docx', Uint8Array.from(docx)],
  ['prices.csv', Uint8Array.from(Buffer.from('Item;Price\nNails;1,50\nPlanks;20,00\n'))],
  ['notes.md', Uint8Array.from(Buffer.from('# Notes\n\nThe sawpit is wet.\n'))],
  [
    'page.html',
    Uint8Array.from(Buffer.from('<h1>Page</h1><script>no()</script><p>Grindstone &amp; awl')),
  ],
  ['plain.txt', Uint8Array.from(Buffer.from('Straße über Äcker', 'latin1'))],
  ['data.json', Uint8Array.from(Buffer.from('{"a": 1}'))],
  ['old.doc', Uint8Array.from(Buffer.from('d0cf11e0a1b11ae1'.padEnd(2_000, '0'), 'hex'))],
];

test('Word and text files are accepted, read, searched, shown and given back', async () => {
  const form = new FormData();
  for (const [name, bytes] of files) form.append('files', new File([bytes], name));
  const response = await fetch(`${app.url}/v1/documents`, { method: 'POST', body: form });
  const { accepted, refused } = uploadSchema.parse(await response.json());
  expect(
    accepted.map(({ document }) => document.mediaType.split('/').at(-1)?.split('.').at(-1)),
  ).toEqual(['document', 'csv', 'markdown', 'html', 'plain']);
  expect(refused.map(({ fileName, code }) => [fileName, code])).toEqual([
    ['data.json', 'upload.type_unsupported'],
    ['old.doc', 'upload.type_unsupported'],
  ]);
  expect(refused[1]?.message).toMatch(/old Word file \(\.doc\)\. Save it as .* Docmill reads PDF/);
  await workOff(makeWorker(parts));

  const id = accepted[0]?.document.id ?? '';
  const address = `${app.url}/v1/documents/${id}`;
  const page = pageSchema.parse(await (await fetch(`${address}/pages/1`)).json());
  expect(page.zones.map((zone) => [zone.kind, zone.content])).toEqual([
    ['heading', 'Timetable'],
    ['table', 'Time\tMonday\tTuesday\n8:00\tWoodwork\t'],
  ]);
  expect(page.zones[1]?.data).toMatchObject({ rows: 2, columns: 3, headerRows: 1 });
  expect(page.text.split(/\s+/).filter(Boolean)).toEqual(page.words.map((word) => word.text));

  for (const [words, number, index] of [
    ['wheelwright', 2, 0],
    ['planks', 1, 1],
    ['sawpit', 1, 2],
    ['grindstone', 1, 3],
    ['Äcker', 1, 4],
  ] as const) {
    const query = new URLSearchParams({ q: words });
    const found = searchSchema.parse(
      await (await fetch(`${app.url}/v1/search?${query.toString()}`)).json(),
    );
    expect(found.items).toMatchObject([
      { documentId: accepted[index]?.document.id, pageNumber: number, boxes: [{}] },
    ]);
  }

  const image = await fetch(`${address}/pages/2/image?width=300`);
  expect(image.headers.get('content-type')).toBe('image/svg+xml');
  expect(image.headers.get('content-security-policy')).toContain("default-src 'none'");
  const shown: string[] = [];
  scanXml(await image.text(), 'page.svg', {
    open() {},
    close() {},
    text: (text) => void shown.push(text.trim()),
  });
  expect(shown.join(' ').trim()).toBe('Wheelwright & <sons>');
  expect((await fetch(`${address}/pages/3/image`)).status).toBe(404);

  expect(await (await fetch(`${address}/download/text`)).text()).toContain('Wheelwright & <sons>');
  expect(await (await fetch(`${address}/download/hocr`)).text()).toContain('Woodwork');
  const original = await fetch(`${address}/download/original`);
  expect(Buffer.from(await original.arrayBuffer()).equals(docx)).toBe(true);
  expect((await fetch(`${address}/download/pdf`)).status).toBe(422);
});
