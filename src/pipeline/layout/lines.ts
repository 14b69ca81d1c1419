import type { OcrWord } from '#engines/ocr-engine.ts';
import { descends } from './glyph-height.ts';
import type { PlacedWord } from './placed-word.ts';

/** Words on one baseline, in reading order. Lengths in points. */
export interface Line {
  words: PlacedWord[];
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** Type size of most of the line. */
  em: number;
  /** Whether `em` is a font size, not told from box heights. */
  sized: boolean;
  /** Every word is bold. */
  bold: boolean;
}

/** Words whose centres differ by less than this share of the type size stand on one baseline. */
const sameBaselineEm = 0.45;
/** A wider gap than this is a gutter or a table cell, not a space. */
const widestSpaceEm = 1.0;
/** Kerning and italics may make neighbours overlap by this much. */
const deepestOverlapEm = 0.5;

/**
 * Pieces of lines without a wide gap inside: first along content order, then by geometry, so that
 * files that draw their words in any order come out the same. O(n log n).
 */
export function buildLineFragments(words: readonly PlacedWord[]): Line[] {
  return joinNeighbours(runsOf(words, continuesLine));
}

/** Lines exactly as the file draws them: for right-to-left and tilted text, which geometry would mix up. */
export function linesInContentOrder(words: readonly PlacedWord[]): Line[] {
  return runsOf(words, sharesBaseline).map(makeLine);
}

/** Lines as a recogniser numbered them. `source` and `words` run in parallel. */
export function linesOfRecogniser(
  source: readonly OcrWord[],
  words: readonly PlacedWord[],
): Line[] {
  return runsOf(words, (before, word) => {
    const a = source[before.index];
    const b = source[word.index];
    return a?.block === b?.block && a?.paragraph === b?.paragraph && a?.line === b?.line;
  }).map(makeLine);
}

/** One line of the given words, which keep their order. Throws RangeError for none. */
export function makeLine(words: PlacedWord[]): Line {
  const [first] = words;
  if (first === undefined) throw new RangeError('a line has at least one word');
  const { left, right, top, bottom, sized, bold } = first;
  const line = { words, left, right, top, bottom, sized, bold, em: lineEm(words, first) };
  for (const word of words) {
    if (word.left < line.left) line.left = word.left;
    if (word.right > line.right) line.right = word.right;
    if (word.top < line.top) line.top = word.top;
    if (word.bottom > line.bottom) line.bottom = word.bottom;
    if (!word.bold) line.bold = false;
  }
  return line;
}

/** One line of the words of the given lines, in their order. Throws RangeError for none. */
export function joinLines(lines: readonly Line[]): Line {
  const [only, another] = lines;
  if (only !== undefined && another === undefined) return only;
  return makeLine(lines.flatMap((line) => line.words));
}

/** The vertical centre, in points. */
export function centreY(of: { top: number; bottom: number }): number {
  return (of.top + of.bottom) / 2;
}

/** Words of a line that are asked for its baseline: enough for a median. */
const askedWords = 7;

/** Usual depth of letters below the baseline, as a share of the type size. */
const descentEm = 0.21;

/** Where the letters of a line stand, in points; told from words without letters that reach below it. */
export function baselineOf(line: Line): number {
  const bottoms: number[] = [];
  for (const { word, bottom } of line.words) {
    if (standsOnBaseline(word.text)) bottoms.push(bottom);
    if (bottoms.length === askedWords) break;
  }
  const usual = bottoms.sort((a, b) => a - b)[bottoms.length >> 1];
  return usual ?? line.bottom - descentEm * line.em;
}

function standsOnBaseline(text: string): boolean {
  return /[\p{L}\p{N}.]/u.test(text) && !descends(text);
}

/** Whether two words or lines stand on one baseline. Sizes more than twice apart (a drop cap) never do. */
function sharesBaseline(a: Measured, b: Measured): boolean {
  const [small, large] = a.em < b.em ? [a, b] : [b, a];
  if (large.em > 2 * small.em) return false;
  return Math.abs(centreY(a) - centreY(b)) < sameBaselineEm * large.em;
}

/** The rows of lines sorted by centre: each row holds the lines on the baseline of its first one. */
export function rowsOf(sorted: readonly Line[]): Line[][] {
  const rows: Line[][] = [];
  let row: Line[] = [];
  for (const line of sorted) {
    const [first] = row;
    if (first === undefined || !sharesBaseline(first, line)) {
      row = [];
      rows.push(row);
    }
    row.push(line);
  }
  return rows;
}

interface Measured {
  top: number;
  bottom: number;
  em: number;
}

function continuesLine(before: PlacedWord, word: PlacedWord): boolean {
  return isAdjacent(before, word) && sharesBaseline(before, word);
}

function isAdjacent(
  before: { right: number; em: number },
  next: { left: number; em: number },
): boolean {
  const em = Math.max(before.em, next.em);
  const gap = next.left - before.right;
  return gap >= -deepestOverlapEm * em && gap <= widestSpaceEm * em;
}

function runsOf(
  words: readonly PlacedWord[],
  continues: (before: PlacedWord, word: PlacedWord) => boolean,
): PlacedWord[][] {
  const runs: PlacedWord[][] = [];
  let run: PlacedWord[] = [];
  let before: PlacedWord | undefined;
  for (const word of words) {
    if (before === undefined || !continues(before, word)) {
      run = [];
      runs.push(run);
    }
    run.push(word);
    before = word;
  }
  return runs;
}

function joinNeighbours(runs: PlacedWord[][]): Line[] {
  const sorted = runs.map(makeLine).sort((a, b) => centreY(a) - centreY(b));
  return rowsOf(sorted).flatMap((row) => joinRow(row.sort((a, b) => a.left - b.left)));
}

function joinRow(row: readonly Line[]): Line[] {
  const groups: Line[][] = [];
  let last: Line | undefined;
  for (const fragment of row) {
    if (last !== undefined && isAdjacent(last, fragment) && sharesBaseline(last, fragment)) {
      groups.at(-1)?.push(fragment);
    } else {
      groups.push([fragment]);
    }
    last = fragment;
  }
  return groups.map(joinLines);
}

/**
 * With fonts known: the size most characters have. Without: the median of what the words' heights tell,
 * single characters left out, since a misread bullet tells nothing.
 */
function lineEm(words: readonly PlacedWord[], first: PlacedWord): number {
  if (words.every((word) => word.em === first.em)) return first.em;
  if (!first.sized) {
    const telling = words.filter(({ word }) => /[\p{L}\p{N}]{2}/u.test(word.text));
    const sizes = (telling.length > 0 ? telling : words).map((word) => word.em);
    return sizes.sort((a, b) => a - b)[sizes.length >> 1] ?? first.em;
  }
  const characters = new Map<number, number>();
  for (const word of words) {
    characters.set(word.em, (characters.get(word.em) ?? 0) + word.word.text.length);
  }
  let em = first.em;
  for (const [size, count] of characters) if (count > (characters.get(em) ?? 0)) em = size;
  return em;
}
