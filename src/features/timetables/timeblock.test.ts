import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAppError } from '#kernel/app-error.ts';
import type { NewTimeblock } from './timeblock.ts';
import { checkBlocks, dayName, dayNames, dayNumber, minuteOf } from './timeblock.ts';

function block(change: Partial<NewTimeblock> = {}): NewTimeblock {
  return {
    dayOfWeek: 1,
    track: 0,
    startTime: '08:00',
    endTime: '08:45',
    name: 'Maths',
    notes: null,
    color: '#3b82f6',
    position: 0,
    metadata: {},
    ...change,
  };
}

function problemOf(blocks: readonly NewTimeblock[]): unknown {
  try {
    checkBlocks(blocks);
    return null;
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { code: error.code, field: error.details?.['field'], index: error.details?.['index'] };
  }
}

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

test('days have their ISO numbers', () => {
  expect(dayNames.map(dayNumber)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect([1, 2, 3, 4, 5, 6, 7].map(dayName)).toEqual([...dayNames]);
});

test('every minute of a day is read, and nothing else', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1439 }), (minute) => {
      expect(minuteOf(clock(minute))).toBe(minute);
    }),
  );
  for (const text of ['24:00', '8:00', '08:60', '25:00', '08:00:00', ' 08:00', '08.00', '']) {
    expect(minuteOf(text)).toBeNull();
  }
  expect([minuteOf('24:00', true), minuteOf('24:01', true)]).toEqual([1440, null]);
});

describe('rules of a block', () => {
  test.each([
    [{ name: '' }, 'name'],
    [{ name: ' x' }, 'name'],
    [{ name: 'x\u00a0' }, 'name'],
    [{ name: 'a\nb' }, 'name'],
    [{ name: 'x'.repeat(256) }, 'name'],
    [{ name: '\ud83d' }, 'name'],
    [{ startTime: '8:00' }, 'startTime'],
    [{ startTime: '24:00' }, 'startTime'],
    [{ endTime: '8:45' }, 'endTime'],
    [{ endTime: '08:04' }, 'endTime'],
    [{ endTime: '08:00' }, 'endTime'],
    [{ endTime: '16:01' }, 'endTime'],
    [{ endTime: '07:00' }, 'endTime'],
    [{ notes: 'x'.repeat(2001) }, 'notes'],
    [{ notes: 'a\0b' }, 'notes'],
    [{ color: 'red' }, 'color'],
    [{ color: '#fff' }, 'color'],
  ])('%j is refused by its field', (change, field) => {
    expect(problemOf([block(change)])).toMatchObject({ code: 'timeblock.invalid', field });
    expect(problemOf([block(), block({ dayOfWeek: 2, ...change })])).toMatchObject({ index: 1 });
  });

  test.each([
    { name: '😀'.repeat(255) },
    { endTime: '16:00' },
    { endTime: '08:05' },
    { startTime: '23:00', endTime: '24:00' },
    { color: '#AABBCC' },
    { notes: '' },
  ])('%j is accepted', (change) => {
    expect(problemOf([block(change)])).toBeNull();
  });

  test('a timetable has at most 1000 blocks', () => {
    expect(problemOf(Array.from({ length: 1001 }, () => block()))).toMatchObject({
      field: 'blocks',
    });
  });
});

describe('overlaps', () => {
  test('the error names both blocks', () => {
    const blocks = [block(), block({ name: 'Music', startTime: '08:30', endTime: '09:15' })];
    expect(() => checkBlocks(blocks.toReversed())).toThrow(
      '"Maths" (monday 08:00–08:45) and "Music" (monday 08:30–09:15) are at the same time.',
    );
  });

  test('are found exactly when two blocks of a day and track share a minute', () => {
    const any = fc
      .record({
        dayOfWeek: fc.integer({ min: 1, max: 2 }),
        track: fc.integer({ min: 0, max: 1 }),
        start: fc.integer({ min: 0, max: 60 }),
        length: fc.integer({ min: 1, max: 12 }),
      })
      .map(({ start, length, ...place }) =>
        block({ ...place, startTime: clock(start * 10), endTime: clock((start + length) * 10) }),
      );
    fc.assert(
      fc.property(fc.array(any, { maxLength: 12 }), (blocks) => {
        const shares = (a: NewTimeblock, b: NewTimeblock): boolean =>
          a.dayOfWeek === b.dayOfWeek &&
          a.track === b.track &&
          a.startTime < b.endTime &&
          b.startTime < a.endTime;
        const expected = blocks.some((a, i) => blocks.some((b, j) => i < j && shares(a, b)));
        expect(problemOf(blocks) !== null).toBe(expected);
      }),
    );
  });
});
