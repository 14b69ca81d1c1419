import type { Word } from '#kernel/word.ts';
import type { PageReading, ZoneReading } from '../page-reading.ts';

/** What the lines of a page are found by. */
export interface LinedPage {
  text: string;
  words: readonly Word[];
  zones: readonly Pick<ZoneReading, 'wordFrom' | 'wordTo'>[];
}

/** The words of a zone line by line; `zone` is its index, undefined for words that no zone holds. */
export interface ZoneLines {
  zone: number | undefined;
  lines: Word[][];
}

/**
 * The words of a page by zone and line, in reading order. Lines are those of `text`, whose words stand in
 * the order of `words`; a line never reaches from one zone into the next. Every word comes out exactly
 * once, whatever the text says.
 */
export function linesByZone(page: LinedPage): ZoneLines[] {
  const starts = lineStarts(page.text);
  const zoneOf = page.words.map((): number | undefined => undefined);
  for (const [index, { wordFrom, wordTo }] of page.zones.entries()) {
    for (let at = Math.max(0, wordFrom); at <= wordTo && at < zoneOf.length; at += 1) {
      zoneOf[at] ??= index;
    }
  }
  const groups: ZoneLines[] = [];
  for (const [index, word] of page.words.entries()) {
    const zone = zoneOf[index];
    let group = groups.at(-1);
    if (group === undefined || group.zone !== zone) {
      group = { zone, lines: [] };
      groups.push(group);
    }
    const line = group.lines.at(-1);
    if (line === undefined || starts.has(index)) group.lines.push([word]);
    else line.push(word);
  }
  return groups;
}

/** Indexes of the words that start a line. */
function lineStarts(text: string): Set<number> {
  const starts = new Set<number>();
  let count = 0;
  for (const line of text.split('\n')) {
    const words = line.split(/\s+/).filter((word) => word !== '').length;
    if (words > 0) starts.add(count);
    count += words;
  }
  return starts;
}

/** The lines of a page in reading order, zone after zone. */
export function linesOf(page: Pick<PageReading, 'text' | 'words' | 'zones'>): Word[][] {
  return linesByZone(page).flatMap(({ lines }) => lines);
}
