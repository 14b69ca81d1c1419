import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyContents } from '#engines/document-contents.ts';
import type { Actor } from '#features/identity/index.ts';
import { localOwner } from '#features/identity/index.ts';
import { isAppError } from '#kernel/app-error.ts';
import { encodeCursor } from '#kernel/cursor.ts';
import type { DocumentId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import { completeJobRow } from '#features/jobs/index.ts';
import type { StoredDocument } from '#test/support/factories.ts';
import { insertUser, makeReading, storeDocument } from '#test/support/factories.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';
import { contentsSchema } from './contents-schema.ts';
import { editTag } from '#kernel/edit-tag.ts';
import { readVersionMetadata, storeFindings, updateVersionFacts } from './document-repository.ts';
import {
  getDocument,
  getDocumentContents,
  getDocumentPage,
  getDocumentWithJob,
  editDocument,
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
  documentType?: string;
  language?: string;
  trashed?: boolean;
  limit?: number;
}

async function* eachPage(actor: Actor, { trashed = false, limit = 17, ...filter }: Wish = {}) {
  let cursor: string | undefined;
  do {
    const page = await getDocumentPage(db, actor, { ...filter, trashed, cursor, limit });
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

  test('can be narrowed to a type and a language', async () => {
    const actor = await insertUser(db.database);
    const [letter, form, brief] = [
      await storeRead(actor),
      await storeRead(actor),
      await storeRead(actor),
    ];
    await storeFindings(db.database.sql, letter.versionId, {
      documentType: 'letter',
      language: 'en',
    });
    await storeFindings(db.database.sql, form.versionId, { documentType: 'form', language: 'de' });
    await storeFindings(db.database.sql, brief.versionId, {
      documentType: 'letter',
      language: 'de',
    });
    const [letters, german] = [{ documentType: 'letter' }, { language: 'de' }];
    expect(await listAll(actor, letters)).toEqual([brief.documentId, letter.documentId]);
    expect(await listAll(actor, german)).toEqual([brief.documentId, form.documentId]);
    expect(await listAll(actor, { ...letters, ...german, limit: 1 })).toEqual([brief.documentId]);
    expect(await listAll(actor, { documentType: 'table' })).toEqual([]);
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

function storeRead(actor: Actor) {
  return storeDocument(db.database, { pages: [makeReading(1, 'text')] }, actor);
}

describe('type and language', () => {
  const foundFirst = { documentType: 'form', language: 'en' };
  const foundThen = { documentType: 'letter', language: 'de' };
  const typeOf = async (actor: Actor, id: DocumentId) => {
    const { documentType, language } = await getDocument(db, actor, id);
    return { documentType, language };
  };
  /** What a run does at its end. */
  const finishRun = async (ids: StoredDocument, found: typeof foundFirst) => {
    await storeFindings(db.database.sql, ids.versionId, found);
    const metrics = {
      documentType: { type: found.documentType, score: 0.8, reasons: ['4 labels with a colon'] },
      language: { code: found.language, script: 'Latn', confidence: 1, reasons: ['words'] },
    };
    await completeJobRow(db.database.sql, ids.jobId, { confidence: 1, metrics });
    return metrics;
  };

  test('are null until a run has finished, and then shown with the reasons', async () => {
    const actor = await insertUser(db.database);
    const ids = await storeRead(actor);
    expect(await getDocument(db, actor, ids.documentId)).toMatchObject({
      documentType: null,
      language: null,
      findings: null,
    });
    const findings = await finishRun(ids, foundFirst);
    const document = await getDocument(db, actor, ids.documentId);
    expect(document).toMatchObject({ ...foundFirst, findings });
  });

  test('follow the newest run', async () => {
    const actor = await insertUser(db.database);
    const ids = await storeRead(actor);
    await finishRun(ids, foundFirst);
    await finishRun(ids, foundThen);
    expect(await typeOf(actor, ids.documentId)).toEqual(foundThen);
  });

  test('stay what a person made of them', async () => {
    const actor = await insertUser(db.database);
    const ids = await storeRead(actor);
    await finishRun(ids, foundFirst);
    await db.database.sql`
      update documents set document_type = 'timetable' where id = ${ids.documentId}`;
    await finishRun(ids, foundThen);
    expect(await typeOf(actor, ids.documentId)).toEqual({
      documentType: 'timetable',
      language: 'de',
    });
  });
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
      editDocument(db, localOwner, documentId, { title: 'x' }, undefined),
    ).rejects.toMatchObject(notFound);
  });
});

describe('renaming', () => {
  test('changes the title and the ETag', async () => {
    const { documentId } = await storeDocument(db.database);
    const before = await getDocument(db, localOwner, documentId);
    await editDocument(db, localOwner, documentId, { title: 'Another' }, editTag(before));
    const after = await getDocument(db, localOwner, documentId);
    expect(after.title).toBe('Another');
    expect(editTag(after)).not.toBe(editTag(before));
    expect(after.updatedAt.getTime()).toBeGreaterThan(before.updatedAt.getTime());
  });

  test('on what was seen before somebody else edited is refused', async () => {
    const { documentId } = await storeDocument(db.database);
    const seen = editTag(await getDocument(db, localOwner, documentId));
    await editDocument(db, localOwner, documentId, { title: 'First' }, seen);
    await expect(
      editDocument(db, localOwner, documentId, { title: 'Second' }, seen),
    ).rejects.toMatchObject({
      code: 'request.precondition_failed',
    });
    expect((await getDocument(db, localOwner, documentId)).title).toBe('First');
  });

  test('without an ETag, or with *, the last one wins', async () => {
    const { documentId } = await storeDocument(db.database);
    await editDocument(db, localOwner, documentId, { title: 'First' }, undefined);
    await editDocument(db, localOwner, documentId, { title: 'Second' }, undefined);
    await editDocument(db, localOwner, documentId, { title: 'Third' }, '*');
    expect((await getDocument(db, localOwner, documentId)).title).toBe('Third');
  });

  test('twice at once on the same ETag succeeds exactly once', async () => {
    const { documentId } = await storeDocument(db.database);
    const seen = editTag(await getDocument(db, localOwner, documentId));
    const titles = ['a', 'b', 'c', 'd'];
    const results = await Promise.allSettled(
      titles.map((title) => editDocument(db, localOwner, documentId, { title }, seen)),
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
    const seen = editTag(await getDocument(db, localOwner, documentId));
    await db.database.sql`update processing_jobs set status = 'running' where id = ${jobId}`;
    expect((await getDocument(db, localOwner, documentId)).status).toBe('processing');
    await editDocument(db, localOwner, documentId, { title: 'Renamed' }, seen);
  });
});

test('what belongs to somebody else looks exactly like what is not there', async () => {
  const stranger = await insertUser(db.database);
  const { documentId } = await storeDocument(db.database, {}, stranger);
  const missing = newId<DocumentId>();
  const uses = [
    (id: DocumentId) => getDocument(db, localOwner, id),
    (id: DocumentId) => getDocumentWithJob(db, localOwner, id),
    (id: DocumentId) => editDocument(db, localOwner, id, { title: 'mine' }, undefined),
    (id: DocumentId) => trashDocument(db, localOwner, id),
    (id: DocumentId) => restoreDocument(db, localOwner, id),
  ];
  const shapeOf = async (use: (id: DocumentId) => Promise<unknown>, id: DocumentId) => {
    const error = await use(id).catch((reason: unknown) => reason);
    if (!isAppError(error)) return 'no error';
    const { code, message, details } = error;
    return JSON.stringify({ code, message, details }).replaceAll(id, 'ID');
  };
  for (const use of uses) {
    expect(await shapeOf(use, documentId)).toBe(await shapeOf(use, missing));
    expect(await shapeOf(use, missing)).toContain('document.not_found');
  }
  expect((await getDocument(db, stranger, documentId)).deletedAt).toBeNull();
});

describe('what a file lists of itself', () => {
  test('is empty at first, kept beside its title, and follows the newest run', async () => {
    const actor = await insertUser(db.database);
    const { documentId, versionId } = await storeDocument(db.database, {}, actor);
    expect(await getDocumentContents(db, actor, documentId)).toEqual(emptyContents);
    const contents = {
      ...emptyContents,
      outline: [{ level: 0, title: 'One', page: 1 }],
      links: [{ page: 1, x: 0, y: 0.5, width: 1, height: 0.5, url: 'https://docs.example' }],
      attachments: [{ name: 'note.txt' }],
      cut: ['links'],
    };
    const facts = { pageCount: 1, metadata: { title: 'T' } };
    await updateVersionFacts(db.database.sql, versionId, { ...facts, contents });
    const stored = await getDocumentContents(db, actor, documentId);
    expect(contentsSchema.parse(stored)).toEqual(contents);
    expect(await readVersionMetadata(db.database.sql, versionId)).toEqual({ title: 'T' });
    await updateVersionFacts(db.database.sql, versionId, facts);
    expect(await getDocumentContents(db, actor, documentId)).toEqual(emptyContents);
  });

  test('is hidden from everybody else', async () => {
    const { documentId } = await storeDocument(db.database, {}, await insertUser(db.database));
    const stranger = await insertUser(db.database);
    await expect(getDocumentContents(db, stranger, documentId)).rejects.toMatchObject({
      code: 'document.not_found',
    });
  });
});
