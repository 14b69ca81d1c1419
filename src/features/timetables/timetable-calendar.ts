import type { Timeblock } from './timeblock.ts';
import type { Timetable } from './timetable.ts';

/**
 * A timetable as iCalendar (RFC 5545): each block is an event that is repeated every week from the first week on.
 * The times are floating, as those on a wall are: they stand at the same hour in any zone.
 */
export function writeCalendar(timetable: Timetable & { blocks: readonly Timeblock[] }): string {
  const monday = firstMonday(timetable);
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Docmill//Timetable//EN',
    `X-WR-CALNAME:${escapeText(timetable.name)}`,
    `X-WR-TIMEZONE:${escapeText(timetable.timezone)}`,
    ...timetable.blocks.flatMap((block) => eventLines(block, monday, timetable.updatedAt)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${foldLine(line)}\r\n`).join('');
}

function eventLines(block: Timeblock, monday: Date, stamp: Date): string[] {
  const day = new Date(monday.getTime() + (block.dayOfWeek - 1) * dayMs);
  const notes = block.notes === null ? [] : [`DESCRIPTION:${escapeText(block.notes)}`];
  const room = textIn(block.metadata, 'room');
  return [
    'BEGIN:VEVENT',
    `UID:${block.id}@docmill`,
    `DTSTAMP:${compact(stamp.toISOString().slice(0, 19))}Z`,
    `DTSTART:${compact(`${isoDay(day)}T${block.startTime}:00`)}`,
    `DURATION:PT${block.duration}M`,
    'RRULE:FREQ=WEEKLY',
    `SUMMARY:${escapeText(block.name)}`,
    ...notes,
    ...(room === null ? [] : [`LOCATION:${escapeText(room)}`]),
    'END:VEVENT',
  ];
}

const dayMs = 86_400_000;

/** Monday of the week the timetable begins in; without a begin, of the week that holds 1 January of its year. */
function firstMonday({ weekStartDate, year }: Timetable): Date {
  const day = new Date(`${weekStartDate ?? `${year}-01-01`}T00:00:00Z`);
  return new Date(day.getTime() - ((day.getUTCDay() + 6) % 7) * dayMs);
}

function isoDay(day: Date): string {
  return day.toISOString().slice(0, 10);
}

/** A date and time without its marks. */
function compact(text: string): string {
  return text.replaceAll(/[-:]/g, '');
}

function textIn(metadata: unknown, key: string): string | null {
  if (typeof metadata !== 'object' || metadata === null) return null;
  const value: unknown = Object.getOwnPropertyDescriptor(metadata, key)?.value;
  return typeof value === 'string' && value !== '' ? value : null;
}

function escapeText(text: string): string {
  return text
    .replaceAll(/[\\;,]/g, String.raw`\$&`)
    .replaceAll(/\r\n?|\n/g, String.raw`\n`)
    .replaceAll(/[\p{Cc}]/gu, '');
}

/** Lines have at most 75 bytes; a longer one goes on behind a line break and a space. */
function foldLine(line: string): string {
  let folded = '';
  let length = 0;
  for (const character of line) {
    const bytes = Buffer.byteLength(character);
    if (length + bytes > 75) {
      folded += '\r\n ';
      length = 1;
    }
    folded += character;
    length += bytes;
  }
  return folded;
}
