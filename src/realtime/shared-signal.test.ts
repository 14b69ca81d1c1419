import { beforeEach, expect, test } from 'vitest';
import { silentLogger } from '#kernel/logger.ts';
import type { PubSub } from './pub-sub.ts';
import { type Signal, shareSignal } from './shared-signal.ts';

const published: string[] = [];
const fellBack: string[] = [];
let reachable = true;

const pubSub: PubSub = {
  publish: (_channel, message) => {
    if (reachable) published.push(message);
    return Promise.resolve(reachable);
  },
  subscribe: () => Promise.resolve(() => Promise.resolve()),
};
const fallback: Signal = {
  ring: (payload = '') => fellBack.push(payload),
  listen: () => Promise.resolve(() => Promise.resolve()),
  settle: () => Promise.resolve(),
};

beforeEach(() => {
  published.length = 0;
  fellBack.length = 0;
  reachable = true;
});

test('what is rung in one turn is one message, each payload once', async () => {
  const signal = shareSignal(fallback, pubSub, 'jobs', silentLogger);
  for (const payload of ['a', 'b', 'a']) signal.ring(payload);
  await signal.settle();
  expect(published).toEqual(['a,b']);
  expect(fellBack).toEqual([]);
});

test('no message is longer than its limit, and nothing is left out', async () => {
  const signal = shareSignal(fallback, pubSub, 'jobs', silentLogger);
  const payloads = Array.from(
    { length: 1_000 },
    (_, index) => `payload-${index}-${'x'.repeat(30)}`,
  );
  for (const payload of payloads) signal.ring(payload);
  await signal.settle();
  expect(Math.max(...published.map((message) => message.length))).toBeLessThanOrEqual(7_000);
  expect(published.flatMap((message) => message.split(','))).toEqual(payloads);
});

test('what cannot be published goes the other way', async () => {
  reachable = false;
  const signal = shareSignal(fallback, pubSub, 'jobs', silentLogger);
  signal.ring('a');
  signal.ring();
  await signal.settle();
  expect(fellBack).toEqual(['a', '']);
});
