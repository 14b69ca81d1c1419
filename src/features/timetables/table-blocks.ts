import type { TableCell, TableData } from '#pipeline/zone-data.ts';
import { readDay } from './table-days.ts';
import type { TimeSpan } from './table-times.ts';
import { inDayOrder, readTimeSpan } from './table-times.ts';
import type { NewTimeblock } from './timeblock.ts';
import { checkBlock, checkOverlaps, dayName, defaultColor } from './timeblock.ts';

/** What a table says about a week, and why it was read so. */
export interface TableWeek {
  blocks: NewTimeblock[];
  /** The rules that were followed, as sentences. */
  reasons: string[];
  /** Texts of the table that became no block. */
  leftOut: { text: string; why: string }[];
}

/** Days along one side of the table, times along the other. */
interface Axes {
  daysAcross: boolean;
  /** Column (or row, when the days run down) → ISO day. */
  days: Map<number, number>;
  /** Row (or column) → time. */
  times: Map<number, TimeSpan>;
  /** The row or column that names the days. */
  dayLine: number;
  moved: number;
}

/**
 * Reads a table as the week of a timetable: one side names days, the other times, and every other cell with a text is
 * a lesson on the days and times that it covers. null when the table has no two days or no time.
 */
export function readTableWeek(table: TableData): TableWeek | null {
  const axes = readAxes(table, true) ?? readAxes(table, false);
  if (axes === null) return null;
  const week: TableWeek = { blocks: [], reasons: reasonsOf(axes), leftOut: [] };
  for (const cell of table.cells) {
    if (cell.text.trim() !== '' && !isAxisCell(cell, axes)) placeCell(cell, axes, week);
  }
  return week.blocks.length === 0 ? null : week;
}

/** The place of a cell along the days and along the times. */
function along(cell: TableCell, daysAcross: boolean) {
  return daysAcross
    ? { day: cell.column, daySpan: cell.columnSpan, time: cell.row, timeSpan: cell.rowSpan }
    : { day: cell.row, daySpan: cell.rowSpan, time: cell.column, timeSpan: cell.columnSpan };
}

function readAxes(table: TableData, daysAcross: boolean): Axes | null {
  const named = table.cells.flatMap((cell) => {
    const day = readDay(cell.text);
    const at = along(cell, daysAcross);
    return day === null || at.time > 3 ? [] : [{ ...at, isoDay: day }];
  });
  const lines = [...Map.groupBy(named, ({ time }) => time)].sort(
    ([, a], [, b]) => b.length - a.length,
  );
  const [dayLine, heads] = lines[0] ?? [];
  if (dayLine === undefined || heads === undefined) return null;
  const days = new Map<number, number>();
  for (const { day, daySpan, isoDay } of heads) {
    for (let place = day; place < day + daySpan; place += 1) days.set(place, isoDay);
  }
  if (new Set(days.values()).size < 2) return null;
  const { times, moved } = readTimes(table, daysAcross, days, dayLine);
  return times.size === 0 ? null : { daysAcross, days, times, dayLine, moved };
}

/** The times stand in the cells before the first day. */
function readTimes(
  table: TableData,
  daysAcross: boolean,
  days: ReadonlyMap<number, number>,
  dayLine: number,
): { times: Map<number, TimeSpan>; moved: number } {
  const length = daysAcross ? table.rows : table.columns;
  const found: (TimeSpan | null)[] = Array.from({ length }, () => null);
  for (const cell of table.cells) {
    const { day, time } = along(cell, daysAcross);
    if (days.has(day) || (daysAcross && time <= dayLine)) continue;
    found[time] ??= readTimeSpan(cell.text);
  }
  const { spans, moved } = inDayOrder(found);
  const times = new Map<number, TimeSpan>();
  for (const [place, span] of spans.entries()) {
    // A start alone lasts until the next one.
    const next = spans.slice(place + 1).find((later) => later !== null)?.start ?? null;
    if (span !== null) times.set(place, { start: span.start, end: span.end ?? next });
  }
  return { times, moved };
}

function reasonsOf({ daysAcross, days, times, moved }: Axes): string[] {
  const names = [...new Set(days.values())].map(dayName).join(', ');
  return [
    `The ${daysAcross ? 'columns' : 'rows'} are days: ${names}.`,
    `${times.size} ${daysAcross ? 'rows' : 'columns'} have a time.`,
    ...(moved > 0 ? [`${moved} times that go back were taken for the afternoon.`] : []),
  ];
}

function isAxisCell(cell: TableCell, { daysAcross, days, dayLine }: Axes): boolean {
  const { day, daySpan, time, timeSpan } = along(cell, daysAcross);
  const isOutside = !Array.from({ length: daySpan }, (_, n) => days.has(day + n)).includes(true);
  const isHead = time <= dayLine && dayLine < time + timeSpan;
  // Above the days there are only titles.
  return isOutside || isHead || time < dayLine;
}

function placeCell(cell: TableCell, axes: Axes, week: TableWeek): void {
  const { day, daySpan, time, timeSpan } = along(cell, axes.daysAcross);
  const own = readTimeSpan(cell.text.split('\n')[0] ?? '');
  const ownEnd = own?.end ?? null;
  const first = axes.times.get(time);
  const last = axes.times.get(time + timeSpan - 1) ?? first;
  const [start, end] =
    own !== null && ownEnd !== null ? [own.start, ownEnd] : [first?.start, last?.end ?? null];
  const text = cell.text.replaceAll(/\s+/g, ' ').trim();
  if (start === undefined || end === null) {
    week.leftOut.push({ text, why: 'its row or column has no time with an end' });
    return;
  }
  const isoDays = new Set(
    Array.from({ length: daySpan }, (_, n) => axes.days.get(day + n)).filter(
      (d) => d !== undefined,
    ),
  );
  for (const isoDay of isoDays) {
    tryToAdd(week, { ...lessonOf(cell.text), ...whenOf(isoDay, start, end) }, text);
  }
}

function whenOf(dayOfWeek: number, start: number, end: number) {
  return { dayOfWeek, startTime: clockOf(start), endTime: clockOf(end) };
}

function clockOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

const room = /^(?:rooms?|rm\.?|raum|zimmer|salle|sala|aula|lokaal|lab)\b/iu;

/** The first line that is no time is the name; the rest are notes, and a line that says so is the room. */
function lessonOf(text: string): Omit<NewTimeblock, 'dayOfWeek' | 'startTime' | 'endTime'> {
  const lines = text
    .split('\n')
    .map((line) => line.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim())
    .filter((line) => line !== '');
  const said =
    lines.length > 1 ? lines.filter((line, n) => n > 0 || readTimeSpan(line) === null) : lines;
  const [name = text.trim(), ...rest] = said;
  const place = rest.find((line) => room.test(line));
  return {
    track: 0,
    name: Array.from(name).slice(0, 255).join('').trim(),
    notes: rest.length === 0 ? null : rest.join('\n').slice(0, 2_000),
    color: defaultColor,
    position: 0,
    metadata: place === undefined ? {} : { room: place },
  };
}

/** A block that breaks a rule is left out, and the others stay. */
function tryToAdd(week: TableWeek, block: NewTimeblock, text: string): void {
  try {
    checkBlock(block, null);
    checkOverlaps([...week.blocks, block]);
    week.blocks.push(block);
  } catch (error) {
    week.leftOut.push({ text, why: error instanceof Error ? error.message : String(error) });
  }
}
