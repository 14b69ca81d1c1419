import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMemoryBlobStore } from '#blobs/memory-blob-store.ts';
import { ensurePartitions, listPartitions } from '#db/partitions.ts';
import { verifyAudit } from '#features/audit/index.ts';
import { createMetricBuffers } from '#features/metrics/index.ts';
import { silentLogger } from '#kernel/logger.ts';
import { databaseHash } from '#test/support/database-hash.ts';
import { seedDocument, seedJob, seedUser, seededOwner } from '#test/support/seed-rows.ts';
import { type TestDatabase, createTestDatabase } from '#test/support/test-database.ts';
import { readArchive } from './job-archive.ts';
import { placeHold, releaseHold } from './legal-hold-service.ts';
import type { RetentionLine } from './retention.ts';
import type { RetentionDeps } from './retention-service.ts';
import { runRetention } from './retention-service.ts';

let folder: string;
let clone: TestDatabase;
let deps: RetentionDeps;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'docmill-retention-'));
  clone = await createTestDatabase();
  deps = {
    database: clone.database,
    blobs: createMemoryBlobStore(),
    rules: { auditMonths: 12, jobDays: 90, metricDays: 30, hourlyMonths: 12, trashDays: 30 },
    auditAnchor: path.join(folder, 'anchor.jsonl'),
    logger: silentLogger,
  };
});

afterAll(async () => {
  await clone.close();
  await rm(folder, { recursive: true, force: true });
});

const dayMs = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * dayMs);
const run = (options: { dryRun?: boolean; now?: Date } = {}) =>
  runRetention(deps, () => options.now ?? new Date(), { dryRun: options.dryRun ?? false });

function lineOf(lines: readonly RetentionLine[], subject: string) {
  return lines.find((line) => line.subject === subject);
}

/** A job that ended so many days ago, with a history. */
async function seedEndedJob(days: number, owner = seededOwner) {
  const job = await seedJob(clone.database.sql, owner);
  await clone.database.sql`update processing_jobs set status = 'running' where id = ${job.jobId}`;
  await clone.database.sql`
    update processing_jobs set status = 'completed', completed_at = ${daysAgo(days)} where id = ${job.jobId}`;
  return job;
}

async function seedTrashed(days: number, owner = seededOwner) {
  const document = await seedDocument(clone.database.sql, owner);
  await clone.database.sql`
    update blobs set state = 'stored', sha256 = repeat('a', 64), size_bytes = 1, stored_at = now()
    where id = ${document.blobId}`;
  await clone.database.sql`
    update documents set deleted_at = ${daysAgo(days)} where id = ${document.documentId}`;
  return document;
}

const exists = async (table: 'documents' | 'folders', id: string): Promise<boolean> => {
  const rows =
    table === 'documents'
      ? await clone.database.sql`select from documents where id = ${id}`
      : await clone.database.sql`select from folders where id = ${id}`;
  return rows.length === 1;
};

test('a dry run counts what would go and writes nothing at all', async () => {
  await seedTrashed(31);
  await seedEndedJob(91);
  const { stages } = createMetricBuffers(clone.database, silentLogger);
  stages.record({
    recordedAt: daysAgo(40),
    jobId: (await seedEndedJob(1)).jobId,
    userId: seededOwner,
    documentType: null,
    stage: 'ocr',
    tier: null,
    durationMs: 1,
    confidence: null,
    errorCode: null,
    metadata: {},
  });
  await stages.flush();
  const before = await databaseHash(clone.ownerUrl);
  const lines = await run({ dryRun: true });
  expect(await databaseHash(clone.ownerUrl)).toBe(before);
  expect(await readdir(folder)).toEqual([]);
  expect(lineOf(lines, 'trashed documents')).toMatchObject({ count: 1, held: 0, failure: null });
  expect(lineOf(lines, 'job histories')).toMatchObject({ count: 1 });
  expect(lineOf(lines, 'days of stage metrics')).toMatchObject({ count: 1 });
  const done = await run();
  expect(await databaseHash(clone.ownerUrl)).not.toBe(before);
  expect(done.map((line) => line.count)).toEqual(lines.map((line) => line.count));
  expect((await run()).map((line) => [line.count, line.failure])).toEqual(
    done.map(() => [0, null]),
  );
});

