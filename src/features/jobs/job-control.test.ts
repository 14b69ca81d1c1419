import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { acceptUpload } from '#features/documents/index.ts';
import { localOwner } from '#features/identity/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { JobId, VersionId } from '#kernel/ids.ts';
import { type FakePage, fakeEngines } from '#pipeline/fake-engines.ts';
import { setLine, textLayerPage } from '#pipeline/sample-words.ts';
import type { StageEngines } from '#pipeline/stage.ts';
import type { Worker } from '#queue/worker.ts';
import { insertUser, storeDocument } from '#test/support/factories.ts';
import { makePdf } from '#test/support/make-files.ts';
import { type TestParts, makeWorker, openParts, workOff } from '#test/support/start-app.ts';
import {
  cancelJob,
  pauseJob,
  prioritiseJob,
  redriveJob,
  resumeJob,
  retryJob,
} from './job-control.ts';
import { createExtractJob, getJob, getJobHistory } from './job-service.ts';

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

const onePage = { settings: { rangePages: 1 } };
const conflict = { code: 'job.state_conflict' };

async function upload(): Promise<{ jobId: JobId; versionId: VersionId }> {
  const { jobId } = await acceptUpload(parts, localOwner, 'a.pdf', Readable.from([pdf]));
  const { versionId } = await getJob(parts, localOwner, jobId);
  if (versionId === null) throw new Error('the run has no version');
  return { jobId, versionId };
}

function makePages(count: number): FakePage[] {
  return Array.from({ length: count }, (_, i) => ({
    layer: textLayerPage(setLine({ text: `words of page ${i + 1}`, left: 50, top: 50 })),
  }));
}

async function round(worker: Worker): Promise<void> {
  await worker.tick();
  await worker.idle();
}

async function storedPages(versionId: VersionId): Promise<number[]> {
  const rows = await parts.database.sql<{ number: number }>`
    select number from pages where version_id = ${versionId} order by number`;
  return rows.map((row) => row.number);
}

async function items(jobId: JobId) {
  return parts.database.sql<{ status: string; attempts: number; priority: number; held: boolean }>`
    select status, attempts, priority, run_at = 'infinity' as held
    from processing_queue where job_id = ${jobId} order by id`;
}

/** Engines that read a page only when the gate opens, and stop when they are told to. */
function gatedEngines(pages: FakePage[]) {
  const { engines } = fakeEngines(pages);
  const gate = Promise.withResolvers<void>();
  const reading = Promise.withResolvers<void>();
  const aborted = Promise.withResolvers<void>();
  const gated: StageEngines = {
    ...engines,
    pageEngineFor: (mediaType) => ({
      ...engines.pageEngineFor(mediaType),
      async readText(file, from, to, call) {
        reading.resolve();
        const stop = new Promise<never>((_, reject) => {
          call?.signal?.addEventListener('abort', () => {
            aborted.resolve();
            reject(new AppError('job.cancelled', 'stopped'));
          });
        });
        await Promise.race([gate.promise, stop]);
        return engines.pageEngineFor(mediaType).readText(file, from, to);
      },
    }),
  };
  return { engines: gated, gate, reading: reading.promise, aborted: aborted.promise };
}

