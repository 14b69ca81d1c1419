import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#features/identity/index.ts';
import { localOwner } from '#features/identity/index.ts';
import { encodeCursor } from '#kernel/cursor.ts';
import type { DocumentId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import { insertUser, makeReading, storeDocument } from '#test/support/factories.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';
import { documentEtag } from './document.ts';
import {
  getDocument,
  getDocumentPage,
  getDocumentWithJob,
  renameDocument,
  restoreDocument,
  trashDocument,
} from './document-service.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

interface Wish {
  status?: string;
  trashed?: boolean;
  limit?: number;
}

async function* eachPage(actor: Actor, { status, trashed = false, limit = 17 }: Wish = {}) {
  let cursor: string | undefined;
  do {
    const page = await getDocumentPage(db, actor, { status, trashed, cursor, limit });
    yield page.items.map(({ document }) => document.id);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

async function listAll(actor: Actor, wish: Wish = {}): Promise<DocumentId[]> {
  return (await Array.fromAsync(eachPage(actor, wish))).flat();
}

describe('the list', () => {
  test('gives 250 documents newest first, each once, while others come in', async () => {
    const actor = await insertUser(db.database);
    const stored: DocumentId[] = [];
    for (let i = 0; i < 250; i++) {
      stored.push((await storeDocument(db.database, {}, actor)).documentId);
    }
    const listed: DocumentId[] = [];
    for await (const ids of eachPage(actor)) {
      listed.push(...ids);
      await storeDocument(db.database, { title: 'came in meanwhile' }, actor);
    }
    expect(listed).toEqual(stored.toSorted().toReversed());
  });

  test('shows the newest run of each document', async () => {
    const actor = await insertUser(db.database);
    const waiting = await storeDocument(db.database, {}, actor);
    const read = await storeDocument(db.database, { pages: [makeReading(1, 'text')] }, actor);
    const { items } = await getDocumentPage(db, actor, {
      status: undefined,
      trashed: false,
      cursor: undefined,
      limit: 10,
    });
    const jobs = new Map(items.map(({ document, job }) => [document.id, job]));
    expect(jobs.get(waiting.documentId)).toMatchObject({ id: waiting.jobId, status: 'queued' });
    expect(jobs.get(read.documentId)).toMatchObject({ id: read.jobId, status: 'completed' });
  });

  test('can be narrowed to a status', async () => {
    const actor = await insertUser(db.database);
    const waiting = await storeDocument(db.database, {}, actor);
    const read = await storeDocument(db.database, { pages: [makeReading(1, 'text')] }, actor);
    expect(await listAll(actor, { status: 'uploaded' })).toEqual([waiting.documentId]);
    expect(await listAll(actor, { status: 'completed' })).toEqual([read.documentId]);
    expect(await listAll(actor, { status: 'failed' })).toEqual([]);
  });

  test('holds nothing of somebody else', async () => {
    const [one, two] = [await insertUser(db.database), await insertUser(db.database)];
    const mine = await storeDocument(db.database, {}, one);
    await storeDocument(db.database, {}, two);
    expect(await listAll(one)).toEqual([mine.documentId]);
  });

  test.each(['nonsense', encodeCursor(['not-an-id']), encodeCursor([1]), encodeCursor(['a', 'b'])])(
    'refuses the cursor %s, which it never gave out',
    async (cursor) => {
      const query = { status: undefined, trashed: false, cursor, limit: 10 };
      await expect(getDocumentPage(db, localOwner, query)).rejects.toMatchObject({
        code: 'cursor.invalid',
      });
    },
  );
});

describe('the trash', () => {
  test('takes a document out of the list and gives it back', async () => {
    const actor = await insertUser(db.database);
    const kept = await storeDocument(db.database, {}, actor);
    const { documentId } = await storeDocument(db.database, {}, actor);
    await trashDocument(db, actor, documentId);
    expect(await listAll(actor)).toEqual([kept.documentId]);
    expect(await listAll(actor, { trashed: true })).toEqual([documentId]);
    expect((await getDocumentWithJob(db, actor, documentId)).document.deletedAt).toBeInstanceOf(
      Date,
    );
    await restoreDocument(db, actor, documentId);
    expect(await listAll(actor)).toEqual([documentId, kept.documentId]);
    expect(await listAll(actor, { trashed: true })).toEqual([]);
    expect((await getDocument(db, actor, documentId)).deletedAt).toBeNull();
  });

  test('takes a document once and gives it back once', async () => {
    const { documentId } = await storeDocument(db.database);
    const notFound = { code: 'document.not_found' };
    await expect(restoreDocument(db, localOwner, documentId)).rejects.toMatchObject(notFound);
    await trashDocument(db, localOwner, documentId);
    await expect(trashDocument(db, localOwner, documentId)).rejects.toMatchObject(notFound);
    await expect(
      renameDocument(db, localOwner, documentId, 'x', undefined),
    ).rejects.toMatchObject(notFound);
  });
});

describe('renaming', () => {
  test('changes the title and the ETag', async () => {
    const { documentId } = await storeDocument(db.database);
    const before = await getDocument(db, localOwner, documentId);
    await renameDocument(db, localOwner, documentId, 'Another', documentEtag(before));
    const after = await getDocument(db, localOwner, documentId);
    expect(after.title).toBe('Another');
    expect(documentEtag(after)).not.toBe(documentEtag(before));
    expect(after.updatedAt.getTime()).toBeGreaterThan(before.updatedAt.getTime());
  });

  test('on what was seen before somebody else edited is refused', async () => {
    const { documentId } = await storeDocument(db.database);
    const seen = documentEtag(await getDocument(db, localOwner, documentId));
    await renameDocument(db, localOwner, documentId, 'First', seen);
    await expect(
      renameDocument(db, localOwner, documentId, 'Second', seen),
    ).rejects.toMatchObject({ code: 'request.precondition_failed' });
    expect((await getDocument(db, localOwner, documentId)).title).toBe('First');
  });

  test('without an ETag, or with *, the last one wins', async () => {
    const { documentId } = await storeDocument(db.database);
    await renameDocument(db, localOwner, documentId, 'First', undefined);
    await renameDocument(db, localOwner, documentId, 'Second', undefined);
    await renameDocument(db, localOwner, documentId, 'Third', '*');
    expect((await getDocument(db, localOwner, documentId)).title).toBe('Third');
  });

  test('twice at once on the same ETag succeeds exactly once', async () => {
    const { documentId } = await storeDocument(db.database);
    const seen = documentEtag(await getDocument(db, localOwner, documentId));
    const titles = ['a', 'b', 'c', 'd'];
    const results = await Promise.allSettled(
      titles.map((title) => renameDocument(db, localOwner, documentId, title, seen)),
    );
    const won = titles.filter((_, index) => results[index]?.status === 'fulfilled');
    expect(won).toEqual([(await getDocument(db, localOwner, documentId)).title]);
    for (const result of results) {
      if (result.status === 'rejected') {
        expect(result.reason).toMatchObject({ code: 'request.precondition_failed' });
      }
    }
  });

  test('does not count a machine at work as an edit', async () => {
    const { documentId, jobId } = await storeDocument(db.database);
    const seen = documentEtag(await getDocument(db, localOwner, documentId));
    await db.database.sql`update processing_jobs set status = 'running' where id = ${jobId}`;
    expect((await getDocument(db, localOwner, documentId)).status).toBe('processing');
    await renameDocument(db, localOwner, documentId, 'Renamed', seen);
  });
});

test('what belongs to somebody else looks exactly like what is not there', async () => {
  const stranger = await insertUser(db.database);
  const { documentId } = await storeDocument(db.database, {}, stranger);
  const missing = newId<DocumentId>();
  const uses = [
    (id: DocumentId) => getDocument(db, localOwner, id),
    (id: DocumentId) => getDocumentWithJob(db, localOwner, id),
    (id: DocumentId) => renameDocument(db, localOwner, id, 'mine', undefined),
    (id: DocumentId) => trashDocument(db, localOwner, id),
    (id: DocumentId) => restoreDocument(db, localOwner, id),
  ];
  const shapeOf = async (use: (id: DocumentId) => Promise<unknown>, id: DocumentId) => {
    const error = await use(id).catch((reason: unknown) => reason);
    return error instanceof Error
      ? JSON.stringify({ ...error, message: error.message }).replaceAll(id, 'ID')
      : 'no error';
  };
  for (const use of uses) {
    expect(await shapeOf(use, documentId)).toBe(await shapeOf(use, missing));
    expect(await shapeOf(use, missing)).toContain('document.not_found');
  }
  expect((await getDocument(db, stranger, documentId)).deletedAt).toBeNull();
});
