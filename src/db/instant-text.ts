/**
 * An instant as PostgreSQL reads it, in UTC with milliseconds. Unlike `toISOString` it writes years
 * before 1 and after 9999 in PostgreSQL's way. Throws RangeError for an invalid Date.
 */
export function formatInstant(instant: Date): string {
  const iso = instant.toISOString();
  if (iso.length === 24) return iso.startsWith('0000') ? beforeChrist(iso, 0) : iso;
  const year = Number(iso.slice(0, 7));
  return year <= 0 ? beforeChrist(iso, year) : iso.replace(/^\+0*/, '');
}

function beforeChrist(iso: string, year: number): string {
  return `${String(1 - year).padStart(4, '0')}${iso.slice(iso.length - 20)} BC`;
}

const instantPattern =
  /^(\d{4,6})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?([+-])(\d\d)(?::(\d\d))?(?::(\d\d))?( BC)?$/;

/**
 * A Date from the text of a timestamptz (DateStyle ISO, any session time zone). Microseconds are cut
 * to milliseconds. Throws RangeError for `infinity` and for what a Date cannot hold.
 */
export function parseInstant(text: string): Date {
  return parseUsual(text) ?? parseAny(text);
}

/** Of the years 1000 to 9999 in UTC, as our sessions ask for it: in half the time, and lists are full of them. */
function parseUsual(text: string): Date | undefined {
  if (text.charAt(4) !== '-' || !text.endsWith('+00')) return undefined;
  const milliseconds = Date.parse(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`);
  return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds);
}

function parseAny(text: string): Date {
  const parts = instantPattern.exec(text);
  if (parts === null) throw new RangeError(`"${text}" is not an instant that a Date can hold`);
  const [, year, month, day, hour, minute, second, fraction = '', sign] = parts;
  const [offsetHours, offsetMinutes, offsetSeconds, bc] = parts.slice(9);
  const offset =
    Number(offsetHours) * 3600 + Number(offsetMinutes ?? 0) * 60 + Number(offsetSeconds ?? 0);
  const instant = new Date(0);
  instant.setUTCFullYear(
    bc === undefined ? Number(year) : 1 - Number(year),
    Number(month) - 1,
    Number(day),
  );
  instant.setUTCHours(
    Number(hour),
    Number(minute),
    Number(second) - (sign === '-' ? -offset : offset),
    Math.floor(Number(fraction.padEnd(6, '0')) / 1000),
  );
  if (Number.isNaN(instant.getTime())) throw new RangeError(`"${text}" is too far for a Date`);
  return instant;
}