test('the trash is emptied after its days, with all rows, and its bytes are left to the sweeper', async () => {
  const [old, young] = [await seedTrashed(31), await seedTrashed(29)];
  expect(lineOf(await run(), 'trashed documents')).toMatchObject({ count: 1 });
  expect(await exists('documents', old.documentId)).toBe(false);
  expect(await exists('documents', young.documentId)).toBe(true);
  const blobs = await clone.database.sql`
    select id, state from blobs where id = any(${[old.blobId, young.blobId]}::uuid[]) order by id`;
  expect(blobs).toEqual([
    { id: old.blobId, state: 'purging' },
    { id: young.blobId, state: 'stored' },
  ]);
});

test('bytes that a live document still uses stay', async () => {
  const { sql } = clone.database;
  const [old, live] = [await seedTrashed(31), await seedDocument(sql)];
  await sql`update document_versions set blob_id = ${old.blobId} where id = ${live.versionId}`;
  await run();
  expect(await sql`select state from blobs where id = ${old.blobId}`).toEqual([
    { state: 'stored' },
  ]);
});

test('folders of the trash go from the bottom up, and not while something live is inside', async () => {
  const { sql } = clone.database;
  const ids = ['1', '2', '3', '4'].map((n) => `00000000-0000-7000-8000-00000000090${n}`);
  const [top, inner, other, live] = ids;
  for (const [id, parent, days] of [
    [top, null, 31],
    [inner, top, 32],
    [other, null, 31],
    [live, other, null],
  ] as const) {
    await sql`
      insert into folders (id, owner_id, parent_id, name, deleted_at)
      values (${id ?? null}, ${seededOwner}, ${parent ?? null}, ${`folder ${id}`}, ${days === null ? null : daysAgo(days)})`;
  }
  await run();
  const left = await Promise.all(ids.map((id) => exists('folders', id)));
  expect(left).toEqual([false, false, true, true]);
});

test('the history of an old job moves to an archive that reads back as it was', async () => {
  const { sql } = clone.database;
  const job = await seedEndedJob(91);
  const young = await seedEndedJob(89);
  const history = await sql`
    select seq, action, status from processing_history where job_id = ${job.jobId} order by seq`;
  expect(history).toHaveLength(3);
  expect(lineOf(await run(), 'job histories')).toMatchObject({ count: 1 });
  const [line] = await readArchive(deps, { job: job.jobId });
  expect(JSON.parse(line ?? '')).toMatchObject({
    format: 'docmill.job.1',
    job: { id: job.jobId, owner_id: seededOwner, status: 'completed' },
    history,
  });
  const kept = (id: string) =>
    sql`select from processing_history where job_id = ${id}`.then((rows) => rows.length);
  expect(await kept(job.jobId)).toBe(0);
  expect(await kept(young.jobId)).toBe(3);
  const [summary] = await sql`
    select status, archived_at is not null as archived from processing_jobs where id = ${job.jobId}`;
  expect(summary).toEqual({ status: 'completed', archived: true });
  await expect(readArchive(deps, { job: young.jobId })).rejects.toMatchObject({
    code: 'job.not_found',
  });
});

test('archives hold jobs of one owner only, and one that was changed is refused', async () => {
  const other = await seedUser(clone.database.sql);
  const [own, foreign] = [await seedEndedJob(91), await seedEndedJob(91, other)];
  await run();
  const owners = await clone.database.sql<{ archive: string; owner: string }>`
    select archive_blob_id as archive, owner_id as owner from processing_jobs
    where id = any(${[own.jobId, foreign.jobId]}::uuid[])`;
  expect(new Set(owners.map((row) => row.archive)).size).toBe(2);
  const archive = owners.find((row) => row.owner === other);
  await deps.blobs.delete(archive?.archive ?? '');
  await deps.blobs.put(archive?.archive ?? '', oneChunk('{}\n'));
  await expect(readArchive(deps, { job: foreign.jobId })).rejects.toMatchObject({
    code: 'blob.corrupt',
  });
});

async function* oneChunk(text: string) {
  yield Buffer.from(text);
}

