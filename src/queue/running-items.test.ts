import { expect, test } from 'vitest';

import { type JobId, type UserId, newId } from '#kernel/ids.ts';

import { RunningItems } from './running-items.ts';
import type { WorkItem } from './work-item.ts';

const ended = Promise.resolve();

function itemOf(id: number, change: Partial<WorkItem> = {}): WorkItem {
  return {
    id,
    ownerId: newId<UserId>(),
    jobId: newId<JobId>(),
    queue: 'ocr',
    pageFrom: 1,
    pageTo: 1,
    priority: 0,
    attempt: 1,
    maxAttempts: 3,
    leaseToken: 1,
    ...change,
  };
}

function begin(running: RunningItems, item: WorkItem): AbortSignal {
  const abort = new AbortController();
  running.add(item, abort, ended);
  return abort.signal;
}

test('free slots are what each queue has left, without the full ones', () => {
  const running = new RunningItems();
  for (const id of [1, 2]) begin(running, itemOf(id));
  begin(running, itemOf(3, { queue: 'classify' }));
  const free = running.freeSlots({ ocr: 3, classify: 1, validate: 2 });
  expect(Object.fromEntries(free)).toEqual({ ocr: 1, validate: 2 });
});

test('the end of an old lease does not hide the newer one of the same item', () => {
  const running = new RunningItems();
  const [old, newer] = [itemOf(1), itemOf(1, { leaseToken: 2 })];
  begin(running, old);
  begin(running, newer);
  running.remove(old);
  expect(running.items()).toEqual([newer]);
  running.remove(newer);
  expect(running.items()).toEqual([]);
});

test('only the items of the job are aborted', () => {
  const running = new RunningItems();
  const item = itemOf(1);
  const [mine, other] = [begin(running, item), begin(running, itemOf(2))];
  running.abortJob(item.jobId, new Error('cancelled'));
  expect([mine.aborted, other.aborted]).toEqual([true, false]);
  expect(mine.reason).toEqual(new Error('cancelled'));
});

test('what was asked for and is no longer held is aborted, what came later is not', () => {
  const running = new RunningItems();
  const [kept, lost, later] = [itemOf(1), itemOf(2), itemOf(3)];
  const signals = [kept, lost, later].map((item) => begin(running, item));
  running.abortLost([kept, lost], new Set([kept.id]), new Error('lost'));
  expect(signals.map((signal) => signal.aborted)).toEqual([false, true, false]);
});

test('settling waits for all that runs, or for as long as it may', async () => {
  const running = new RunningItems();
  const { promise, resolve } = Promise.withResolvers<void>();
  running.add(itemOf(1), new AbortController(), promise);
  await running.settle(1);
  resolve();
  await running.settle(Infinity);
  await running.settle(3_600_000);
});
