import { expect, test, vi } from 'vitest';
import { BurstGatherer } from './burst-gatherer.ts';

/** Tells into a list; `release` lets the telling under way end. */
function openGatherer() {
  const told: string[][] = [];
  let release = (): void => undefined;
  const gatherer = new BurstGatherer<string>(50, (ids) => {
    told.push(ids);
    return new Promise((resolve) => {
      release = resolve;
    });
  });
  return { told, gatherer, release: () => release() };
}

test('the first is told at once, and what follows together, each once', async () => {
  vi.useFakeTimers();
  try {
    const { told, gatherer, release } = openGatherer();
    gatherer.note('a');
    expect(told).toEqual([['a']]);
    for (const id of ['b', 'c', 'b']) gatherer.note(id);
    release();
    await vi.advanceTimersByTimeAsync(49);
    gatherer.note('d');
    expect(told).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(told).toEqual([['a'], ['b', 'c', 'd']]);
    release();
    await gatherer.stop();
  } finally {
    vi.useRealTimers();
  }
});

test('after a pause without changes the next one is told at once again', async () => {
  vi.useFakeTimers();
  try {
    const { told, gatherer, release } = openGatherer();
    gatherer.note('a');
    release();
    await vi.advanceTimersByTimeAsync(51);
    gatherer.note('b');
    expect(told).toEqual([['a'], ['b']]);
    release();
    await gatherer.stop();
  } finally {
    vi.useRealTimers();
  }
});

test('a stop waits for what is being told and tells no more', async () => {
  const { told, gatherer, release } = openGatherer();
  gatherer.note('a');
  gatherer.note('b');
  const stopped = gatherer.stop();
  release();
  await stopped;
  expect(told).toEqual([['a']]);
});
