import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { json } from '#db/sql-tag.ts';
import type { Actor } from '#features/identity/index.ts';
import { localOwner } from '#features/identity/index.ts';
import { editTag } from '#kernel/edit-tag.ts';
import type { BlobId, DocumentId, FolderId, JobId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import { insertUser, makeReading, storeDocument } from '#test/support/factories.ts';
import { makePdf } from '#test/support/make-files.ts';
import { type TestParts, makeWorker, openParts, workOff } from '#test/support/start-app.ts';
import { BlobSweeper } from './blob-sweeper.ts';
import { insertPendingBlob, markBlobPurged, storeFindings } from './document-repository.ts';
import {
  editDocument,
  getDocument,
  getDocumentPage,
  purgeDocument,
  trashDocument,
} from './document-service.ts';
import { getVersionPage, restoreVersion } from './document-version-service.ts';
import { metadataDepth } from './metadata-rules.ts';
import { acceptUpload, acceptVersion } from './upload-service.ts';

let parts: TestParts;
let pdf: Uint8Array;

beforeAll(async () => {
  parts = await openParts();
  pdf = await makePdf([{ width: 200, height: 200 }]);
});

afterAll(() => parts.close());

async function makeFolder(actor: Actor = localOwner): Promise<FolderId> {
  const id = newId<FolderId>();
  await parts.database.sql`
    insert into folders (id, owner_id, name) values (${id}, ${actor.userId}, ${id})`;
  return id;
}

function idsIn(folderId: FolderId | null, actor = localOwner): Promise<DocumentId[]> {
  const query = { folderId, trashed: false, cursor: undefined, limit: 100 };
  return getDocumentPage(parts, actor, query).then((page) =>
    page.items.map(({ document }) => document.id),
  );
}

/** As if a run over the current version had ended with these findings. */
async function findings(documentId: DocumentId, type: string, code: string): Promise<void> {
  const { versionId } = await getDocument(parts, localOwner, documentId);
  await parts.database.transaction(async (sql) => {
    await sql`
      update processing_jobs set status = 'cancelled', completed_at = now()
      where version_id = ${versionId} and status = 'queued'`;
    await storeFindings(sql, versionId, { documentType: type, language: code });
    await sql`
      insert into processing_jobs (id, owner_id, version_id, requested_by, status, completed_at, metrics)
      values (${newId<JobId>()}, ${localOwner.userId}, ${versionId}, ${localOwner.userId}, 'completed', now(),
        ${json({ documentType: { type }, language: { code } })})`;
  });
}

describe('moving', () => {
  test('a document goes into a folder and back to Home', async () => {
    const actor = await insertUser(parts.database);
    const { documentId } = await storeDocument(parts.database, {}, actor);
    const folder = await makeFolder(actor);
    await editDocument(parts, actor, documentId, { folderId: folder }, undefined);
    expect([await idsIn(folder, actor), await idsIn(null, actor)]).toEqual([[documentId], []]);
    await editDocument(parts, actor, documentId, { folderId: null }, undefined);
    expect([await idsIn(folder, actor), await idsIn(null, actor)]).toEqual([[], [documentId]]);
  });

  test('nothing goes into a folder that is trashed, unknown or somebody else’s', async () => {
    const { documentId } = await storeDocument(parts.database);
    const trashed = await makeFolder();
    await parts.database.sql`update folders set deleted_at = now() where id = ${trashed}`;
    const foreign = await makeFolder(await insertUser(parts.database));
    for (const folderId of [trashed, newId<FolderId>(), foreign]) {
      const moved = editDocument(parts, localOwner, documentId, { folderId }, undefined);
      await expect(moved).rejects.toMatchObject({ code: 'folder.not_found' });
    }
  });

  test('a page of a list is found by its place as well', async () => {
    const actor = await insertUser(parts.database);
    const ids: DocumentId[] = [];
    for (let n = 0; n < 3; n += 1)
      ids.unshift((await storeDocument(parts.database, {}, actor)).documentId);
    const query = { trashed: false, cursor: undefined, offset: 1, limit: 1 };
    const page = await getDocumentPage(parts, actor, query);
    expect(page.items.map(({ document }) => document.id)).toEqual([ids[1]]);
  });
});

describe('metadata', () => {
  async function noted(metadata: Record<string, unknown>): Promise<unknown> {
    const { documentId } = await storeDocument(parts.database);
    await editDocument(parts, localOwner, documentId, { metadata }, undefined);
    return (await getDocument(parts, localOwner, documentId)).metadata;
  }

  test('whatever is taken comes back equal', async () => {
    const values = fc.dictionary(fc.string(), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(values, async (raw) => {
        // What a request can hold: JSON knows no minus zero that PostgreSQL would keep.
        const metadata = JSON.parse(JSON.stringify(raw));
        const kept = await noted(metadata).catch((error: unknown) => {
          expect(error).toMatchObject({ code: 'document.metadata_invalid' });
          return metadata;
        });
        expect(kept).toEqual(metadata);
      }),
      { numRuns: 60 },
    );
  });

  const deep = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
  test.each([
    ['a number that is read as infinite', '{"n": 1e400}'],
    ['U+0000', String.raw`{"t": "a\u0000b"}`],
    ['U+0000 in a name', String.raw`{"a\u0000b": 1}`],
    ['half a character', String.raw`{"t": ["\ud800"]}`],
    ['more than 64 KiB', JSON.stringify({ t: 'x'.repeat(65_536) })],
    ['one level too many', deep(metadataDepth + 1)],
    ['ten thousand levels', deep(10_000)],
  ])('%s is refused with the field named', async (_, text) => {
    await expect(noted(JSON.parse(text))).rejects.toMatchObject({
      code: 'document.metadata_invalid',
      details: { field: 'metadata' },
    });
  });

  test('what the metadata holds finds the document', async () => {
    const actor = await insertUser(parts.database);
    const { documentId } = await storeDocument(parts.database, {}, actor);
    await storeDocument(parts.database, {}, actor);
    await editDocument(parts, actor, documentId, { metadata: { tax: { year: 2026 } } }, undefined);
    const find = (metadata: Record<string, unknown>) =>
      getDocumentPage(parts, actor, { metadata, trashed: false, cursor: undefined, limit: 9 });
    expect((await find({ tax: { year: 2026 } })).items).toHaveLength(1);
    expect((await find({ tax: { year: 2025 } })).items).toHaveLength(0);
  });
});

describe('versions', () => {
  function addVersion(documentId: DocumentId, name: string, actor = localOwner) {
    const wish = { id: documentId, note: name };
    const upload = { rawName: name, source: Readable.from([pdf]) };
    return acceptVersion(parts, actor, wish, upload);
  }

  async function numbers(documentId: DocumentId): Promise<[number, boolean][]> {
    const query = { cursor: undefined, limit: 10 };
    const { items } = await getVersionPage(parts, localOwner, documentId, query);
    return items.map((version) => [version.number, version.current]);
  }

  test('a new version becomes the current one and is read; an old one comes back as it was', async () => {
    const first = await acceptUpload(parts, localOwner, 'first.pdf', Readable.from([pdf]));
    const { documentId } = first;
    const worker = makeWorker(parts);
    await workOff(worker);
    const before = await getDocument(parts, localOwner, documentId);
    expect(before.status).toBe('completed');
    await addVersion(documentId, 'second.pdf');
    const during = await getDocument(parts, localOwner, documentId);
    expect(during).toMatchObject({
      status: 'uploaded',
      versionNumber: 2,
      originalName: 'second.pdf',
      processedAt: null,
    });
    expect(await numbers(documentId)).toEqual([
      [2, true],
      [1, false],
    ]);
    await restoreVersion(parts, localOwner, documentId, 1, editTag(during));
    const restored = await getDocument(parts, localOwner, documentId);
    expect(restored).toMatchObject({
      status: 'completed',
      versionNumber: 1,
      processedAt: before.processedAt,
      rowVersion: during.rowVersion + 1,
    });
    const late = restoreVersion(parts, localOwner, documentId, 2, editTag(during));
    await expect(late).rejects.toMatchObject({ code: 'request.precondition_failed' });
  });

  test('a version that is made current again brings back the type and the language that were found of it', async () => {
    const { documentId } = await storeDocument(parts.database, { pages: [makeReading(1, 'one')] });
    const facts = async () => {
      const { documentType, language } = await getDocument(parts, localOwner, documentId);
      return [documentType, language];
    };
    await findings(documentId, 'letter', 'en');
    await addVersion(documentId, 'second.pdf');
    expect(await facts()).toEqual(['letter', 'en']);
    await findings(documentId, 'form', 'de');
    expect(await facts()).toEqual(['form', 'de']);
    await restoreVersion(parts, localOwner, documentId, 1, undefined);
    expect(await facts()).toEqual(['letter', 'en']);
    // What a person has set stays, and what a run finds later follows the version it read.
    await parts.database.sql`update documents set language = 'fr' where id = ${documentId}`;
    await restoreVersion(parts, localOwner, documentId, 2, undefined);
    expect(await facts()).toEqual(['form', 'fr']);
    await restoreVersion(parts, localOwner, documentId, 1, undefined);
    await findings(documentId, 'article', 'it');
    expect(await facts()).toEqual(['article', 'fr']);
  });

  test('versions come page by page, newest first', async () => {
    const { documentId } = await storeDocument(parts.database);
    for (const name of ['2.pdf', '3.pdf']) await addVersion(documentId, name);
    const query = { cursor: undefined, limit: 2 };
    const page = await getVersionPage(parts, localOwner, documentId, query);
    expect(page.items.map((version) => version.note)).toEqual(['3.pdf', '2.pdf']);
    const cursor = page.nextCursor ?? undefined;
    const rest = await getVersionPage(parts, localOwner, documentId, { cursor, limit: 2 });
    expect(rest).toMatchObject({ items: [{ number: 1 }], nextCursor: null });
  });

  test('a version that is not there, or of a document of somebody else, is refused', async () => {
    const { documentId } = await storeDocument(parts.database);
    const missing = restoreVersion(parts, localOwner, documentId, 7, undefined);
    await expect(missing).rejects.toMatchObject({ code: 'document.version_not_found' });
    const stranger = await insertUser(parts.database);
    await expect(addVersion(documentId, 'x.pdf', stranger)).rejects.toMatchObject({
      code: 'document.not_found',
    });
  });
});

describe('purging', () => {
  test('takes bytes off the usage of their owner when they are gone, once, and only what was counted', async () => {
    const actor = await insertUser(parts.database);
    const storedBytes = async () => {
      const [row] = await parts.database.sql<{ bytes: number }>`
        select storage_bytes as bytes from usage_stats where user_id = ${actor.userId} order by date desc limit 1`;
      return row?.bytes;
    };
    const upload = (text: string) =>
      acceptUpload(parts, actor, 'a.txt', Readable.from([Buffer.from(text)]));
    const { documentId } = await upload('Dear all');
    await upload('Dear');
    expect(await storedBytes()).toBe(12);
    const { blobId } = await getDocument(parts, actor, documentId);
    await trashDocument(parts, actor, documentId);
    await purgeDocument(parts, actor, documentId);
    expect(await storedBytes()).toBe(12);
    const remove = (id: BlobId) => parts.database.transaction((sql) => markBlobPurged(sql, id));
    await Promise.all([remove(blobId), remove(blobId), remove(blobId)]);
    await remove(blobId);
    expect(await storedBytes()).toBe(4);
    const givenUp = newId<BlobId>();
    const file = { bucket: 'memory', objectKey: givenUp, mediaType: 'text/plain' };
    await insertPendingBlob(parts.database.sql, actor, { id: givenUp, ...file });
    await remove(givenUp);
    expect(await storedBytes()).toBe(4);
  });

  const read = { pages: [makeReading(1, 'Dear all')] };

  async function countRows(documentId: DocumentId): Promise<Record<string, unknown>> {
    const [row] = await parts.database.sql`
      with v as (select id from document_versions where document_id = ${documentId})
      select (select count(*) from v) as versions,
        (select count(*) from pages where version_id in (select id from v)) as pages,
        (select count(*) from zones where version_id in (select id from v)) as zones,
        (select count(*) from processing_jobs where version_id in (select id from v)) as jobs`;
    return row ?? {};
  }

  test('takes every row along and schedules the bytes, which the sweeper removes', async () => {
    const { documentId } = await acceptUpload(parts, localOwner, 'a.pdf', Readable.from([pdf]));
    const { objectKey, blobId } = await getDocument(parts, localOwner, documentId);
    await trashDocument(parts, localOwner, documentId);
    await purgeDocument(parts, localOwner, documentId);
    expect(await countRows(documentId)).toEqual({ versions: 0, pages: 0, zones: 0, jobs: 0 });
    expect(await parts.blobs.stat(objectKey)).not.toBeNull();
    await new BlobSweeper(parts).tick();
    expect(await parts.blobs.stat(objectKey)).toBeNull();
    const [blob] = await parts.database.sql`select state from blobs where id = ${blobId}`;
    expect(blob).toEqual({ state: 'purged' });
  });

  test('is only for what is in the trash, and for its owner', async () => {
    const { documentId } = await storeDocument(parts.database, read);
    const notFound = { code: 'document.not_found' };
    await expect(purgeDocument(parts, localOwner, documentId)).rejects.toMatchObject(notFound);
    await trashDocument(parts, localOwner, documentId);
    const stranger = await insertUser(parts.database);
    await expect(purgeDocument(parts, stranger, documentId)).rejects.toMatchObject(notFound);
    expect(await countRows(documentId)).toEqual({ versions: 1, pages: 1, zones: 1, jobs: 1 });
  });
});
