import { expect, test } from 'vitest';
import { releaseBytes } from './release-bytes.ts';

test('a large array is given back', () => {
  const bytes = new Uint8Array(2_000_000);
  releaseBytes(bytes);
  expect(bytes.length).toBe(0);
});

test.for([
  ['shares its memory', new Uint8Array(10_000_000).subarray(0, 2_000_000)],
  ['lies in memory of several threads', new Uint8Array(new SharedArrayBuffer(2_000_000))],
  ['is small', new Uint8Array(1_000)],
] as const)('one that %s is left alone', ([, bytes]) => {
  const before = bytes.length;
  releaseBytes(bytes);
  expect(bytes.length).toBe(before);
});
