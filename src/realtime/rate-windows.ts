import type { RateWindow } from './rate-limiter.ts';

/** Requests per time, several separated by commas, such as `120/1m,300/10m`, or `off`. */
export const rateWindowsPattern =
  /^(off|[1-9]\d{0,6}\/[1-9]\d{0,3}[smhd](,[1-9]\d{0,6}\/[1-9]\d{0,3}[smhd]){0,3})$/;

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** Windows of a text that matches `rateWindowsPattern`, the shortest first; none for `off`. */
export function parseRateWindows(text: string): RateWindow[] {
  if (text === 'off') return [];
  const windows = text.split(',').map((part) => {
    const [, points, count, unit] = /^(\d+)\/(\d+)([smhd])$/.exec(part) ?? [];
    return { points: Number(points), seconds: Number(count) * (unitSeconds[unit ?? ''] ?? 0) };
  });
  return windows.toSorted((one, other) => one.seconds - other.seconds);
}
