import { expect, test } from 'vitest';
import { withinTime } from './within-time.ts';

const never = new Promise<never>(() => undefined);

test('work that ends in time gives its result or its own error', async () => {
  expect(await withinTime(Promise.resolve(7), 10_000)).toBe(7);
  await expect(withinTime(Promise.reject(new Error('broken')), 10_000)).rejects.toThrow('broken');
});

test('work that takes longer is left behind with an error that says so', async () => {
  await expect(withinTime(never, 5)).rejects.toThrow('no answer within 5 ms');
  await expect(withinTime(never, 5, () => new RangeError('late'))).rejects.toBeInstanceOf(
    RangeError,
  );
});
