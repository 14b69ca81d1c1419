import type { Timeblock } from '#api/api-model.ts';

export const days = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const satisfies readonly Timeblock['day'][];
export type Day = (typeof days)[number];

const weekend: ReadonlySet<Day> = new Set(['saturday', 'sunday']);

export interface PlacedBlock {
  block: Timeblock;
  /** Fractions of the day's column. */
  top: number;
  height: number;
  left: number;
  width: number;
}

export interface WeekLayout {
  /** Whole hours at which lines are drawn, the first and the last at the edges. */
  hours: number[];
  days: { day: Day; blocks: PlacedBlock[] }[];
}

/** Minutes since midnight. */
export function minuteOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}

/** The days of a week that begins with the day of this number: 1 is Monday, 7 is Sunday (ISO 8601). */
export function daysFrom(firstWeekday: number): Day[] {
  return [...days.slice(firstWeekday - 1), ...days.slice(0, firstWeekday - 1)];
}

/**
 * Where the blocks of a week stand: time runs downwards from the first hour to the last, the tracks of a day stand
 * side by side; the days begin with that of the number `firstWeekday`. Saturday and Sunday are left out while they are
 * empty.
 */
export function layOutWeek(blocks: readonly Timeblock[], firstWeekday: number): WeekLayout {
  const starts = blocks.map(({ startTime }) => Math.floor(minuteOf(startTime) / 60));
  const ends = blocks.map(({ endTime }) => Math.ceil(minuteOf(endTime) / 60));
  const first = Math.min(8, ...starts);
  const last = Math.max(first + 6, ...ends);
  const shown = daysFrom(firstWeekday).filter(
    (day) => !weekend.has(day) || blocks.some((block) => block.day === day),
  );
  return {
    hours: Array.from({ length: last - first + 1 }, (_, index) => first + index),
    days: shown.map((day) => ({
      day,
      blocks: placeDay(
        blocks.filter((block) => block.day === day),
        first * 60,
        (last - first) * 60,
      ),
    })),
  };
}

function placeDay(blocks: readonly Timeblock[], from: number, length: number): PlacedBlock[] {
  const tracks = [...new Set(blocks.map(({ track }) => track))].sort((a, b) => a - b);
  return blocks.map((block) => ({
    block,
    top: (minuteOf(block.startTime) - from) / length,
    height: block.duration / length,
    left: tracks.indexOf(block.track) / tracks.length,
    width: 1 / tracks.length,
  }));
}
