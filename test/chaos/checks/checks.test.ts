import { createHash } from 'node:crypto';
import { unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { createDatabase } from '#db/create-database.ts';
import type { Database } from '#db/database.ts';
import { acceptUpload } from '#features/documents/index.ts';
import { localOwner } from '#features/identity/index.ts';
import { silentLogger } from '#kernel/logger.ts';
import { makePdf } from '#test/support/make-files.ts';
import { makeWorker, openParts, workOff } from '#test/support/start-app.ts';
import type { TestParts } from '#test/support/start-app.ts';
import type { AcknowledgedUpload } from '../upload-history.ts';
import type { CheckContext } from './check.ts';
import { checks, runChecks } from './run-checks.ts';
import { findStuckSessions } from './session-checks.ts';

const garbage = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(500, 'x')]);

let parts: TestParts;
let owner: Database;
let context: CheckContext;
let objectKey: string;

/** A small world in which everything is right: one document that was read and one that cannot be. */
beforeEach(async () => {
  parts = await openParts();
  const good = Buffer.from(await makePdf([page('First page'), page('Second page')]));
  const uploads = [
    await upload('good.pdf', good, { pages: 2 }),
    await upload('bad.pdf', garbage, { fails: 'file.damaged' }),
  ];
  await workOff(makeWorker(parts));
  owner = createDatabase({ url: parts.ownerUrl, logger: silentLogger });
  const blobs = await owner.sql<{ objectKey: string; documentId: string }>`
    select b.object_key, v.document_id
    from document_versions v join blobs b on b.id = v.blob_id order by v.id`;
  const keyOf = new Map(blobs.map((blob) => [blob.documentId, blob.objectKey]));
  objectKey = blobs[0]?.objectKey ?? '';
  context = {
    database: owner,
    blobs: parts.blobs,
    acknowledged: uploads,
    fates: new Map([
      ['good.pdf', { pages: 2 }],
      ['bad.pdf', { fails: 'file.damaged' }],
    ]),
    download: async (id) =>
      Buffer.concat(await Array.fromAsync(await parts.blobs.read(keyOf.get(id) ?? ''))),
  };
});

afterEach(async () => {
  await owner.close();
  await parts.close();
});

function page(text: string) {
  const lines = ['A heading', text, 'with some more words below it'].map((line, row) => ({
    text: line,
    x: 72,
    y: 700 - row * 60,
    size: row === 0 ? 24 : 12,
  }));
  return { width: 612, height: 792, lines };
}

