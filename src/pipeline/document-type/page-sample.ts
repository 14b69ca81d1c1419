import type { PageReading } from '../page-reading.ts';

/** What type and language are found by: a page as it was read. */
export type PageSample = Pick<
  PageReading,
  'number' | 'widthPt' | 'heightPt' | 'words' | 'text' | 'zones'
>;

/** What a document is shows on its first pages … */
const firstPages = 3;

/**
 * … and on its last one, where totals and signatures stand. Ranges of page numbers, 1-based and
 * inclusive, so that a thousand pages cost no more than four.
 */
export function sampledRanges(pageCount: number): { from: number; to: number }[] {
  if (pageCount < 1) return [];
  const first = { from: 1, to: Math.min(firstPages, pageCount) };
  return pageCount > firstPages ? [first, { from: pageCount, to: pageCount }] : [first];
}

/** Whether a page is one of those that type and language are found by. */
export function isSampled(number: number, pageCount: number): boolean {
  return sampledRanges(pageCount).some(({ from, to }) => number >= from && number <= to);
}
