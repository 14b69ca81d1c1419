/** Minutes since midnight; the end is null where only a start is written. */
export interface TimeSpan {
  start: number;
  end: number | null;
}

const hour = String.raw`([01]?\d|2[0-4])`;
const minute = String.raw`(?:\s?[:.h]\s?([0-5]\d)?)`;
const half = String.raw`(?:\s?([ap])\.?m\b\.?)?`;
const time = String.raw`${hour}(?:${minute})?${half}`;
const dash = String.raw`\s*(?:-|–|—|−|to|till|until|bis|à|a)\s*`;
const spanPattern = new RegExp(String.raw`(?<![\d:.,])${time}${dash}${time}(?![\d:.]*\d)`, 'iu');
const startPattern = new RegExp(String.raw`^\W*${hour}${minute}${half}(?![\d:.]*\d)`, 'iu');
const bareStart = new RegExp(String.raw`^\W*${hour}\s?([ap])\.?m\b`, 'iu');

/** A span of time or a start as timetables write them: `08:45 - 09:30`, `9.00–9.45`, `1 pm`. null without one. */
export function readTimeSpan(text: string): TimeSpan | null {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  const span = spanPattern.exec(line);
  if (span !== null && isWritten(span)) return readSpan(span);
  const [, bareHour, bareHalf] = bareStart.exec(line) ?? [];
  if (bareHour !== undefined) return startAt(minutesOf(bareHour, undefined, bareHalf));
  const [whole, startHour = '', startMinute, startHalf] = startPattern.exec(line) ?? [];
  return whole === undefined ? null : startAt(minutesOf(startHour, startMinute, startHalf));
}

/** `1 - 2` is no span of time: somewhere must be a minute or a half of the day. */
function isWritten(span: RegExpExecArray): boolean {
  return span.slice(1).some((part, index) => index % 3 !== 0 && part !== undefined);
}

function readSpan([, ...parts]: RegExpExecArray): TimeSpan | null {
  const [hour1 = '', minute1, half1, hour2 = '', minute2, half2] = parts;
  const end = minutesOf(hour2, minute2, half2);
  // `9 - 10 am`: the half of the day is written once, behind both.
  const start = minutesOf(hour1, minute1, half1 ?? (half2 === 'a' ? 'a' : undefined));
  if (start === null || end === null) return null;
  return { start, end };
}

function startAt(start: number | null): TimeSpan | null {
  return start === null ? null : { start, end: null };
}

function minutesOf(hours: string, minutes = '0', halfOfDay?: string): number | null {
  const written = Number(hours);
  const isTwelve = halfOfDay !== undefined && written <= 12;
  const shift = halfOfDay?.toLowerCase() === 'p' ? 12 : 0;
  const total = (isTwelve ? (written % 12) + shift : written) * 60 + Number(minutes);
  return total <= 24 * 60 ? total : null;
}

const noon = 12 * 60;

/**
 * Puts the times of one axis into order: what goes back behind noon without being said to be in the afternoon is,
 * as in 11:30, 12:15, 1:00. Tells how many times were moved.
 */
export function inDayOrder(spans: readonly (TimeSpan | null)[]): {
  spans: (TimeSpan | null)[];
  moved: number;
} {
  let last = 0;
  let moved = 0;
  const ordered = spans.map((span) => {
    if (span === null) return null;
    const later = (value: number): number => {
      const isBefore = value < last && value + noon <= 24 * 60 && value < noon;
      if (isBefore) moved += 1;
      last = isBefore ? value + noon : Math.max(last, value);
      return isBefore ? value + noon : value;
    };
    const start = later(span.start);
    const end = span.end === null ? null : later(span.end);
    // The next one may begin before this one ends, in another column of times.
    last = start;
    return { start, end };
  });
  return { spans: ordered, moved };
}
