import { Readable } from 'node:stream';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OcrEngine } from '#engines/ocr-engine.ts';
import { acceptUpload } from '#features/documents/index.ts';
import { localOwner } from '#features/identity/index.ts';
import { makeWorker, openParts, workOff, type TestParts } from '#test/support/start-app.ts';

let parts: TestParts;
beforeAll(async () => {
  parts = await openParts();
});
afterAll(() => parts.close());

test('a document is recognised in its own languages, others in those of the server', async () => {
  const asked: (readonly string[])[] = [];
  const ocr: OcrEngine = {
    ...parts.engines.ocr,
    languages: ['eng', 'deu', 'fra'],
    recognise: (_image, { languages }) => {
      asked.push(languages);
      return Promise.resolve({ words: [] });
    },
  };
  const engines = { ...parts.engines, ocr };
  const block = Buffer.alloc(100 * 100 * 3, 255).fill(0, 3_000, 9_000);
  const png = await sharp(block, { raw: { width: 100, height: 100, channels: 3 } })
    .png()
    .toBuffer();
  const upload = (languages?: readonly string[]) =>
    acceptUpload({ ...parts, engines }, localOwner, 'a.png', Readable.from([png]), { languages });
  const worker = makeWorker(parts, { engines, settings: { languages: ['fra'] } });
  await upload(['deu', 'eng']);
  await workOff(worker);
  await upload();
  await workOff(worker);
  expect(asked).toEqual([['deu', 'eng'], ['fra']]);
});
