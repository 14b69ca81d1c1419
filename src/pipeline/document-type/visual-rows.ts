import type { Word } from '#kernel/word.ts';
import type { PageSample } from './page-sample.ts';

/** Words side by side across the whole page, whatever zones they belong to. */
export interface VisualRow {
  /** Words joined by a space, left to right. */
  text: string;
  /** Pieces parted by wide gaps; one for a line of prose. */
  cells: string[];
}

interface OpenRow {
  words: Word[];
  /** Of the last word, in points: a slanting row is followed from word to word. */
  center: number;
  height: number;
  top: number;
}

/** No page of print has more words that matter here; a bound on the work. */
const mostWords = 2_500;
/** In heights of a row: a space in prose is a third of that. */
const cellGap = 1.3;

/**
 * The rows of a page from top to bottom. Zones and columns are looked through, since the label of a form
 * and the price on a bill stand in another zone than what they belong to.
 */
export function visualRows(page: PageSample): VisualRow[] {
  const rows: OpenRow[] = [];
  const words = page.words.slice(0, mostWords).sort((a, b) => a.x - b.x || a.y - b.y);
  for (const word of words) place(rows, word, page.heightPt);
  return rows
    .sort((a, b) => a.top - b.top)
    .map((row) => ({
      text: row.words.map((word) => word.text).join(' '),
      cells: cellsOf(row, page.widthPt),
    }));
}

function place(rows: OpenRow[], word: Word, heightPt: number): void {
  const center = (word.y + word.height / 2) * heightPt;
  const height = word.height * heightPt;
  let nearest: OpenRow | undefined;
  let least = Infinity;
  for (const row of rows) {
    const distance = Math.abs(row.center - center);
    if (distance < least && distance < 0.5 * Math.max(row.height, height)) {
      nearest = row;
      least = distance;
    }
  }
  if (nearest === undefined) {
    rows.push({ words: [word], center, height, top: center });
    return;
  }
  nearest.words.push(word);
  // A hyphen or a smear has no height to go by.
  if (height > 0.6 * nearest.height) Object.assign(nearest, { center, height });
}

function cellsOf(row: OpenRow, widthPt: number): string[] {
  const cells: string[][] = [];
  let end = -Infinity;
  for (const word of row.words) {
    const left = word.x * widthPt;
    if (left - end > cellGap * row.height) cells.push([]);
    cells.at(-1)?.push(word.text);
    end = Math.max(end, left + word.width * widthPt);
  }
  return cells.map((texts) => texts.join(' '));
}
