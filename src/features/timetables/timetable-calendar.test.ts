import { expect, test } from 'vitest';
import type { TimeblockId, TimetableId, UserId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { Timeblock } from './timeblock.ts';
import { writeCalendar } from './timetable-calendar.ts';

const timetable = {
  id: newId<TimetableId>(),
  ownerId: newId<UserId>(),
  name: 'Class 4b; spring, with a name that is far too long for a single line of a calendar, naïve',
  className: null,
  term: null,
  year: 2026,
  weekStartDate: '2026-09-02',
  timezone: 'Europe/Paris',
  status: 'active' as const,
  source: 'manual' as const,
  metadata: {},
  rowVersion: 1,
  createdAt: new Date(0),
  updatedAt: new Date('2026-01-02T03:04:05.678Z'),
  deletedAt: null,
};

const lesson: Timeblock = {
  id: newId<TimeblockId>(),
  dayOfWeek: 3,
  track: 0,
  startTime: '08:00',
  endTime: '08:45',
  duration: 45,
  name: 'Maths, part \\ 1',
  notes: 'Bring:\ncompass',
  color: '#3b82f6',
  position: 0,
  metadata: { room: 'A;1' },
};

test('a block becomes a weekly event on its weekday', () => {
  const lines = writeCalendar({ ...timetable, blocks: [lesson] }).split('\r\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'BEGIN:VCALENDAR',
      'DTSTAMP:20260102T030405Z',
      'DTSTART:20260902T080000',
      'DURATION:PT45M',
      'RRULE:FREQ=WEEKLY',
      String.raw`SUMMARY:Maths\, part \\ 1`,
      String.raw`DESCRIPTION:Bring:\ncompass`,
      String.raw`LOCATION:A\;1`,
      'END:VCALENDAR',
    ]),
  );
});

test('no line is longer than 75 bytes, and unfolded they say the same', () => {
  const text = writeCalendar({ ...timetable, blocks: [{ ...lesson, name: '😀é'.repeat(60) }] });
  const lengths = text.split('\r\n').map((line) => Buffer.byteLength(line));
  expect(Math.max(...lengths)).toBeLessThanOrEqual(75);
  expect(text.replaceAll('\r\n ', '')).toContain(`SUMMARY:${'😀é'.repeat(60)}\r\n`);
});

test('without a begin the first week is the one of 1 January', () => {
  const text = writeCalendar({ ...timetable, weekStartDate: null, blocks: [lesson] });
  expect(text).toContain('DTSTART:20251231T080000');
});
