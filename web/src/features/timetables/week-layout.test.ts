import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Timeblock } from '#api/api-model.ts';
import { days, daysFrom, layOutWeek } from './week-layout.ts';

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

const anyBlock = fc
  .record({
    day: fc.constantFrom(...days),
    start: fc.integer({ min: 0, max: 1380 }),
    duration: fc.integer({ min: 5, max: 480 }),
    track: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ day, start, duration, track }): Timeblock => {
    const end = Math.min(1440, start + duration);
    return {
      id: `${day} ${start}`,
      day,
      track,
      startTime: clock(start),
      endTime: clock(end),
      duration: end - start,
      name: 'Lesson',
      notes: null,
      color: '#3b82f6',
      position: 0,
      metadata: {},
    };
  });

const anyWeekday = fc.integer({ min: 1, max: 7 });

test('every block stands inside its column, and the tracks of a day do not touch', () => {
  fc.assert(
    fc.property(fc.array(anyBlock, { maxLength: 30 }), anyWeekday, (blocks, firstWeekday) => {
      const week = layOutWeek(blocks, firstWeekday);
      const placed = week.days.flatMap((day) => day.blocks);
      expect(placed).toHaveLength(blocks.length);
      for (const { top, height, left, width } of placed) {
        expect(top).toBeGreaterThanOrEqual(0);
        expect(top + height).toBeLessThanOrEqual(1 + 1e-9);
        expect(left + width).toBeLessThanOrEqual(1 + 1e-9);
      }
    }),
  );
});

test('a week without blocks shows five days from eight to two', () => {
  const { days: shown, hours } = layOutWeek([], 1);
  expect(shown.map(({ day }) => day)).toEqual(days.slice(0, 5));
  expect(hours).toEqual([8, 9, 10, 11, 12, 13, 14]);
});

test.each([
  [1, 'monday tuesday wednesday thursday friday'],
  [7, 'monday tuesday wednesday thursday friday'],
  [4, 'thursday friday monday tuesday wednesday'],
])('a week from day %i on without blocks shows %s', (firstWeekday, shown) => {
  expect(
    layOutWeek([], firstWeekday)
      .days.map(({ day }) => day)
      .join(' '),
  ).toBe(shown);
});

test('a week with blocks on all days begins with the day that is wished and has each of them once', () => {
  fc.assert(
    fc.property(anyWeekday, (firstWeekday) => {
      const blocks = days.flatMap((day) =>
        fc.sample(anyBlock, 1).map((block) => ({ ...block, day })),
      );
      const shown = layOutWeek(blocks, firstWeekday).days.map(({ day }) => day);
      expect(shown).toEqual(daysFrom(firstWeekday));
      expect(shown[0]).toBe(days[firstWeekday - 1]);
      expect(new Set(shown).size).toBe(7);
    }),
  );
});
