import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TableData } from '#pipeline/zone-data.ts';
import { readTableWeek } from './table-blocks.ts';
import { readDay } from './table-days.ts';
import { inDayOrder, readTimeSpan } from './table-times.ts';
import { checkBlocks, dayName } from './timeblock.ts';

/** A table of texts; `>` continues the cell at its left, `^` the one above. */
function tableOf(rows: readonly (readonly string[])[]): TableData {
  const columns = rows[0]?.length ?? 0;
  const cells = rows.flatMap((texts, row) =>
    texts.flatMap((text, column) => {
      if (text === '>' || text === '^') return [];
      let [columnSpan, rowSpan] = [1, 1];
      while (texts[column + columnSpan] === '>') columnSpan += 1;
      while (rows[row + rowSpan]?.[column] === '^') rowSpan += 1;
      return [{ row, column, rowSpan, columnSpan, text, x: 0, y: 0, width: 0, height: 0 }];
    }),
  );
  return { rows: rows.length, columns, headerRows: 1, cells };
}

const read = (rows: readonly (readonly string[])[]) =>
  readTableWeek(tableOf(rows))?.blocks.map(
    ({ dayOfWeek, startTime, endTime, name }) =>
      `${dayName(dayOfWeek)} ${startTime}-${endTime} ${name}`,
  );

test.each([
  ['08:45 - 09:30', 525, 570],
  ['8.45–9.30', 525, 570],
  ['8h45 à 9h30', 525, 570],
  ['9:00 am - 1:15 pm', 540, 795],
  ['9-10 am', 540, 600],
  ['12:30-1:15 p.m.', 750, 795],
  ['Period 1 08:00-08:45', 480, 525],
  ['09:00', 540, null],
  ['9 am', 540, null],
  ['23:00-24:00', 1380, 1440],
])('%s is a time', (text, start, end) => {
  expect(readTimeSpan(text)).toEqual({ start, end });
});

test.each(['', 'Maths', 'Room 6', '1 - 2', '25:00', '3.5 %', '2026-08-31', '12'])(
  '%j is none',
  (text) => {
    expect(readTimeSpan(text)).toBeNull();
  },
);

test.each([
  ['Monday', 1],
  ['TUE', 2],
  ['Mittwoch 3.9.', 3],
  ['jeudi', 4],
  ['Fr', 5],
  ['sábado', 6],
  ['Sunday', 7],
])('%s is day %i', (text, day) => {
  expect(readDay(text)).toBe(day);
});

test.each(['', 'Maths', 'Do you like it here', 'Sundae'])('%j is no day', (text) => {
  expect(readDay(text)).toBeNull();
});

test('times that go back without a half of the day are in the afternoon', () => {
  const spans = ['11:30 - 12:15', '12:15 - 1:00', '1:00 - 1:45', '2:00'].map(readTimeSpan);
  expect(inDayOrder(spans)).toEqual({
    spans: [
      { start: 690, end: 735 },
      { start: 735, end: 780 },
      { start: 780, end: 825 },
      { start: 840, end: null },
    ],
    moved: 4,
  });
});

describe('a week', () => {
  test('with days across and cells over several days and hours', () => {
    expect(
      read([
        ['Time', 'Monday', 'Tuesday'],
        ['08:00 - 08:45', 'Maths\nRoom 6', 'Music'],
        ['08:45 - 09:30', 'Art', '^'],
        ['09:30 - 10:00', 'Break', '>'],
      ]),
    ).toEqual([
      'monday 08:00-08:45 Maths',
      'tuesday 08:00-09:30 Music',
      'monday 08:45-09:30 Art',
      'monday 09:30-10:00 Break',
      'tuesday 09:30-10:00 Break',
    ]);
  });

  test('with days down, a title above and only starts', () => {
    expect(
      read([
        ['Class 4b', '>', '>', '>'],
        ['', '8:00', '8:45', '9:30'],
        ['Mo', 'Mathe', 'Deutsch', ''],
        ['Di', 'Sport', '>', ''],
      ]),
    ).toEqual([
      'monday 08:00-08:45 Mathe',
      'monday 08:45-09:30 Deutsch',
      'tuesday 08:00-09:30 Sport',
    ]);
  });

  test('keeps notes and rooms, and says what it left out and why', () => {
    const week = readTableWeek(
      tableOf([
        ['', 'Mon', 'Tue'],
        ['08:00-08:45', 'Maths\nRoom 6\nMs Lee', '08:00-08:03\nRoll call'],
        ['later', 'Choir', ''],
      ]),
    );
    expect(week?.blocks).toMatchObject([
      { name: 'Maths', notes: 'Room 6\nMs Lee', metadata: { room: 'Room 6' } },
    ]);
    expect(week?.reasons[0]).toBe('The columns are days: monday, tuesday.');
    expect(week?.leftOut).toEqual([
      { text: '08:00-08:03 Roll call', why: expect.stringContaining('5 minutes to 8 hours') },
      { text: 'Choir', why: 'its row or column has no time with an end' },
    ]);
  });

  test.each([
    [
      [
        ['Name', 'Price'],
        ['Tea', '2.50'],
      ],
    ],
    [
      [
        ['Time', 'Monday'],
        ['08:00-09:00', 'Maths'],
      ],
    ],
    [
      [
        ['', 'Monday', 'Tuesday'],
        ['first', 'Maths', 'Music'],
      ],
    ],
    [[]],
  ])('is not made of %j', (rows) => {
    expect(read(rows)).toBeUndefined();
  });

  test('whatever stands in the cells, the blocks keep all rules', () => {
    const text = fc.oneof(
      fc.constantFrom(
        'Monday',
        'Tue',
        '08:00-09:00',
        '9:30',
        '1:00 - 2:00',
        '',
        'Maths\nRoom 1',
        '^',
        '>',
      ),
      fc.string({ unit: 'binary', maxLength: 12 }),
    );
    const rows = fc
      .integer({ min: 1, max: 5 })
      .chain((width) =>
        fc.array(fc.array(text, { minLength: width, maxLength: width }), { maxLength: 6 }),
      );
    fc.assert(
      fc.property(rows, (texts) => {
        const week = readTableWeek(tableOf(texts));
        if (week !== null) checkBlocks(week.blocks);
      }),
      { numRuns: 500 },
    );
  });
});
