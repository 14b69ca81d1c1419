import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { acceptUpload } from '#features/documents/index.ts';
import { localOwner } from '#features/identity/index.ts';
import { getJob } from '#features/jobs/index.ts';
import { type FakePage, fakeEngines, letterBoxes, pdfFile } from '#pipeline/fake-engines.ts';
import { defaultReadingSettings } from '#pipeline/reading-settings.ts';
import { asRecognised, setColumn, textLayerPage } from '#pipeline/sample-words.ts';
import type { StageInput } from '#pipeline/stage.ts';
import { createPostgresCache } from '#realtime/postgres-cache.ts';
import { makePdf } from '#test/support/make-files.ts';
import { type TestParts, makeWorker, openParts, workOff } from '#test/support/start-app.ts';
import { keyOf } from './ocr-result-cache.ts';
import { startRun } from './run-service.ts';

let parts: TestParts;
let pdf: Uint8Array;
beforeAll(async () => {
  parts = await openParts();
  pdf = await makePdf([{ width: 100, height: 100 }]);
});
afterAll(() => parts.close());
afterEach(async () => {
  await parts.database.sql`delete from documents`;
});

const lines = setColumn({ left: 50, top: 60, widthPt: 480, lines: 10, firstWord: 1 });
const scan: FakePage = {
  layer: textLayerPage([], { imageCoverage: 1 }),
  ink: letterBoxes(lines.flat()),
  recognised: asRecognised(lines),
};

async function storedPages() {
  return parts.database.sql`
    select p.number, p.text, p.confidence, p.word_count, p.warnings,
      (select jsonb_agg(jsonb_build_array(z.kind, z.x, z.y, z.width, z.height, z.content) order by z.position)
       from zones z where z.version_id = p.version_id and z.page_number = p.number) as zones
    from pages p join documents d on d.current_version_id = p.version_id order by d.id, p.number`;
}

test('the same bytes are recognised once, whoever uploads them and however often they are run', async () => {
  const { engines, calls } = fakeEngines([scan, scan]);
  const results = createPostgresCache(parts.database, parts.logger);
  const worker = makeWorker(parts, { engines, results });
  const upload = () => acceptUpload(parts, localOwner, 'a.pdf', Readable.from([pdf]));
  await upload();
  await workOff(worker);
  expect(calls.recognise).toHaveLength(2);
  const { documentId, jobId } = await upload();
  await workOff(worker);
  expect(calls.recognise).toHaveLength(2);
  expect(await getJob(parts, localOwner, jobId)).toMatchObject({ status: 'completed' });
  const pages = await storedPages();
  expect(pages).toHaveLength(4);
  expect(pages.slice(2)).toEqual(pages.slice(0, 2));

  const settings = { languages: ['deu'] };
  await startRun(parts, localOwner, documentId, { pages: { from: 1, to: 1 }, settings });
  await workOff(worker);
  expect(calls.recognise).toHaveLength(3);
});

test('everything that decides the result is in the key', () => {
  const { engines } = fakeEngines([scan]);
  const input: StageInput = {
    file: pdfFile,
    pageFrom: 1,
    pageTo: 1,
    settings: defaultReadingSettings,
  };
  const settings = (change: object) => ({ ...input, settings: { ...input.settings, ...change } });
  const keys = [
    keyOf(input, engines),
    keyOf({ ...input, file: { ...pdfFile, sha256: 'b'.repeat(64) } }, engines),
    keyOf({ ...input, pageFrom: 2, pageTo: 2 }, engines),
    keyOf(settings({ ocrDpi: 300 }), engines),
    keyOf(settings({ languages: ['eng', 'deu'] }), engines),
    keyOf(settings({ forceOcr: true }), engines),
    keyOf(input, { ...engines, ocr: { ...engines.ocr, version: 'another 3.0' } }),
  ];
  expect(new Set(keys).size).toBe(keys.length);
  expect(keyOf(settings({ maxPages: 1 }), engines)).toBe(keys[0]);
  expect(keys[0]).toMatch(/^ocr:result:[0-9a-f]+:fake-ocr_2\.0\+[0-9a-f]{32}$/);
});
