import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { acceptUpload, getDocument } from '#features/documents/index.ts';
import type { Actor } from '#features/identity/index.ts';
import { contentExtraction, findContent } from '#features/content/index.ts';
import { cancelJob } from '#features/jobs/index.ts';
import { getRevisions, listZones } from '#features/zones/index.ts';
import { type AppError, isAppError } from '#kernel/app-error.ts';
import type { ReviewTaskId, ZoneId } from '#kernel/ids.ts';
import { asId, newId } from '#kernel/ids.ts';
import { insertUser } from '#test/support/factories.ts';
import { makePdf } from '#test/support/make-files.ts';
import { type TestParts, makeWorker, openParts, workOff } from '#test/support/start-app.ts';
import { completeTask } from './complete-task.ts';
import type { HitlTask } from './review.ts';
import { type ReviewSettings, defaultReviewSettings } from './review-gate.ts';
import {
  assignTask,
  cancelTask,
  claimNext,
  getTask,
  getTaskPage,
  releaseTask,
  saveDraft,
  startTask,
} from './review-service.ts';

let parts: TestParts;
let actor: Actor;
beforeAll(async () => {
  parts = await openParts();
});
afterAll(() => parts.close());
beforeEach(async () => {
  actor = await insertUser(parts.database);
});

/** Above what any reading can have: everything is in doubt. */
const doubtAll = { text: 1.01, table: 1.01, figure: 1.01 };
const required: ReviewSettings = { ...defaultReviewSettings, mode: 'required', gates: doubtAll };
/** The same parts with a review of their own. */
const strict = () => ({ ...parts, review: required });

async function read(pages: number, review: ReviewSettings = required) {
  const page = (n: number) => ({
    width: 300,
    height: 200,
    lines: [{ text: `Page number ${n}`, x: 40, y: 120, size: 14 }],
  });
  const bytes = await makePdf(Array.from({ length: pages }, (_, index) => page(index + 1)));
  const accepted = await acceptUpload(parts, actor, 'doubtful.pdf', Readable.from([bytes]));
  await workOff(makeWorker(parts, { review }));
  return accepted;
}

async function openTasks(): Promise<HitlTask[]> {
  const query = { status: undefined, mine: false, cursor: undefined, limit: 100 };
  return (await getTaskPage(parts, actor, query)).items;
}

async function jobOf(jobId: string) {
  const rows = await parts.database.sql<{ status: string; confidence: number; tier: string }>`
    select status, confidence, tier from processing_jobs where id = ${jobId}`;
  return rows[0];
}

async function refusal(work: Promise<unknown>): Promise<AppError> {
  const error = await work.catch((reason: unknown) => reason);
  if (!isAppError(error)) throw new Error('nothing was refused', { cause: error });
  return error;
}

async function zonesOf(task: HitlTask) {
  const number = task.pageNumber ?? 0;
  return listZones(parts.database.sql, task.versionId, number, number);
}

const accept = { zones: [], notes: null };

describe('a reading below its gate', () => {
  test('goes into review when that is required, and is completed by its last decision', async () => {
    const { documentId, jobId } = await read(2);
    expect((await jobOf(jobId))?.status).toBe('in_review');
    expect((await getDocument(parts, actor, documentId)).status).toBe('in_review');
    const tasks = await openTasks();
    expect(tasks.map((task) => [task.pageNumber, task.status, task.reason])).toEqual([
      [1, 'pending', 'low_confidence'],
      [2, 'pending', 'low_confidence'],
    ]);
    for (const task of tasks) {
      expect((await jobOf(jobId))?.status).toBe('in_review');
      await startTask(strict(), actor, task.id);
      await completeTask(strict(), actor, task.id, accept);
    }
    expect(await jobOf(jobId)).toEqual({ status: 'completed', confidence: 1, tier: 'human' });
    expect((await getDocument(parts, actor, documentId)).status).toBe('completed');
    const history = await parts.database.sql<{ action: string }>`
      select action from processing_history where job_id = ${jobId} and action like 'job.%' order by seq`;
    expect(history.map((line) => line.action)).toEqual([
      'job.queued',
      'job.running',
      'job.in_review',
      'job.running',
      'job.completed',
    ]);
  }, 60_000);

  test('is asked about and completed when review is optional, and not asked about when it is off', async () => {
    const { jobId } = await read(1, { ...required, mode: 'optional' });
    expect((await jobOf(jobId))?.status).toBe('completed');
    expect(await openTasks()).toHaveLength(1);
    const other = await read(1, { ...required, mode: 'off' });
    expect((await jobOf(other.jobId))?.status).toBe('completed');
    expect((await openTasks()).map((task) => task.jobId)).toEqual([jobId]);
  }, 60_000);

  test('that passes its gates asks nobody', async () => {
    const { jobId } = await read(1, { ...defaultReviewSettings, mode: 'required' });
    expect((await jobOf(jobId))?.status).toBe('completed');
    expect(await openTasks()).toEqual([]);
  }, 60_000);

  test('whose run is cancelled asks no longer', async () => {
    const { jobId } = await read(1);
    await cancelJob(parts, actor, jobId);
    expect(await openTasks()).toEqual([]);
  }, 60_000);
});

