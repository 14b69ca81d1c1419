import { expect, test } from 'vitest';
import { exportBlocked, judgeZones } from './export-gate.ts';

test.each([
  [100, 95, 0, true],
  [100, 94, 0, false],
  [20, 19, 0, true],
  [19, 18, 0, false],
  [100, 99, 1, false],
  [0, 0, 0, true],
  [1, 0, 0, false],
])(
  'of %d zones %d processed and %d failed: passes is %s',
  (selected, processed, failed, passes) => {
    expect(judgeZones({ selected, processed, failed }).passes).toBe(passes);
  },
);

test('says what holds it back', () => {
  const failed = judgeZones({ selected: 10, processed: 9, failed: 1 });
  expect(exportBlocked(failed)).toMatchObject({
    code: 'export.blocked',
    message: expect.stringContaining('1 of the 10 selected zones have failed'),
    details: { selected: 10, processed: 9, failed: 1 },
  });
});
