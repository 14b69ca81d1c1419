import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acceptUpload, getDocument } from '#features/documents/index.ts';
import { localOwner } from '#features/identity/index.ts';
import type { DocumentId, ZoneId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';
import { makeReading, storeDocument } from '#test/support/factories.ts';
import { makePdf } from '#test/support/make-files.ts';
import { checkSyntax, missingReaders, readText } from '#test/support/pdf-read-back.ts';
import {
  makeWorker,
  openParts,
  startApp,
  type TestApp,
  type TestParts,
  workOff,
} from '#test/support/start-app.ts';
import { elementsOfClass, parseXml } from '#test/support/xml-tree.ts';
import { listZones } from './page-repository.ts';
import { editZone } from './zone-service.ts';

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

const page = {
  width: 480,
  height: 240,
  lines: [{ text: 'Searchable words on a picture', x: 40, y: 120, size: 24 }],
};

async function read(name: string, bytes: Uint8Array): Promise<DocumentId> {
  const { documentId } = await acceptUpload(parts, localOwner, name, Readable.from([bytes]));
  await workOff(makeWorker(parts));
  return documentId;
}

const download = (id: string, format: string) =>
  fetch(`${app.url}/v1/documents/${id}/download/${format}`);

/** The page as a scanner would have it, at 200 dpi. */
async function photograph(): Promise<Uint8Array> {
  const file = path.join(parts.folder, 'printed.pdf');
  await writeFile(file, await makePdf([page]));
  const source = { path: file, mediaType: 'application/pdf' as const, sha256: 'printed' };
  const picture = await parts.engines
    .viewerFor('application/pdf')
    .renderPicture(source, 1, { widthPx: Math.round((480 / 72) * 200) });
  return picture.bytes;
}

describe('a picture', () => {
  test.skipIf(missingReaders !== undefined)(
    `becomes a PDF whose text can be copied, also after a correction (${missingReaders ?? 'with poppler and qpdf'})`,
    async () => {
      const id = await read('scan.webp', await photograph());
      const response = await download(id, 'pdf');
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('application/pdf');
      expect(response.headers.get('content-disposition')).toContain('scan.searchable.pdf');
      const file = path.join(parts.folder, 'made.pdf');
      await writeFile(file, Buffer.from(await response.arrayBuffer()));
      expect((await readText(file)).trim()).toBe('Searchable words on a picture');
      expect(await checkSyntax(file)).toBe('');

      const hocr = await (await download(id, 'hocr')).text();
      const [line] = elementsOfClass(parseXml(hocr), 'ocr_line');
      expect(line?.text).toBe('Searchable words on a picture');

      const { versionId } = await getDocument(parts, localOwner, id);
      const [zone] = await listZones(parts.database.sql, versionId, 1, 1);
      const edit = { content: 'Corrected words on a picture' };
      const note = { ifMatch: undefined, reasonCode: null };
      await editZone(parts, localOwner, zone?.id ?? asId<ZoneId>(''), edit, note);
      await writeFile(file, Buffer.from(await (await download(id, 'pdf')).arrayBuffer()));
      expect((await readText(file)).trim()).toBe('Corrected words on a picture');
    },
    60_000,
  );
});

test('a PDF that has its text already comes back as it was uploaded', async () => {
  const bytes = Buffer.from(await makePdf([page]));
  const id = await read('printed.pdf', bytes);
  const response = await download(id, 'pdf');
  expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
});

test('an original that cannot carry words is a problem and not a broken stream', async () => {
  // Read as if by recognition, from bytes that are something else.
  const pages = [{ ...makeReading(1, 'a word'), textSource: 'local_ocr' as const }];
  const id = await read('other.pdf', await makePdf([{ width: 50, height: 50 }]));
  const { documentId, versionId } = await storeDocument(parts.database, { pages });
  await parts.database.sql`
    update document_versions set blob_id =
      (select blob_id from document_versions where document_id = ${id})
    where id = ${versionId}`;
  const response = await download(documentId, 'pdf');
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({
    code: 'file.text_not_addable',
    details: { reason: 'damaged' },
  });
});

test.each(['pdf', 'hocr'])('%s is refused until everything is read', async (format) => {
  const waiting = await storeDocument(parts.database);
  const response = await download(waiting.documentId, format);
  expect(response.status).toBe(409);
  expect(await response.json()).toMatchObject({ code: 'document.not_ready' });
});

test('a searchable PDF of an original whose bytes are gone is a problem', async () => {
  const { documentId } = await storeDocument(parts.database, { pages: [makeReading(1, 'x')] });
  const response = await download(documentId, 'pdf');
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ code: 'blob.not_found' });
});
