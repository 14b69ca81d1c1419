import { expect, test } from 'vitest';
import { memoryOf, watchResidentMemory } from './resident-memory.ts';

test.runIf(process.platform === 'linux')('the peak of a process is at least what it holds', () => {
  const { server } = watchResidentMemory(process.pid).stop();
  expect(server).toBeGreaterThanOrEqual(memoryOf(process.pid, 'VmRSS') - 1);
  expect(server).toBeGreaterThan(10);
});

test('a process that is gone holds nothing', () => {
  expect(memoryOf(2 ** 30, 'VmRSS')).toBe(0);
});
