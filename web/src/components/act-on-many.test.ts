import { expect, test } from 'vitest';
import { actOnMany } from './act-on-many.ts';

test('every item is acted on once, four at a time, and failures do not stop the others', async () => {
  let open = 0;
  let most = 0;
  const seen: number[] = [];
  const items = Array.from({ length: 30 }, (_, index) => index);
  const { done, failures } = await actOnMany(items, async (item) => {
    open += 1;
    most = Math.max(most, open);
    seen.push(item);
    await new Promise((resolve) => setImmediate(resolve));
    open -= 1;
    if (item % 10 === 3) throw new Error(String(item));
  });
  expect(seen.toSorted((a, b) => a - b)).toEqual(items);
  expect(most).toBe(4);
  expect(done).toHaveLength(27);
  expect(failures.map(String)).toEqual(['Error: 3', 'Error: 13', 'Error: 23']);
});

test('nothing to act on is done at once', async () => {
  expect(await actOnMany([], () => Promise.reject(new Error('never')))).toEqual({
    done: [],
    failures: [],
  });
});
