import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { makeTemporaryFolder } from '#test/support/make-files.ts';
import { FileWindow } from './file-window.ts';

const folder = makeTemporaryFolder();
afterAll(() => folder.remove());

test('any part of a file is what the file holds there, across blocks and in any order', () => {
  // More blocks than are kept.
  const bytes = randomBytes(20 * 1024 * 1024 + 17);
  const window = new FileWindow(folder.save('large', bytes, 'application/pdf').path);
  expect(window.size).toBe(bytes.length);
  const part = fc.record({
    position: fc.nat(bytes.length + 1_000),
    length: fc.oneof(fc.nat(2_000), fc.nat(800_000)),
  });
  fc.assert(
    fc.property(part, ({ position, length }) => {
      const target = new Uint8Array(length);
      const isInside = position + length <= bytes.length;
      expect(window.read(position, target)).toBe(isInside);
      if (isInside) expect(bytes.subarray(position, position + length).equals(target)).toBe(true);
    }),
    { numRuns: 300 },
  );
  window.close();
});
