import { createHash, randomUUID } from 'node:crypto';
import type { Database, Transaction } from '#db/database.ts';
import {
  insertDocument,
  insertPendingBlob,
  markBlobStored,
  updateVersionFacts,
} from '#features/documents/document-repository.ts';
import { type Actor, localOwner } from '#features/identity/index.ts';
import { completeJobRow } from '#features/jobs/job-progress-repository.ts';
import { insertJob, startJob } from '#features/jobs/job-repository.ts';
import { storePages } from '#features/zones/page-repository.ts';
import type { BlobId, DocumentId, JobId, UserId, VersionId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { Box, Word } from '#kernel/word.ts';
import { boundingBox } from '#kernel/word.ts';
import type { PageReading } from '#pipeline/page-reading.ts';

/** Another person, to whom nothing of the local owner may be visible. */
export async function insertUser(database: Database): Promise<Actor> {
  const userId = newId<UserId>();
  await database.sql`
    insert into users (id, email) values (${userId}, ${`${randomUUID()}@example.test`})`;
  return { kind: 'user', userId, role: 'teacher' };
}

export interface StoredDocument {
  documentId: DocumentId;
  versionId: VersionId;
  blobId: BlobId;
  jobId: JobId;
}

export interface DocumentWish {
  title?: string;
  originalName?: string;
  /** Stored as read; the job is then completed. Without pages it stays queued. */
  pages?: readonly PageReading[];
  /** What the file states of itself. */
  metadata?: Record<string, string>;
}

/** A document with all its rows, as upload and pipeline would have made it, but without bytes. */
export async function storeDocument(
  database: Database,
  wish: DocumentWish = {},
  actor: Actor = localOwner,
): Promise<StoredDocument> {
  const ids: StoredDocument = {
    documentId: newId<DocumentId>(),
    versionId: newId<VersionId>(),
    blobId: newId<BlobId>(),
    jobId: newId<JobId>(),
  };
  await database.transaction(async (sql) => {
    await insertFile(sql, actor, ids, wish);
    await insertJob(sql, actor, {
      id: ids.jobId,
      versionId: ids.versionId,
      openItems: 1,
      options: {},
    });
    if (wish.pages !== undefined) await insertReading(sql, actor, ids, wish.pages, wish.metadata);
  });
  return ids;
}

async function insertFile(
  sql: Transaction,
  actor: Actor,
  { documentId, versionId, blobId }: StoredDocument,
  { title = 'A document', originalName = 'document.pdf' }: DocumentWish,
): Promise<void> {
  const mediaType = 'application/pdf';
  await insertPendingBlob(sql, actor, {
    id: blobId,
    bucket: 'memory',
    objectKey: blobId,
    mediaType,
  });
  const sha256 = createHash('sha256').update(blobId).digest('hex');
  await markBlobStored(sql, blobId, { sha256, sizeBytes: 1 });
  await insertDocument(sql, actor, { id: documentId, versionId, blobId, title, originalName });
}

async function insertReading(
  sql: Transaction,
  { userId: ownerId }: Actor,
  { versionId, jobId }: StoredDocument,
  pages: readonly PageReading[],
  metadata: Record<string, string> = {},
): Promise<void> {
  await startJob(sql, jobId);
  await updateVersionFacts(sql, versionId, { pageCount: pages.length, metadata });
  await storePages(sql, { ownerId, versionId, jobId }, pages);
  await completeJobRow(sql, jobId, { confidence: 1, metrics: {} });
}

/**
 * A page with one text zone per paragraph; `\n` inside a paragraph starts a line. Words stand on a grid,
 * so that each has a place of its own.
 */
export function makeReading(number: number, ...paragraphs: readonly string[]): PageReading {
  const words: Word[] = [];
  const zones: PageReading['zones'] = [];
  const tool = 'test 1.0';
  for (const paragraph of paragraphs) {
    const texts = paragraph.split(/\s+/u).filter((text) => text !== '');
    const from = words.length;
    for (const text of texts) words.push({ text, ...cellOf(words.length), confidence: 1 });
    const box = boundingBox(words.slice(from));
    if (box === undefined) continue;
    zones.push({
      kind: 'text',
      position: zones.length + 1,
      ...box,
      content: paragraph,
      confidence: 1,
      tool,
      wordFrom: from,
      wordTo: words.length - 1,
    });
  }
  return {
    number,
    widthPt: 612,
    heightPt: 792,
    rotation: 0,
    words,
    text: paragraphs.join('\n\n'),
    textSource: 'text_layer',
    tool,
    confidence: 1,
    zones,
    warnings: [],
  };
}

/** The place of the n-th word: 40 a row, in four decimals, as they are stored. */
export function cellOf(index: number): Box {
  const column = index % 40;
  const row = Math.floor(index / 40) % 400;
  return { x: column / 50, y: row / 500, width: 0.015, height: 0.0015 };
}
