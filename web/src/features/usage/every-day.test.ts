import { expect, test } from 'vitest';
import { everyDay } from './every-day.ts';

test('days without a number count nothing, over the end of a month', () => {
  const known = [{ date: '2026-03-01', count: 4 }];
  expect(everyDay('2026-02-27', '2026-03-02', known)).toEqual([
    { date: '2026-02-27', count: 0 },
    { date: '2026-02-28', count: 0 },
    { date: '2026-03-01', count: 4 },
    { date: '2026-03-02', count: 0 },
  ]);
  expect(everyDay('2026-03-02', '2026-03-01', known)).toEqual([]);
});
