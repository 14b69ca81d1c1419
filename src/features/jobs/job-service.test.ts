import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { acceptUpload } from '#features/documents/index.ts';
import { localOwner } from '#features/identity/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { encodeCursor } from '#kernel/cursor.ts';
import type { JobId, VersionId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import { type FakePage, fakeEngines } from '#pipeline/fake-engines.ts';
import { setLine, textLayerPage } from '#pipeline/sample-words.ts';
import type { StageEngines } from '#pipeline/stage.ts';
import { insertUser, storeDocument } from '#test/support/factories.ts';
import { makePdf } from '#test/support/make-files.ts';
import { type TestParts, makeWorker, openParts, workOff } from '#test/support/start-app.ts';
import { cancelJob, retryJob } from './job-control.ts';
import { createExtractJob, getJob, getJobHistory, getJobPage } from './job-service.ts';

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

/** The file is small and real; what its pages say comes from `pages`. */
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

async function storedPages(versionId: VersionId) {
  return parts.database.sql<{ number: number; stored: string }>`
    select number, created_at::text as stored from pages where version_id = ${versionId} order by number`;
}

async function itemCount(jobId: JobId): Promise<number> {
  return (await parts.database.sql`select id from processing_queue where job_id = ${jobId}`).length;
}

test('a job runs through its stages, one page at a time, to its end', async () => {
  const { engines } = fakeEngines(makePages(3));
  const { jobId, versionId } = await upload();
  await workOff(makeWorker(parts, { engines, settings: { rangePages: 1 } }));
  expect(await getJob(parts, localOwner, jobId)).toMatchObject({
    status: 'completed',
    stage: 'validate',
    progress: 100,
    pagesTotal: 3,
    pagesDone: 3,
    attempts: 1,
    errorCode: null,
  });
  expect((await storedPages(versionId)).map((page) => page.number)).toEqual([1, 2, 3]);
  expect(await itemCount(jobId)).toBe(0);
});

test('history tells every step in order', async () => {
  const { engines } = fakeEngines(makePages(2));
  const { jobId } = await upload();
  await workOff(makeWorker(parts, { engines, settings: { rangePages: 1 } }));
  const history = await getJobHistory(parts, localOwner, jobId);
  expect(history.map((entry) => entry.seq)).toEqual(history.map((_, i) => i + 1));
  expect(history.map((entry) => `${entry.action} ${entry.stage ?? '-'}`)).toEqual([
    'job.queued -',
    'job.running -',
    'item.done classify',
    'item.done preprocess',
    'item.done preprocess',
    'item.done validate',
    'job.completed validate',
  ]);
  const done = history.filter((entry) => entry.action === 'item.done');
  for (const entry of done) expect(entry.durationMs).toBeGreaterThanOrEqual(0);
  const ranges = done.map((entry) => Number(entry.details['pageFrom']));
  expect(ranges.slice(1, 3).toSorted((a, b) => a - b)).toEqual([1, 2]);
});

describe('a failed job', () => {
  const unreadable = new AppError('file.page_unreadable', 'Page 2 cannot be opened.');

  async function failOnPageTwo() {
    const pages = makePages(3);
    const bad = pages[1];
    if (bad) bad.readError = unreadable;
    const { engines, calls } = fakeEngines(pages);
    const uploaded = await upload();
    const worker = makeWorker(parts, { engines, settings: { rangePages: 1 } });
    await workOff(worker);
    return { ...uploaded, worker, calls, repair: () => delete bad?.readError };
  }

  test('says why and keeps the pages that could be read', async () => {
    const { jobId, versionId } = await failOnPageTwo();
    expect(await getJob(parts, localOwner, jobId)).toMatchObject({
      status: 'failed',
      pagesDone: 2,
      errorCode: 'file.page_unreadable',
      errorMessage: 'Page 2 cannot be opened.',
    });
    expect((await storedPages(versionId)).map((page) => page.number)).toEqual([1, 3]);
  });

  test('goes on with the failed page when it is retried', async () => {
    const { jobId, versionId, worker, calls, repair } = await failOnPageTwo();
    const before = await storedPages(versionId);
    repair();
    calls.readText.length = 0;
    expect(await retryJob(parts, localOwner, jobId)).toMatchObject({
      status: 'queued',
      errorCode: null,
      completedAt: null,
    });
    await workOff(worker);
    expect(calls.readText).toEqual([[2, 2]]);
    expect(await getJob(parts, localOwner, jobId)).toMatchObject({
      status: 'completed',
      progress: 100,
      pagesDone: 3,
      attempts: 2,
    });
    const after = await storedPages(versionId);
    expect(after.filter((page) => page.number !== 2)).toEqual(before);
  });

  test('fails again with the same page when nothing has changed', async () => {
    const { jobId, worker } = await failOnPageTwo();
    await retryJob(parts, localOwner, jobId);
    await workOff(worker);
    const job = await getJob(parts, localOwner, jobId);
    expect(job).toMatchObject({
      status: 'failed',
      errorCode: 'file.page_unreadable',
      pagesDone: 2,
    });
    expect(await itemCount(jobId)).toBe(1);
  });

  test('that fails in its first stage can be retried too', async () => {
    const { engines } = fakeEngines([]);
    const { jobId } = await upload();
    await workOff(makeWorker(parts, { engines }));
    const failed = await getJob(parts, localOwner, jobId);
    expect(failed).toMatchObject({ status: 'failed', errorCode: 'file.empty', pagesTotal: null });
    await retryJob(parts, localOwner, jobId);
    await workOff(makeWorker(parts, { engines: fakeEngines(makePages(1)).engines }));
    expect((await getJob(parts, localOwner, jobId)).status).toBe('completed');
  });

  test.each(['queued', 'completed'])('only: a %s job cannot be retried', async (status) => {
    const { jobId } = await upload();
    if (status === 'completed') {
      await workOff(makeWorker(parts, { engines: fakeEngines(makePages(1)).engines }));
    }
    await expect(retryJob(parts, localOwner, jobId)).rejects.toMatchObject({
      code: 'job.state_conflict',
      details: { status },
    });
  });
});

describe('cancelling', () => {
  test('a waiting job ends it before it has begun', async () => {
    const { jobId } = await upload();
    expect(await cancelJob(parts, localOwner, jobId)).toMatchObject({ status: 'cancelled' });
    expect(await itemCount(jobId)).toBe(0);
    expect(await makeWorker(parts).tick()).toBe(0);
  });

  test('refuses what is still being read, even from an engine that does not listen', async () => {
    const { engines } = fakeEngines(makePages(2));
    const gate = Promise.withResolvers<void>();
    const reading = Promise.withResolvers<void>();
    const deaf: StageEngines = {
      ...engines,
      pageEngineFor: (mediaType) => ({
        ...engines.pageEngineFor(mediaType),
        async readText(file, from, to) {
          reading.resolve();
          await gate.promise;
          return engines.pageEngineFor(mediaType).readText(file, from, to);
        },
      }),
    };
    const { jobId, versionId } = await upload();
    const worker = makeWorker(parts, { engines: deaf });
    await worker.tick();
    await worker.idle();
    await worker.tick();
    await reading.promise;
    expect(await cancelJob(parts, localOwner, jobId)).toMatchObject({ status: 'cancelled' });
    gate.resolve();
    await worker.idle();
    expect(await storedPages(versionId)).toEqual([]);
    const history = await getJobHistory(parts, localOwner, jobId);
    expect(history.at(-1)).toMatchObject({ action: 'job.cancelled' });
    expect(await getJob(parts, localOwner, jobId)).toMatchObject({
      status: 'cancelled',
      pagesDone: 0,
    });
  });

  test('reaches a running engine at once through the bell', async () => {
    const { engines } = fakeEngines(makePages(1));
    const aborted = Promise.withResolvers<void>();
    const reading = Promise.withResolvers<void>();
    const patient: StageEngines = {
      ...engines,
      pageEngineFor: (mediaType) => ({
        ...engines.pageEngineFor(mediaType),
        readText: (_file, _from, _to, call) =>
          new Promise((_resolve, reject) => {
            call?.signal?.addEventListener('abort', () => {
              aborted.resolve();
              reject(new AppError('job.cancelled', 'cancelled'));
            });
            reading.resolve();
          }),
      }),
    };
    const { jobId } = await upload();
    const worker = makeWorker(parts, { engines: patient });
    const unlisten = await parts.bells.cancel.listen((id) => {
      if (id === jobId) worker.abortJob(jobId);
    });
    await worker.tick();
    await worker.idle();
    await worker.tick();
    await reading.promise;
    await cancelJob(parts, localOwner, jobId);
    await aborted.promise;
    await worker.idle();
    await unlisten();
    expect((await getJob(parts, localOwner, jobId)).errorCode).toBeNull();
  });

  test('keeps what was read before', async () => {
    const { engines } = fakeEngines(makePages(3));
    const { jobId, versionId } = await upload();
    const worker = makeWorker(parts, { engines, settings: { rangePages: 1 } });
    for (let round = 0; round < 2; round++) {
      await worker.tick();
      await worker.idle();
    }
    await cancelJob(parts, localOwner, jobId);
    await workOff(worker);
    expect(await storedPages(versionId)).toHaveLength(2);
    expect((await getJob(parts, localOwner, jobId)).pagesDone).toBe(2);
  });

  test('a finished job is refused', async () => {
    const { jobId } = await upload();
    await cancelJob(parts, localOwner, jobId);
    await expect(cancelJob(parts, localOwner, jobId)).rejects.toMatchObject({
      code: 'job.state_conflict',
    });
  });

  test('and finishing at the same moment end in one of the two', async () => {
    const { engines } = fakeEngines(makePages(1));
    for (let round = 0; round < 8; round++) {
      const { jobId, versionId } = await upload();
      const worker = makeWorker(parts, { engines });
      await worker.tick();
      await worker.idle();
      await worker.tick();
      const cancelled = await cancelJob(parts, localOwner, jobId);
      await workOff(worker);
      await worker.idle();
      const job = await getJob(parts, localOwner, jobId);
      expect(job.status).toBe(cancelled.status);
      expect(await itemCount(jobId)).toBe(0);
      expect(await storedPages(versionId)).toHaveLength(job.pagesDone);
    }
  });
});

test('a document has one open run at a time', async () => {
  const { versionId } = await upload();
  const again = parts.database.transaction((sql) =>
    createExtractJob(sql, parts.bells, localOwner, versionId),
  );
  await expect(again).rejects.toMatchObject({ code: 'job.state_conflict' });
  await workOff(makeWorker(parts, { engines: fakeEngines(makePages(1)).engines }));
  await parts.database.transaction((sql) =>
    createExtractJob(sql, parts.bells, localOwner, versionId),
  );
});

test('the list gives every job once, newest first, also by status', async () => {
  const actor = await insertUser(parts.database);
  const stored = [];
  for (let i = 0; i < 45; i++) stored.push(await storeDocument(parts.database, {}, actor));
  await storeDocument(parts.database, {}, localOwner);
  const listed: JobId[] = [];
  let cursor: string | undefined;
  do {
    const page = await getJobPage(parts, actor, { status: 'queued', cursor, limit: 10 });
    listed.push(...page.items.map((job) => job.id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(listed).toEqual(
    stored
      .map((one) => one.jobId)
      .toSorted()
      .toReversed(),
  );
  const none = await getJobPage(parts, actor, { status: 'failed', cursor: undefined, limit: 10 });
  expect(none).toEqual({ items: [], nextCursor: null });
  const forged = { status: undefined, cursor: encodeCursor(['x']), limit: 10 };
  await expect(getJobPage(parts, actor, forged)).rejects.toMatchObject({ code: 'cursor.invalid' });
});

test('a job of somebody else is not there', async () => {
  const stranger = await insertUser(parts.database);
  const { jobId } = await storeDocument(parts.database, {}, stranger);
  const notFound = { code: 'job.not_found' };
  for (const id of [jobId, newId<JobId>()]) {
    for (const use of [getJob, getJobHistory, retryJob, cancelJob]) {
      await expect(use(parts, localOwner, id)).rejects.toMatchObject(notFound);
    }
  }
  expect((await getJob(parts, stranger, jobId)).status).toBe('queued');
});
