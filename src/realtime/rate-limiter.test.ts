import { expect, test } from 'vitest';
import type { RateLimit } from './rate-limiter.ts';
import { guessedVerdict, rateKeys, verdictOf } from './rate-limiter.ts';

const limit: RateLimit = {
  route: 'POST /v1/documents',
  windows: [
    { points: 10, seconds: 60 },
    { points: 100, seconds: 3_600 },
  ],
  onFailure: 'closed',
};

test('the first window has the plain key, the others say how long they are', () => {
  expect(rateKeys('u1', limit)).toEqual([
    'ratelimit:u1:POST /v1/documents',
    'ratelimit:u1:POST /v1/documents:3600',
  ]);
});

test.each([
  { used: [1, 1], taken: true, verdict: { limit: 10, remaining: 9, retryAfterSeconds: 0 } },
  { used: [5, 98], taken: true, verdict: { limit: 100, remaining: 2, retryAfterSeconds: 0 } },
  { used: [10, 20], taken: false, verdict: { limit: 10, remaining: 0, retryAfterSeconds: 30 } },
  { used: [10, 100], taken: false, verdict: { limit: 100, remaining: 0, retryAfterSeconds: 900 } },
])('of windows that have used $used the tightest is shown', ({ used, taken, verdict }) => {
  const readings = used.map((count, index) => ({
    used: count,
    resetSeconds: [30, 900][index] ?? 0,
  }));
  expect(verdictOf(limit, 1, taken, readings)).toMatchObject({ ...verdict, allowed: taken });
});

test('without an answer the limit itself says whether to let pass', () => {
  expect(guessedVerdict(limit)).toMatchObject({ allowed: false, guessed: true });
  expect(guessedVerdict({ ...limit, onFailure: 'open' })).toMatchObject({ allowed: true });
});