test('an archive that cannot be stored leaves the history, and does not stop the rest', async () => {
  const job = await seedEndedJob(91);
  const trashed = await seedTrashed(31);
  const blobs = { ...deps.blobs, name: 'full', put: () => Promise.reject(new Error('disk full')) };
  const lines = await runRetention({ ...deps, blobs }, () => new Date(), { dryRun: false });
  expect(lineOf(lines, 'job histories')).toMatchObject({ failure: 'disk full' });
  const history = await clone.database
    .sql`select from processing_history where job_id = ${job.jobId}`;
  expect(history).toHaveLength(3);
  expect(await exists('documents', trashed.documentId)).toBe(false);
  expect(lineOf(await run(), 'job histories')).toMatchObject({ count: 1, failure: null });
});

test('a job that ran again after it was archived is archived again', async () => {
  const { sql } = clone.database;
  const job = await seedJob(sql);
  const fail = async (days: number) => {
    await sql`update processing_jobs set status = 'running' where id = ${job.jobId}`;
    await sql`update processing_jobs set status = 'failed', error_code = 'x', completed_at = ${daysAgo(days)} where id = ${job.jobId}`;
  };
  await fail(95);
  await run();
  await sql`update processing_jobs set status = 'queued', completed_at = null where id = ${job.jobId}`;
  await fail(-1);
  expect(lineOf(await run({ now: daysAgo(-120) }), 'job histories')?.count).toBeGreaterThan(0);
  const [line] = await readArchive(deps, { job: job.jobId });
  expect(JSON.parse(line ?? '').history.at(-1)).toMatchObject({ action: 'job.failed' });
});

test('a legal hold keeps what it covers until it is released, and nothing else', async () => {
  const other = await seedUser(clone.database.sql);
  const [held, free] = [await seedTrashed(31, other), await seedTrashed(31)];
  const hold = { reason: 'Matter 9', placedBy: 'test' };
  const id = await placeHold(clone.database, { ...hold, userId: other });
  expect(lineOf(await run({ dryRun: true }), 'trashed documents')).toMatchObject({
    count: 1,
    held: 1,
  });
  await run();
  expect(await exists('documents', held.documentId)).toBe(true);
  expect(await exists('documents', free.documentId)).toBe(false);
  const all = await placeHold(clone.database, { ...hold, userId: null });
  await seedTrashed(31);
  expect(lineOf(await run(), 'trashed documents')).toMatchObject({ count: 0, held: 2 });
  await releaseHold(clone.database, id);
  await releaseHold(clone.database, all);
  expect(lineOf(await run(), 'trashed documents')).toMatchObject({ count: 2, held: 0 });
  await expect(releaseHold(clone.database, id)).rejects.toMatchObject({
    code: 'retention.hold_not_found',
  });
});

test('old audit months go, the anchor knows of it, and the log is whole without them', async () => {
  const { sql } = clone.database;
  await ensurePartitions(sql, new Date('2024-01-15T00:00:00Z'));
  const count = (await listPartitions(sql, 'audit_logs')).length;
  expect(lineOf(await run(), 'audit months')).toMatchObject({ count: 4, failure: null });
  expect((await listPartitions(sql, 'audit_logs')).length).toBe(count - 4);
  expect(await verifyAudit(clone.database, [deps.auditAnchor])).toMatchObject({
    anchored: true,
    faults: [],
  });
  // Thirteen months later this month is old too.
  const later = new Date(Date.now() + 430 * dayMs);
  await ensurePartitions(sql, later);
  const lines = await run({ now: later });
  expect(lineOf(lines, 'audit months')).toMatchObject({ count: 0 });
  expect(lineOf(lines, 'audit months')?.failure).toMatch(/four weeks/);
  expect((await verifyAudit(clone.database, [deps.auditAnchor])).faults).toEqual([]);
});

test('what a run removed stands in the audit log', async () => {
  await seedTrashed(31);
  await run();
  const [event] = await clone.database.sql`
    select actor_kind, reason, changes from audit_logs where action = 'retention.run'
    order by created_at desc limit 1`;
  expect(event).toMatchObject({
    actorKind: 'system',
    reason: 'retention',
    changes: { 'trashed documents': { count: 1 } },
  });
});