describe('a paused job', () => {
  test('starts nothing, keeps what it has read, and goes on from there', async () => {
    const { engines, calls } = fakeEngines(makePages(4));
    const { jobId, versionId } = await upload();
    const worker = makeWorker(parts, { engines, ...onePage });
    await round(worker);
    await round(worker);
    const before = await storedPages(versionId);
    expect(await pauseJob(parts, localOwner, jobId)).toMatchObject({ status: 'paused' });
    expect(await worker.tick()).toBe(0);
    expect((await items(jobId)).every((item) => item.held)).toBe(true);
    expect(await resumeJob(parts, localOwner, jobId)).toMatchObject({ status: 'queued' });
    calls.readText.length = 0;
    await workOff(worker);
    expect(await getJob(parts, localOwner, jobId)).toMatchObject({
      status: 'completed',
      pagesDone: 4,
    });
    expect(calls.readText).toHaveLength(4 - before.length);
  });

  test('stops what runs within two seconds, and the try does not count', async () => {
    const { engines, reading, aborted } = gatedEngines(makePages(1));
    const { jobId, versionId } = await upload();
    const worker = makeWorker(parts, { engines });
    const unlisten = await parts.bells.cancel.listen(() => worker.abortJob(jobId));
    await round(worker);
    await worker.tick();
    await reading;
    const pausedAt = performance.now();
    await pauseJob(parts, localOwner, jobId);
    await aborted;
    expect(performance.now() - pausedAt).toBeLessThan(2_000);
    await worker.idle();
    await unlisten();
    expect(await items(jobId)).toEqual([{ status: 'ready', attempts: 0, priority: 0, held: true }]);
    expect(await storedPages(versionId)).toEqual([]);
    await resumeJob(parts, localOwner, jobId);
    await workOff(makeWorker(parts, { engines: fakeEngines(makePages(1)).engines }));
    expect(await getJob(parts, localOwner, jobId)).toMatchObject({ status: 'completed' });
    const log = await getJobHistory(parts, localOwner, jobId);
    expect(log.filter((entry) => entry.action === 'item.retry')).toEqual([]);
  });

  test('refuses what an engine that did not listen brings too late', async () => {
    const { engines, gate, reading } = gatedEngines(makePages(1));
    const { jobId, versionId } = await upload();
    const worker = makeWorker(parts, { engines });
    await round(worker);
    await worker.tick();
    await reading;
    await pauseJob(parts, localOwner, jobId);
    gate.resolve();
    await worker.idle();
    expect(await storedPages(versionId)).toEqual([]);
    expect(await getJob(parts, localOwner, jobId)).toMatchObject({
      status: 'paused',
      pagesDone: 0,
    });
  });

  test('can be cancelled, and only a paused one can be resumed', async () => {
    const { jobId } = await upload();
    await expect(resumeJob(parts, localOwner, jobId)).rejects.toMatchObject(conflict);
    await pauseJob(parts, localOwner, jobId);
    await expect(pauseJob(parts, localOwner, jobId)).rejects.toMatchObject(conflict);
    expect(await cancelJob(parts, localOwner, jobId)).toMatchObject({ status: 'cancelled' });
    expect(await items(jobId)).toEqual([]);
  });

  test('leaves its document in processing', async () => {
    const { jobId, versionId } = await upload();
    const worker = makeWorker(parts, { engines: fakeEngines(makePages(2)).engines, ...onePage });
    await round(worker);
    await pauseJob(parts, localOwner, jobId);
    const [row] = await parts.database.sql<{ status: string }>`
      select status from documents where current_version_id = ${versionId}`;
    expect(row?.status).toBe('processing');
  });
});

test('pausing, resuming and finishing at the same moment lose nothing and do nothing twice', async () => {
  const { engines } = fakeEngines(makePages(6));
  for (let turn = 0; turn < 6; turn++) {
    const { jobId, versionId } = await upload();
    const worker = makeWorker(parts, { engines, ...onePage });
    await round(worker);
    for (let step = 0; step < 3; step++) {
      await worker.tick();
      await pauseJob(parts, localOwner, jobId).catch(() => undefined);
      await resumeJob(parts, localOwner, jobId).catch(() => undefined);
      await worker.idle();
    }
    await workOff(worker);
    expect(await getJob(parts, localOwner, jobId)).toMatchObject({
      status: 'completed',
      pagesDone: 6,
    });
    expect(await storedPages(versionId)).toEqual([1, 2, 3, 4, 5, 6]);
  }
});

describe('parts that were set aside', () => {
  const unreadable = new AppError('file.page_unreadable', 'Page 2 cannot be opened.');

  function brokenPages() {
    const pages = makePages(3);
    const bad = pages[1];
    if (bad) bad.readError = unreadable;
    return { pages, repair: () => delete bad?.readError };
  }

  test('are tried anew while the others still run', async () => {
    const { pages, repair } = brokenPages();
    const { jobId } = await upload();
    const worker = makeWorker(parts, { engines: fakeEngines(pages).engines, ...onePage });
    await round(worker);
    await round(worker);
    expect(await getJob(parts, localOwner, jobId)).toMatchObject({
      status: 'running',
      deadItems: 1,
    });
    repair();
    expect(await redriveJob(parts, localOwner, jobId)).toMatchObject({
      deadItems: 0,
      errorCode: null,
    });
    await workOff(worker);
    expect(await getJob(parts, localOwner, jobId)).toMatchObject({
      status: 'completed',
      pagesDone: 3,
    });
  });

  test('of a paused job wait for it to be resumed', async () => {
    const { pages, repair } = brokenPages();
    const { jobId } = await upload();
    const worker = makeWorker(parts, { engines: fakeEngines(pages).engines, ...onePage });
    await round(worker);
    await round(worker);
    await pauseJob(parts, localOwner, jobId);
    repair();
    await redriveJob(parts, localOwner, jobId);
    expect(await worker.tick()).toBe(0);
    await resumeJob(parts, localOwner, jobId);
    await workOff(worker);
    expect((await getJob(parts, localOwner, jobId)).status).toBe('completed');
  });

  test('of a failed job are what a retry tries; without any there is nothing to redrive', async () => {
    const { pages, repair } = brokenPages();
    const { jobId } = await upload();
    await expect(redriveJob(parts, localOwner, jobId)).rejects.toMatchObject(conflict);
    const worker = makeWorker(parts, { engines: fakeEngines(pages).engines, ...onePage });
    await workOff(worker);
    repair();
    expect(await redriveJob(parts, localOwner, jobId)).toMatchObject({ status: 'queued' });
    await workOff(worker);
    expect((await getJob(parts, localOwner, jobId)).status).toBe('completed');
    await expect(retryJob(parts, localOwner, jobId)).rejects.toMatchObject(conflict);
  });
});

