import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { monthsBefore, retentionCutoffs } from './retention.ts';

test.each([
  ['2026-11-20T12:00:00Z', 12, '2025-11-20T12:00:00Z'],
  ['2026-03-31T01:00:00Z', 1, '2026-02-28T01:00:00Z'],
  ['2024-03-31T01:00:00Z', 1, '2024-02-29T01:00:00Z'],
  ['2026-01-15T00:00:00Z', 13, '2024-12-15T00:00:00Z'],
])('%s less %i months is %s', (now, months, earlier) => {
  expect(monthsBefore(new Date(now), months)).toEqual(new Date(earlier));
});

test('more months never end later, and none changes nothing', () => {
  const moment = fc.date({
    min: new Date('2000-01-01'),
    max: new Date('2100-01-01'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(moment, fc.nat({ max: 100 }), (now, months) => {
      expect(monthsBefore(now, 0)).toEqual(now);
      expect(monthsBefore(now, months + 1).getTime()).toBeLessThan(
        monthsBefore(now, months).getTime(),
      );
    }),
  );
});

test('days are whole times 24 hours', () => {
  const rules = { auditMonths: 12, jobDays: 90, metricDays: 30, hourlyMonths: 12, trashDays: 30 };
  const cutoffs = retentionCutoffs(rules, new Date('2026-11-20T12:00:00Z'));
  expect(cutoffs.trash).toEqual(new Date('2026-10-21T12:00:00Z'));
  expect(cutoffs.jobs).toEqual(new Date('2026-08-22T12:00:00Z'));
});