test('a decision corrects zones as the reviewer, confirms the rest and supersedes the result of the machine', async () => {
  const { documentId } = await read(1);
  const [task] = await openTasks();
  if (task === undefined) throw new Error('nobody was asked');
  const [zone] = await zonesOf(task);
  const id = zone?.id ?? asId<ZoneId>('');
  const machine = await findContent(parts.database.sql, task.versionId, contentExtraction);
  expect(machine).toMatchObject({ source: 'machine', processedData: { pageCount: 1 } });
  await startTask(strict(), actor, task.id);
  await saveDraft(strict(), actor, task.id, { zones: [{ id, content: 'half' }] });
  const done = await completeTask(strict(), actor, task.id, {
    zones: [{ id, content: 'Page number seven' }],
    notes: 'it was a seven',
  });
  expect(done).toMatchObject({
    status: 'completed',
    completedBy: actor.userId,
    assignedTo: null,
    reviewNotes: 'it was a seven',
    finalData: { zones: [{ id, content: 'Page number seven' }] },
  });
  expect((await zonesOf(task))[0]).toMatchObject({ content: 'Page number seven', confidence: 1 });
  expect((await getRevisions(parts, actor, id))[0]).toMatchObject({
    reasonCode: 'review',
    authorId: actor.userId,
    content: 'Page number 1',
  });
  const human = await findContent(parts.database.sql, task.versionId, contentExtraction);
  expect(human).toMatchObject({
    source: 'human',
    confidenceScore: 1,
    processedData: { pageCount: 1, reviews: [{ taskId: task.id, page: 1, zones: [id] }] },
  });
  expect((await getDocument(parts, actor, documentId)).status).toBe('completed');
}, 60_000);

describe('a task', () => {
  test('goes to one of many reviewers who ask at once', async () => {
    await read(3);
    const claims = await Promise.all(Array.from({ length: 8 }, () => claimNext(parts, actor)));
    const ids = claims.flatMap((task) => task?.id ?? []);
    expect(new Set(ids).size).toBe(3);
    expect(ids).toHaveLength(3);
  }, 60_000);

  test('of the last two decided at the same time, one ends the job', async () => {
    const { jobId } = await read(2);
    const tasks = await openTasks();
    await Promise.all(tasks.map((task) => startTask(strict(), actor, task.id)));
    await Promise.all(tasks.map((task) => completeTask(strict(), actor, task.id, accept)));
    expect((await jobOf(jobId))?.status).toBe('completed');
  }, 60_000);

  test('returns when its lease is over, and its late holder is refused', async () => {
    await read(1);
    const task = await claimNext({ ...parts, review: { ...required, leaseMs: -1 } }, actor);
    const id = task?.id ?? asId<ReviewTaskId>('');
    const other = await insertUser(parts.database);
    const again = await claimNext(parts, actor);
    expect(again).toMatchObject({ id, status: 'assigned' });
    await releaseTask(parts, actor, id);
    await assignTask(parts, actor, id, other.userId);
    expect((await refusal(completeTask(strict(), actor, id, accept))).code).toBe('review.conflict');
    expect((await getTask(parts, other, id)).assignedTo).toBe(other.userId);
  }, 60_000);

  test('moves along its machine and says why not', async () => {
    const { jobId } = await read(1);
    const [task] = await openTasks();
    const id = task?.id ?? asId<ReviewTaskId>('');
    expect((await refusal(completeTask(strict(), actor, id, accept))).code).toBe('review.conflict');
    expect((await refusal(releaseTask(parts, actor, id))).code).toBe('review.conflict');
    expect(await refusal(assignTask(parts, actor, id, newId()))).toMatchObject({
      code: 'review.invalid',
      details: { field: 'assignedTo' },
    });
    expect(await startTask(parts, actor, id)).toMatchObject({ status: 'in_progress' });
    expect(await releaseTask(parts, actor, id)).toMatchObject({
      status: 'pending',
      startedAt: null,
    });
    expect(await cancelTask(parts, actor, id)).toMatchObject({ status: 'cancelled' });
    expect((await jobOf(jobId))?.status).toBe('completed');
    expect((await refusal(startTask(parts, actor, id))).code).toBe('review.conflict');
  }, 60_000);

  test('with a decision that cannot be is still open, and nothing of it is stored', async () => {
    await read(1);
    const [task] = await openTasks();
    if (task === undefined) throw new Error('nobody was asked');
    const [zone] = await zonesOf(task);
    await startTask(parts, actor, task.id);
    const id = zone?.id ?? asId<ZoneId>('');
    const wrong = [
      [
        { id, content: 'fine' },
        { id: newId<ZoneId>(), content: 'not here' },
      ],
      [{ id, content: 'bell \u0007' }],
    ];
    for (const zones of wrong) {
      await refusal(completeTask(strict(), actor, task.id, { zones, notes: null }));
    }
    expect((await zonesOf(task))[0]?.content).toBe('Page number 1');
    expect((await getTask(parts, actor, task.id)).status).toBe('in_progress');
  }, 60_000);

  test('of somebody else does not exist', async () => {
    await read(1);
    const [task] = await openTasks();
    const stranger = await insertUser(parts.database);
    const id = task?.id ?? asId<ReviewTaskId>('');
    expect((await refusal(getTask(parts, stranger, id))).code).toBe('review.not_found');
    expect((await refusal(startTask(parts, stranger, id))).code).toBe('review.not_found');
    expect(await claimNext(parts, stranger)).toBeNull();
  }, 60_000);
});

test('the queue is paged, most urgent first', async () => {
  await read(5);
  const [third] = (await openTasks()).slice(2);
  await parts.database.sql`update hitl_tasks set priority = 4 where id = ${third?.id ?? ''}`;
  const pages: (number | null)[] = [];
  let cursor: string | undefined;
  do {
    const page = await getTaskPage(parts, actor, {
      status: undefined,
      mine: false,
      cursor,
      limit: 2,
    });
    expect(page.open).toBe(5);
    pages.push(...page.items.map((task) => task.pageNumber));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(pages).toEqual([3, 1, 2, 4, 5]);
}, 60_000);