describe('the priority', () => {
  test('of a waiting job decides who goes first', async () => {
    const [first, second] = [await upload(), await upload()];
    expect(await prioritiseJob(parts, localOwner, second.jobId, 5)).toMatchObject({ priority: 5 });
    const rows = await parts.database.sql<{ jobId: JobId }>`
      select job_id from processing_queue order by priority desc, id`;
    expect(rows.map((row) => row.jobId)).toEqual([second.jobId, first.jobId]);
  });

  test('counts for what follows from an item that was running when it was changed', async () => {
    const { engines, gate, reading } = gatedEngines(makePages(2));
    const { jobId } = await upload();
    const worker = makeWorker(parts, { engines });
    await round(worker);
    await worker.tick();
    await reading;
    const changing = prioritiseJob(parts, localOwner, jobId, 7);
    await changing;
    gate.resolve();
    await worker.idle();
    expect((await items(jobId)).map((item) => item.priority)).toEqual([7]);
    const log = await getJobHistory(parts, localOwner, jobId);
    expect(log.find((entry) => entry.action === 'job.priority')?.details).toEqual({
      from: 0,
      to: 7,
    });
  });

  test('of a finished job cannot be changed', async () => {
    const { jobId } = await upload();
    await cancelJob(parts, localOwner, jobId);
    await expect(prioritiseJob(parts, localOwner, jobId, 1)).rejects.toMatchObject(conflict);
  });
});

test('a job of somebody else is not there', async () => {
  const stranger = await insertUser(parts.database);
  const { jobId } = await storeDocument(parts.database, {}, stranger);
  for (const use of [pauseJob, resumeJob, redriveJob]) {
    await expect(use(parts, localOwner, jobId)).rejects.toMatchObject({ code: 'job.not_found' });
  }
  await expect(prioritiseJob(parts, localOwner, jobId, 1)).rejects.toMatchObject({
    code: 'job.not_found',
  });
});

test('the status of a document follows its newest run, whichever of its runs changes', async () => {
  const { database } = parts;
  const { jobId: older, versionId } = await storeDocument(database);
  const statusNow = async () => {
    const [row] = await database.sql<{ status: string }>`
      select status from documents where current_version_id = ${versionId}`;
    return row?.status;
  };
  await database.sql`update processing_jobs set status = 'running' where id = ${older}`;
  await database.sql`
    update processing_jobs set status = 'failed', error_code = 'file.damaged', completed_at = now()
    where id = ${older}`;
  expect(await statusNow()).toBe('failed');
  const newer = await database.transaction((sql) =>
    createExtractJob(sql, parts.bells, localOwner, versionId),
  );
  await database.sql`update processing_jobs set status = 'running' where id = ${newer}`;
  await database.sql`
    update processing_jobs set status = 'completed', completed_at = now() where id = ${newer}`;
  // The older one changes last, and says nothing any more.
  await retryJob(parts, localOwner, older);
  expect(await statusNow()).toBe('completed');
  await cancelJob(parts, localOwner, older);
  const newest = await database.transaction((sql) =>
    createExtractJob(sql, parts.bells, localOwner, versionId),
  );
  expect(await statusNow()).toBe('uploaded');
  await cancelJob(parts, localOwner, newest);
  expect(await statusNow()).toBe('completed');
});
