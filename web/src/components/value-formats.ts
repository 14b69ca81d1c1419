import { readLocale } from '#app/locale.ts';

const byteUnits = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** A size in bytes as a short text, in steps of 1024 as the limits of the server: "4.2 MiB". */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let step = 0;
  while (value >= 1023.5 && step < byteUnits.length - 1) {
    value /= 1024;
    step += 1;
  }
  const digits = step > 1 && value < 10 ? 1 : 0;
  const number = new Intl.NumberFormat(readLocale(), { maximumFractionDigits: digits }).format(
    value,
  );
  return `${number} ${byteUnits[step] ?? ''}`;
}

/** A fraction 0..1 as a percent; never rounds up to 100 % what is below it. */
export function formatPercent(fraction: number): string {
  return `${fraction >= 1 ? 100 : Math.min(99, Math.round(fraction * 100))} %`;
}

export function formatCount(value: number): string {
  return new Intl.NumberFormat(readLocale()).format(value);
}

/** A rate with one digit below ten. */
export function formatRate(perSecond: number): string {
  return new Intl.NumberFormat(readLocale(), {
    maximumFractionDigits: perSecond < 10 ? 1 : 0,
  }).format(perSecond);
}

/** A span of seconds as "8 s", "3 min", "1 h 20 min". */
export function formatSeconds(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}

/** A span of milliseconds: "12 ms", "3.4 s". */
export function formatMilliseconds(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : formatSeconds(ms / 1000);
}

/** How long ago an instant was, or its date when that is more than a week. */
export function formatAgo(instant: string, now: Date): string {
  const seconds = (new Date(instant).getTime() - now.getTime()) / 1000;
  const ago = new Intl.RelativeTimeFormat(readLocale(), { numeric: 'auto' });
  if (seconds > -45) return ago.format(0, 'second');
  if (seconds > -3600) return ago.format(Math.round(seconds / 60), 'minute');
  if (seconds > -86_400) return ago.format(Math.round(seconds / 3600), 'hour');
  if (seconds > -7 * 86_400) return ago.format(Math.round(seconds / 86_400), 'day');
  return formatDay(instant);
}

/** A day of universal time, such as 2026-01-05, without moving it into the zone of the reader: "Jan 5, 2026". */
export function formatUtcDay(date: string): string {
  return new Intl.DateTimeFormat(readLocale(), { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(date),
  );
}

/** Date and time to the second, in the zone of the reader. */
export function formatInstant(instant: string): string {
  return new Intl.DateTimeFormat(readLocale(), { dateStyle: 'medium', timeStyle: 'medium' }).format(
    new Date(instant),
  );
}

/** The day of an instant, in the zone of the reader: "Jan 5, 2026". */
export function formatDay(instant: string): string {
  return new Intl.DateTimeFormat(readLocale(), { dateStyle: 'medium' }).format(new Date(instant));
}
