import { setTimeout as pause } from 'node:timers/promises';
import type { QueueEngine } from './queue-engine.ts';

/** Items a second from the first handler call until the engine reports nothing open; handlers do nothing. */
export async function measureDrain(
  engine: QueueEngine,
  items: number,
  concurrency: number,
): Promise<number> {
  let seen = 0;
  let startedAt: number | undefined;
  const all = Promise.withResolvers<void>();
  const worker = await engine.startWorker(concurrency, () => {
    startedAt ??= performance.now();
    seen += 1;
    if (seen === items) all.resolve();
  });
  await all.promise;
  // Finished means stored: a batched completion counts.
  while ((await engine.pending()) > 0) await pause(5);
  const seconds = (performance.now() - (startedAt ?? 0)) / 1000;
  await worker.stop();
  return items / seconds;
}

/** Enqueues a second by ten callers that each wait for one before the next. */
export async function measureSingles(engine: QueueEngine, seconds: number): Promise<number> {
  let count = 0;
  const startedAt = performance.now();
  const until = startedAt + seconds * 1000;
  const call = async (): Promise<void> => {
    while (performance.now() < until) await engine.enqueueOne((count += 1));
  };
  await Promise.all(Array.from({ length: 10 }, call));
  return count / ((performance.now() - startedAt) / 1000);
}

/** Enqueues a second in one call of 10,000. */
export async function measureBulk(engine: QueueEngine): Promise<number> {
  const startedAt = performance.now();
  await engine.enqueueMany(10_000);
  return 10_000 / ((performance.now() - startedAt) / 1000);
}

/** Milliseconds from the call of enqueue to the first line of the handler, of an idle worker, one at a time. */
export async function measurePickups(engine: QueueEngine, count: number): Promise<number[]> {
  const latencies: number[] = [];
  let begun: (() => void) | undefined;
  const worker = await engine.startWorker(10, () => begun?.());
  await pause(500);
  for (let item = 0; item < count + 20; item++) {
    const beginning = new Promise<number>((resolve) => {
      begun = () => resolve(performance.now());
    });
    const calledAt = performance.now();
    const enqueuing = engine.enqueueOne(item);
    const latency = (await beginning) - calledAt;
    await enqueuing;
    // The first ones warm up.
    if (item >= 20) latencies.push(latency);
    await pause(5);
  }
  await worker.stop();
  return latencies;
}
