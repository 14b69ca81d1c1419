import { AppError } from '#kernel/app-error.ts';
import type { TimeblockId } from '#kernel/ids.ts';
import { nameProblem } from './shown-name.ts';

/** ISO 8601: Monday is 1. The names are for people and for the API; inside, days are numbers. */
export const dayNames = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
export type DayName = (typeof dayNames)[number];

export function dayNumber(name: DayName): number {
  return dayNames.indexOf(name) + 1;
}

export function dayName(number: number): DayName {
  return dayNames[number - 1] ?? 'monday';
}

/** A block that is not stored yet. Times are `HH:MM`; an end may be `24:00`. */
export interface NewTimeblock {
  dayOfWeek: number;
  track: number;
  startTime: string;
  endTime: string;
  name: string;
  notes: string | null;
  /** `#` and six hex digits. */
  color: string;
  position: number;
  /** A JSON object. */
  metadata: unknown;
}

export interface Timeblock extends NewTimeblock {
  id: TimeblockId;
  /** Minutes. */
  duration: number;
}

export const defaultColor = '#3b82f6';
export const maxBlocks = 1_000;
const shortest = 5;
const longest = 8 * 60;

/** Minutes since midnight; null for what is no time of a day. `24:00` is one only as an end. */
export function minuteOf(time: string, isEnd = false): number | null {
  if (isEnd && time === '24:00') return 24 * 60;
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
  return hours === undefined || minutes === undefined ? null : Number(hours) * 60 + Number(minutes);
}

export function timeblockNotFound(id: string): AppError {
  return new AppError('timeblock.not_found', `The timetable has no block ${id}.`);
}

/** `index` counts from 0 in the list that was sent; null for a single block. */
export function timeblockInvalid(field: string, message: string, index: number | null = null) {
  const which = index === null ? '' : `Block ${index + 1}: `;
  return new AppError('timeblock.invalid', which + message, {
    details: { field, ...(index !== null && { index }) },
  });
}

/**
 * What the schema would refuse as well, said before anything is sent. Throws `timeblock.invalid` for the first
 * block that breaks a rule, `timeblock.overlap` for two at the same time.
 */
export function checkBlocks(blocks: readonly NewTimeblock[]): void {
  if (blocks.length > maxBlocks) {
    throw timeblockInvalid('blocks', `A timetable has at most ${maxBlocks} blocks.`);
  }
  for (const [index, block] of blocks.entries()) {
    checkBlock(block, blocks.length === 1 ? null : index);
  }
  checkOverlaps(blocks);
}

/** Throws `timeblock.invalid`. */
export function checkBlock(block: NewTimeblock, index: number | null): void {
  const refuse = (field: string, message: string): AppError =>
    timeblockInvalid(field, message, index);
  const problem = nameProblem(block.name);
  if (problem !== null) throw refuse('name', `The name of a block ${problem}.`);
  const start = minuteOf(block.startTime);
  if (start === null) throw refuse('startTime', 'A block starts at a time from 00:00 to 23:59.');
  const end = minuteOf(block.endTime, true);
  if (end === null) throw refuse('endTime', 'A block ends at a time from 00:01 to 24:00.');
  if (end - start < shortest || end - start > longest) {
    throw refuse('endTime', 'A block lasts from 5 minutes to 8 hours and ends on the same day.');
  }
  if (block.notes !== null) checkNotes(block.notes, refuse);
  if (!/^#[0-9a-fA-F]{6}$/.test(block.color)) {
    throw refuse('color', 'A colour is written as # and six hex digits, such as #3b82f6.');
  }
}

function checkNotes(notes: string, refuse: (field: string, message: string) => AppError): void {
  if (Array.from(notes).length > 2_000)
    throw refuse('notes', 'Notes have at most 2000 characters.');
  if (notes.includes('\0') || !notes.isWellFormed()) {
    throw refuse('notes', 'Notes hold a character that cannot be stored.');
  }
}

/** Throws `timeblock.overlap` naming the first two blocks of one day and track that are at the same time. */
export function checkOverlaps(blocks: readonly NewTimeblock[]): void {
  const sorted = blocks
    .map((block) => ({ block, start: minuteOf(block.startTime) ?? 0 }))
    .sort(
      (a, b) =>
        a.block.dayOfWeek - b.block.dayOfWeek || a.block.track - b.block.track || a.start - b.start,
    );
  for (const [index, { block, start }] of sorted.entries()) {
    const before = sorted[index - 1]?.block;
    const isBeside = before?.dayOfWeek === block.dayOfWeek && before.track === block.track;
    if (isBeside && (minuteOf(before.endTime, true) ?? 0) > start) throw overlap(before, block);
  }
}

function overlap(one: NewTimeblock, other: NewTimeblock): AppError {
  return new AppError(
    'timeblock.overlap',
    `${describe(one)} and ${describe(other)} are at the same time. Move one of them, or put it into another track.`,
    { details: { field: 'startTime', blocks: [one, other].map(shortOf) } },
  );
}

function describe({ name, dayOfWeek, startTime, endTime }: NewTimeblock): string {
  return `"${name}" (${dayName(dayOfWeek)} ${startTime}–${endTime})`;
}

function shortOf({ name, dayOfWeek, track, startTime, endTime }: NewTimeblock) {
  return { name, day: dayName(dayOfWeek), track, startTime, endTime };
}
