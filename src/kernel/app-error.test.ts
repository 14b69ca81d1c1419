import { expect, test } from 'vitest';

import { AppError, isAppError, raise } from './app-error.ts';

test('an error keeps its code, details and cause, and says its name in a log', () => {
  const cause = new Error('disk full');
  const error = new AppError('blob.write_failed', 'It could not be stored.', {
    details: { size: 3 },
    cause,
  });
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ code: 'blob.write_failed', details: { size: 3 }, cause });
  expect(String(error)).toBe('AppError: It could not be stored.');
});

test('an error without a cause has no member of that name', () => {
  expect('cause' in new AppError('job.not_found', 'gone')).toBe(false);
});

test('the guard tells our errors from others, and one code from another', () => {
  const error = new AppError('job.not_found', 'gone');
  expect(isAppError(error)).toBe(true);
  expect(isAppError(error, 'job.not_found')).toBe(true);
  expect(isAppError(error, 'page.not_found')).toBe(false);
  expect(isAppError(new Error('gone'))).toBe(false);
  expect(isAppError({ code: 'job.not_found', message: 'gone' })).toBe(false);
});

test('raise throws what it is given', () => {
  const error = new AppError('job.not_found', 'gone');
  expect(() => raise(error)).toThrow(error);
});
