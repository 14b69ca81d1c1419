import { expect, test } from 'vitest';
import { silentLogger } from '#kernel/logger.ts';
import { MetricBuffer } from './metric-buffer.ts';

/** A store that can be made to fail or to wait. */
function makeBuffer(options: { batch?: number; capacity?: number } = {}) {
  const stored: number[][] = [];
  const gate = { away: false, open: Promise.resolve() };
  const buffer = new MetricBuffer<number>({
    name: 'test',
    logger: silentLogger,
    everyMs: 1_000_000,
    ...options,
    async store(rows) {
      await gate.open;
      if (gate.away) throw new Error('the database is away');
      stored.push([...rows]);
    },
  });
  return { buffer, stored, gate };
}

test('rows are stored in batches, in order, and a stop stores what is left', async () => {
  const { buffer, stored } = makeBuffer({ batch: 3 });
  await buffer.start();
  for (const row of [1, 2, 3, 4]) buffer.record(row);
  await buffer.flush();
  buffer.record(5);
  await buffer.stop();
  expect(stored.flat()).toEqual([1, 2, 3, 4, 5]);
  expect(Math.max(...stored.map((rows) => rows.length))).toBe(3);
});

test('recording does not wait for the store, and what comes meanwhile is not lost', async () => {
  const { buffer, stored, gate } = makeBuffer();
  const { promise, resolve } = Promise.withResolvers<void>();
  gate.open = promise;
  buffer.record(1);
  const flushing = buffer.flush();
  buffer.record(2);
  expect(stored).toEqual([]);
  resolve();
  await flushing;
  await buffer.stop();
  expect(stored.flat()).toEqual([1, 2]);
});

test('while the database is away the newest rows are kept, and stored when it is back', async () => {
  const { buffer, stored, gate } = makeBuffer({ capacity: 3, batch: 2 });
  gate.away = true;
  for (const row of [1, 2, 3, 4, 5]) buffer.record(row);
  await buffer.flush();
  await buffer.flush();
  gate.away = false;
  await buffer.stop();
  expect(stored.flat()).toEqual([3, 4, 5]);
});
