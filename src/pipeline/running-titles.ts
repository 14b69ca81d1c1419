import type { PageReading } from './page-reading.ts';

/** A short zone near the upper or lower edge of a page, which may repeat on other pages. */
export interface EdgeZone {
  /** Number of its page, and its position there. */
  page: number;
  position: number;
  /** Upper and lower edge as fractions of the page. */
  top: number;
  bottom: number;
  text: string;
}

/** A zone that is a header or footer of its page. */
export interface RunningZone {
  page: number;
  position: number;
  kind: 'header' | 'footer';
}

/** Headers end, and footers begin, within this share of the page from its edge. */
export const edgeShare = 0.12;
/** Longer texts are no headers. */
export const mostEdgeCharacters = 200;
/** Larger headings open pages, they do not run over them. */
export const smallHeading = 3;
/** Pages whose headers are compared: left and right pages may differ, and chapters open without one. */
const farthestPages = 3;
/** The same place, as a share of the page's height. */
const samePlace = 0.02;

/** The zones of a page that findRunningZones wants. */
export function edgeZonesOf(page: Pick<PageReading, 'number' | 'zones'>): EdgeZone[] {
  return page.zones
    .filter(({ kind, content, data }) => {
      const level = data?.headingLevel ?? smallHeading;
      const isText = kind === 'text' || (kind === 'heading' && level >= smallHeading);
      return isText && content !== '' && content.length <= mostEdgeCharacters;
    })
    .map(({ position, y, height, content }) => ({
      page: page.number,
      position,
      top: y,
      bottom: y + height,
      text: content,
    }))
    .filter(({ top, bottom }) => bottom <= edgeShare || top >= 1 - edgeShare);
}

/**
 * Finds headers and footers: a zone at the edge of a page whose text stands in the same place of a page near by,
 * figures aside (so `Page 3 of 9` repeats `Page 2 of 9`). A bare number has to count on with the pages. Between it
 * and the edge there may be nothing but other headers or footers. `zones` in any order.
 */
export function findRunningZones(zones: readonly EdgeZone[]): RunningZone[] {
  const pages = Map.groupBy(zones, (zone) => zone.page);
  const found: RunningZone[] = [];
  for (const own of pages.values()) {
    const headers = own.filter((zone) => zone.bottom <= edgeShare).sort((a, b) => a.top - b.top);
    const footers = own
      .filter((zone) => zone.top >= 1 - edgeShare)
      .sort((a, b) => b.bottom - a.bottom);
    for (const [kind, group] of [['header', headers] as const, ['footer', footers] as const]) {
      for (const { page, position, ...zone } of group) {
        if (!repeats({ page, position, ...zone }, pages)) break;
        found.push({ page, position, kind });
      }
    }
  }
  return found;
}

function repeats(zone: EdgeZone, pages: ReadonlyMap<number, readonly EdgeZone[]>): boolean {
  for (let step = -farthestPages; step <= farthestPages; step++) {
    const others = step === 0 ? [] : (pages.get(zone.page + step) ?? []);
    if (others.some((other) => isRepetition(zone, other, step))) return true;
  }
  return false;
}

function isRepetition(zone: EdgeZone, other: EdgeZone, pagesApart: number): boolean {
  if (
    Math.abs(zone.top - other.top) > samePlace &&
    Math.abs(zone.bottom - other.bottom) > samePlace
  )
    return false;
  const pattern = patternOf(zone.text);
  if (pattern !== patternOf(other.text)) return false;
  if (/\p{L}/u.test(pattern)) return true;
  return numberOf(other.text) - numberOf(zone.text) === pagesApart;
}

function patternOf(text: string): string {
  return text.toLowerCase().replace(/\d+/g, '#').replace(/\s+/g, ' ');
}

function numberOf(text: string): number {
  return Number(/\d+/.exec(text)?.[0] ?? Number.NaN);
}

/** The pages with the kinds of their headers and footers. Data of a heading goes with its kind. */
export function withRunningZones(
  pages: readonly PageReading[],
  running: readonly RunningZone[],
): PageReading[] {
  const kinds = new Map(running.map(({ page, position, kind }) => [`${page}/${position}`, kind]));
  return pages.map((page) => ({
    ...page,
    zones: page.zones.map((zone) => {
      const kind = kinds.get(`${page.number}/${zone.position}`);
      if (kind === undefined) return zone;
      const { data, ...rest } = zone;
      return data?.headingLevel === undefined ? { ...zone, kind } : { ...rest, kind };
    }),
  }));
}
