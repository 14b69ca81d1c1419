import { expect, test } from 'vitest';
import { type JobId, type UserId, newId } from '#kernel/ids.ts';
import { WaitingItems } from './waiting-items.ts';
import type { WorkItem } from './work-item.ts';

let lastId = 0;

function itemOf(change: Partial<WorkItem> = {}): WorkItem {
  return {
    id: (lastId += 1),
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

const free = (slots: number): Map<string, number> => new Map([['ocr', slots]]);

test.each([
  ['unknown', undefined, 0],
  ['longer than a claim', 50, 0],
  ['as long as a claim', 10, 0],
  ['a few milliseconds', 4, 10],
  ['microseconds', 0.01, 500],
])('of items that take %s time, so many are claimed ahead', (_, ms, ahead) => {
  const waiting = new WaitingItems({ ocr: 4 });
  if (ms !== undefined) waiting.noteDuration('ocr', ms);
  expect(waiting.wanted(free(2)).get('ocr')).toBe(2 + ahead);
  expect(waiting.wanted(free(0)).get('ocr') ?? 0).toBe(ahead);
});

test('a reserve is filled up again when half of it is used', () => {
  const waiting = new WaitingItems({ ocr: 4 });
  waiting.noteDuration('ocr', 4);
  for (let n = 0; n < 10; n++) waiting.add(itemOf());
  for (let n = 0; n < 4; n++) waiting.take('ocr');
  expect([waiting.isShort('ocr'), waiting.wanted(free(0)).size]).toEqual([false, 0]);
  waiting.take('ocr');
  expect([waiting.isShort('ocr'), waiting.wanted(free(0)).get('ocr')]).toEqual([true, 5]);
});

test('items leave in the order they came, and those of a stopped job or a lost lease leave at once', () => {
  const waiting = new WaitingItems({ ocr: 4 });
  const [first, stopped, lost, last] = [itemOf(), itemOf(), itemOf(), itemOf()];
  for (const item of [first, stopped, lost, last]) waiting.add(item);
  expect(waiting.removeJob(stopped.jobId)).toEqual([stopped]);
  waiting.removeLost([first, lost], new Set([first.id]));
  expect([waiting.take('ocr'), waiting.take('ocr'), waiting.take('ocr')]).toEqual([
    first,
    last,
    undefined,
  ]);
  expect(waiting.clear()).toEqual([]);
});
