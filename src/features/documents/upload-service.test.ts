import { createHash, randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { localOwner } from '#features/identity/index.ts';
import { makePdf } from '#test/support/make-files.ts';
import { insertUser } from '#test/support/factories.ts';
import { type TestParts, openParts } from '#test/support/start-app.ts';
import { getDocumentWithJob } from './document-service.ts';
import { acceptUpload } from './upload-service.ts';

let parts: TestParts;
let pdf: Uint8Array;
beforeAll(async () => {
  parts = await openParts();
  pdf = await makePdf([{ width: 200, height: 200 }]);
});
afterAll(() => parts.close());

async function* inChunks(bytes: Uint8Array, size = 1_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function accept(name: string, bytes: Uint8Array, actor = localOwner) {
  return acceptUpload(parts, actor, name, inChunks(bytes));
}

async function rowCounts(): Promise<Record<string, unknown>> {
  const [row] = await parts.database.sql`
    select (select count(*) from documents) as documents,
      (select count(*) from document_versions) as versions,
      (select count(*) from processing_jobs) as jobs,
      (select count(*) from processing_queue) as items,
      (select count(*) from blobs where state in ('pending', 'stored')) as blobs`;
  const files = await Array.fromAsync(parts.blobs.list());
  return { ...row, files: files.length };
}

/** Expects a refusal with this code that leaves everything as it was; resolves to its message. */
async function expectRefusal(code: string, upload: () => Promise<unknown>): Promise<string> {
  const before = await rowCounts();
  const error = await upload().then(
    () => new Error('accepted'),
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ code });
  expect(await rowCounts()).toEqual(before);
  return error instanceof Error ? error.message : '';
}

describe('an accepted file', () => {
  test('becomes document, version, job and first work item, with the bytes behind it', async () => {
    const bytes = Buffer.concat([pdf, randomBytes(100_000)]);
    const { documentId, jobId } = await accept('C:\\scans\\Yearly report.pdf', bytes);
    const { document, job } = await getDocumentWithJob(parts, localOwner, documentId);
    expect(document).toMatchObject({
      title: 'Yearly report',
      originalName: 'Yearly report.pdf',
      mediaType: 'application/pdf',
      sizeBytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      status: 'uploaded',
      versionNumber: 1,
      pageCount: null,
    });
    expect(job).toMatchObject({ id: jobId, status: 'queued', pagesDone: 0 });
    expect((await buffer(await parts.blobs.read(document.objectKey))).equals(bytes)).toBe(true);
    const items = await parts.database.sql`
      select queue, status, page_from, page_to from processing_queue where job_id = ${jobId}`;
    expect(items).toEqual([{ queue: 'classify', status: 'ready', pageFrom: 1, pageTo: 1 }]);
  });

  test.each(['png', 'jpeg', 'tiff', 'webp'] as const)(
    'is known by its content: %s bytes under the name of a PDF',
    async (format) => {
      const image = sharp({ create: { width: 8, height: 8, channels: 3, background: '#fff' } });
      const { documentId } = await accept('scan.pdf', await image.toFormat(format).toBuffer());
      const { document } = await getDocumentWithJob(parts, localOwner, documentId);
      expect(document.mediaType).toBe(`image/${format}`);
      expect(document.originalName).toBe('scan.pdf');
    },
  );

  test('may come one byte at a time', async () => {
    const { documentId } = await acceptUpload(parts, localOwner, 'slow.pdf', inChunks(pdf, 1));
    const { document } = await getDocumentWithJob(parts, localOwner, documentId);
    expect(document.sha256).toBe(createHash('sha256').update(pdf).digest('hex'));
  });

  test('may be as large as the limit', async () => {
    const bytes = Buffer.alloc(parts.maxUploadBytes);
    bytes.set(pdf);
    const { documentId } = await accept('full.pdf', bytes);
    const { document } = await getDocumentWithJob(parts, localOwner, documentId);
    expect(document.sizeBytes).toBe(parts.maxUploadBytes);
  });

  test('with the same bytes as another of mine is accepted and says so', async () => {
    const bytes = Buffer.concat([pdf, randomBytes(20)]);
    const stranger = await insertUser(parts.database);
    const foreign = await accept('theirs.pdf', bytes, stranger);
    const first = await accept('first.pdf', bytes);
    const second = await accept('second.pdf', bytes);
    expect(foreign.duplicateOf).toBeNull();
    expect(first.duplicateOf).toBeNull();
    expect(second.duplicateOf).toBe(first.documentId);
  });

  test.each([
    ['😀'.repeat(200) + '.pdf', /^(😀)+\.pdf$/u],
    ['مستند.pdf', /^مستند\.pdf$/],
    ['a\0b\r\n.pdf', /^ab\.pdf$/],
    ['"quoted" \\ and; semi.pdf', /^and; semi\.pdf$/],
    ['', /^unnamed$/],
    ['x'.repeat(5_000), /^x{255}$/],
  ])('has a storable name, whatever was sent: %#', async (name, kept) => {
    const { documentId } = await accept(name, pdf);
    const { document } = await getDocumentWithJob(parts, localOwner, documentId);
    expect(document.originalName).toMatch(kept);
  });
});

describe('a refused file leaves nothing', () => {
  test('when it is empty', async () => {
    const message = await expectRefusal('upload.empty', () => accept('a.pdf', Buffer.alloc(0)));
    expect(message).toContain('"a.pdf"');
  });

  test.each([
    ['a program', Buffer.from('7f454c46020101000000000000000000', 'hex'), 'elf'],
    ['an icon', Buffer.from('00000100010010100000010020006804', 'hex'), 'image/x-icon'],
    [
      'a film',
      Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d', 'hex'),
      'webm',
    ],
    ['noise', Buffer.alloc(5_000, 0x81), 'unknown binary'],
  ])('when it is %s, and says what it looks like', async (_, bytes, looks) => {
    const message = await expectRefusal('upload.type_unsupported', () => accept('a.pdf', bytes));
    expect(message).toContain('"a.pdf" looks like');
    expect(message).toContain(looks);
  });

  test('when it is too large, without reading it to its end', async () => {
    let sent = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield pdf;
      for (;;) {
        sent += 65_536;
        yield Buffer.alloc(65_536);
      }
    }
    const message = await expectRefusal('upload.too_large', () =>
      acceptUpload(parts, localOwner, 'big.pdf', endless()),
    );
    expect(message).toContain('1 MiB');
    expect(sent).toBeLessThan(parts.maxUploadBytes + 3 * 65_536);
  });

  test.each([0, 10, 200_000])('when its source breaks after %i bytes', async (length) => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      const bytes = Buffer.alloc(length);
      bytes.set(pdf.subarray(0, length));
      if (length > 0) yield bytes;
      throw new Error('connection reset');
    }
    await expectRefusal('upload.interrupted', () =>
      acceptUpload(parts, localOwner, 'cut.pdf', broken()),
    );
  });
});
