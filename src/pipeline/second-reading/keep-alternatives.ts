import type { Box } from '#kernel/word.ts';
import type { PageReading } from '../page-reading.ts';
import type { RejectedReading } from './merge-readings.ts';

/** A page whose zones hold the readings of their parts that were not taken. */
export function withAlternatives(
  reading: PageReading,
  rejected: readonly RejectedReading[],
): PageReading {
  if (rejected.length === 0) return reading;
  const zones = reading.zones.map((zone) => ({ ...zone }));
  for (const { box, text, confidence } of rejected) {
    const [home] = zones.toSorted((a, b) => sharedArea(b, box) - sharedArea(a, box));
    if (home === undefined || sharedArea(home, box) === 0) continue;
    const alternatives = [...(home.data?.alternatives ?? []), { ...box, text, confidence }];
    home.data = { ...home.data, alternatives };
  }
  return { ...reading, zones };
}

function sharedArea(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}