async function upload(
  fileName: string,
  bytes: Buffer,
  fate: AcknowledgedUpload['fate'],
): Promise<AcknowledgedUpload> {
  async function* source(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  const { documentId, jobId } = await acceptUpload(parts, localOwner, fileName, source());
  return {
    at: new Date().toISOString(),
    kind: fileName,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    sizeBytes: bytes.length,
    documentId,
    jobId,
    fate,
  };
}

/** Runs SQL as the superuser without triggers and foreign keys: what no program of ours could do. */
async function tamper(statements: string): Promise<void> {
  const cluster = inject('testCluster');
  if (typeof cluster === 'string') throw new Error(cluster);
  const url = new URL(cluster.adminUrl);
  url.pathname = new URL(parts.ownerUrl).pathname;
  const client = new Client({ connectionString: url.toString() });
  await client.connect();
  await client.query(`set session_replication_role = replica; ${statements}`);
  await client.end();
}

const completedJob = `(select id from processing_jobs where status = 'completed')`;

test('a world in which all is right has no violation', async () => {
  expect(await runChecks(context)).toEqual([]);
});

/** What is done to the world, and the check that must notice. */
const tamperings: readonly [string, keyof typeof checks, () => Promise<unknown>][] = [
  [
    'an acknowledged document that is lost',
    'acknowledged',
    () => tamper(`delete from processing_jobs where id = ${completedJob}`),
  ],
  [
    'a download with other bytes',
    'acknowledged',
    async () => (context = { ...context, download: async () => Buffer.from('something else') }),
  ],
  [
    'a good document that failed',
    'outcomes',
    () =>
      tamper(`update processing_jobs set status = 'failed', error_code = 'engine.crashed' where id = ${completedJob};
        update documents set status = 'failed'`),
  ],
  [
    'a failure for another reason than the file’s',
    'outcomes',
    () =>
      tamper(`update processing_jobs set error_code = 'engine.crashed' where status = 'failed'`),
  ],
  [
    'a failure that does not say why',
    'outcomes',
    () => tamper(`update processing_jobs set error_message = null where status = 'failed'`),
  ],
  [
    'a status that is not the job’s',
    'outcomes',
    () => tamper(`update documents set status = 'processing' where status = 'completed'`),
  ],
  [
    'pages that were counted wrongly',
    'outcomes',
    () => tamper(`update document_versions set page_count = 3 where page_count = 2`),
  ],
  [
    'work that was done twice',
    'work done once',
    () =>
      tamper(`insert into processing_history (owner_id, job_id, seq, action, stage, details)
        select owner_id, job_id, 99, action, stage, details from processing_history
        where action = 'item.done' and stage = 'preprocess' limit 1`),
  ],
  [
    'work that left no trace',
    'work done once',
    () =>
      tamper(`delete from processing_history where action = 'item.done' and stage = 'preprocess'`),
  ],
  [
    'an item that is still waiting',
    'queue at rest',
    () =>
      tamper(`insert into processing_queue (owner_id, job_id, queue)
        select owner_id, id, 'ocr' from processing_jobs where status = 'completed'`),
  ],
  [
    'a count of pages that is off',
    'queue at rest',
    () =>
      tamper(`update processing_jobs set pages_done = pages_done + 1 where status = 'completed'`),
  ],
  [
    'a count of open items that is off',
    'queue at rest',
    () => tamper(`update processing_jobs set open_items = 1 where status = 'completed'`),
  ],
  [
    'a dead item that is gone',
    'queue at rest',
    () => tamper(`delete from processing_queue where status = 'dead'`),
  ],
  [
    'a job that has not ended',
    'queue at rest',
    () =>
      tamper(
        `update processing_jobs set status = 'running', completed_at = null where id = ${completedJob}`,
      ),
  ],
  ['a page that is missing', 'pages complete', () => tamper(`delete from pages where number = 1`)],
  [
    'a page behind the last',
    'pages complete',
    () => tamper(`update pages set number = 7 where number = 2`),
  ],
  [
    'a zone that is missing',
    'zones in order',
    () => tamper(`delete from zones where position = 1 and page_number = 1`),
  ],
  [
    'a zone that is there twice',
    'zones in order',
    () =>
      tamper(`alter table zones drop constraint zones_position;
        insert into zones (id, owner_id, version_id, page_number, position, kind, x, y, width, height, content, confidence, tool)
        select gen_random_uuid(), owner_id, version_id, page_number, position, kind, x, y, width, height, content, confidence, tool
        from zones where position = 1 and page_number = 1`),
  ],
  [
    'one file that was read in two ways',
    'readings agree',
    async () => {
      const again = Buffer.from(await makePdf([page('First page'), page('Another page')]));
      await upload('good.pdf', again, { pages: 2 });
      await workOff(makeWorker(parts));
    },
  ],
  ['a blob without its file', 'store', async () => unlink(await blobFile(objectKey))],
  ['a file that was cut short', 'store', async () => writeFile(await blobFile(objectKey), 'short')],
  ['a file that belongs to no blob', 'store', () => parts.blobs.put('stray', bytesOf('stray'))],
  [
    'an upload that never ended',
    'store',
    () =>
      tamper(`insert into blobs (id, owner_id, purpose, bucket, object_key, media_type)
        select gen_random_uuid(), owner_id, purpose, bucket, 'pending', media_type from blobs limit 1`),
  ],
  [
    'a stored blob without a document',
    'blobs in use',
    () => tamper(`delete from document_versions where page_count = 2`),
  ],
  [
    'a worker on record that is gone',
    'workers live',
    () =>
      tamper(`insert into workers (id, lock_key, host, pid, version)
        values (gen_random_uuid(), 1, 'here', 2147483646, 'test')`),
  ],
];

test.each(tamperings)('%s is found by the check "%s"', async (_, name, change) => {
  await change();
  expect(await checks[name](context)).not.toEqual([]);
});

test('a session that stays in a transaction and holds a lock is found', async () => {
  const client = new Client({ connectionString: parts.ownerUrl });
  await client.connect();
  await client.query('begin; select pg_advisory_lock(42)');
  const found = await findStuckSessions(owner);
  await client.end();
  expect(found).toEqual([
    expect.stringContaining('advisory lock'),
    expect.stringContaining('idle in transaction'),
  ]);
});

async function blobFile(key: string): Promise<string> {
  const copy = await parts.blobs.localCopy(key);
  await copy.release();
  return path.resolve(copy.path);
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
