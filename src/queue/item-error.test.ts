import { expect, test } from 'vitest';

import { AppError } from '#kernel/app-error.ts';

import { describeItemError } from './item-error.ts';
import { GiveUp, RetryAfter } from './work-item.ts';

const damaged = new AppError('file.damaged', 'The file is damaged.');
const timedOut = new AppError('engine.timeout', 'The engine took too long.');

test.each([
  ['a refusal of the file', damaged, 'file.damaged', true],
  ['an engine that timed out', timedOut, 'engine.timeout', false],
  ['something unexpected', new TypeError('x is not a function'), 'job.attempts_exhausted', false],
  ['giving up', new GiveUp('no use'), 'job.attempts_exhausted', true],
  ['giving up because of a known error', new GiveUp('no use', timedOut), 'engine.timeout', true],
  [
    'giving up because of a bug',
    new GiveUp('no use', new Error('x')),
    'job.attempts_exhausted',
    true,
  ],
  ['a wish to be tried later', new RetryAfter(5, 'busy'), 'job.attempts_exhausted', false],
  ['something thrown that is no error', 'oops', 'job.attempts_exhausted', false],
])(
  '%s is stored as its code, and says whether another try is of use',
  (_, error, code, permanent) => {
    expect(describeItemError(error)).toMatchObject({ code, permanent });
  },
);

test('the delay a handler asks for is kept, and nothing else has one', () => {
  expect(describeItemError(new RetryAfter(1_234, 'busy')).retryAfterMs).toBe(1_234);
  expect(describeItemError(timedOut).retryAfterMs).toBeUndefined();
});

test('a message is cut and made storable', () => {
  const { message } = describeItemError(new Error(`a\0b\uD800c${'x'.repeat(5_000)}`));
  expect(message.startsWith('ab\uFFFDcx')).toBe(true);
  expect(message).toHaveLength(2_000);
  expect(describeItemError(undefined).message).toBe('undefined');
});
