import type { Word } from '#kernel/word.ts';
import { judgeToken } from './word-plausibility.ts';

export interface ConfidenceEvidence {
  /** Words in reading order. */
  words: readonly Word[];
  /** How many words each line holds, in reading order. */
  lineLengths: readonly number[];
  /** Share of the ink that looks like text and lies outside all words, 0..1; see unreadInkShare. */
  unreadInk: number;
}

const weights = { characters: 0.4, dictionary: 0.2, layout: 0.2, patterns: 0.2 } as const;
/** A share judged on fewer words than this is chance; the mean confidence stands in for it. */
const fewestJudged = 5;
/** Specks and stray marks: this much unread ink costs nothing … */
const freeInk = 0.05;
/** … and the rest this much of its share. */
const inkWeight = 0.8;

/**
 * Confidence of a recognised page, 0..1 (data-model.md, processing rules):
 * 0.4 mean character confidence + 0.2 dictionary words + 0.2 layout consistency + 0.2 expected patterns.
 *
 * - character confidence: mean word confidence weighted by length;
 * - dictionary words: share of letter-only words that are shaped like words (judgeToken);
 * - layout consistency: share of words that sit in their line as print does (see layoutConsistency);
 * - expected patterns: share of tokens with digits or symbols that are numbers, dates, times, amounts,
 *   codes or usual marks.
 *
 * A term without enough words to judge takes the character confidence. The sum is lowered by text-like
 * ink outside all words, since a lost line has no word that could be unsure. 0 for a page without words.
 */
export function pageConfidence(evidence: ConfidenceEvidence): number {
  const { words, lineLengths, unreadInk } = evidence;
  if (words.length === 0) return 0;
  const characters = meanCharacterConfidence(words);
  const { dictionary, patterns } = plausibleShares(words);
  const sum =
    weights.characters * characters +
    weights.dictionary * (dictionary ?? characters) +
    weights.layout * layoutConsistency(words, lineLengths) +
    weights.patterns * (patterns ?? characters);
  return Math.min(1, Math.max(0, sum * inkFactor(unreadInk)));
}

/** Mean word confidence weighted by length, 0..1; 0 for no words. */
export function meanCharacterConfidence(words: readonly Word[]): number {
  let sum = 0;
  let characters = 0;
  for (const word of words) {
    sum += word.confidence * word.text.length;
    characters += word.text.length;
  }
  return characters === 0 ? 0 : sum / characters;
}

/**
 * Shares of plausible tokens, 0..1: `dictionary` among letter-only words, `patterns` among the others.
 * undefined where fewer than 5 could be judged.
 */
export function plausibleShares(words: readonly { text: string }[]): {
  dictionary: number | undefined;
  patterns: number | undefined;
} {
  const letters = { judged: 0, plausible: 0 };
  const others = { judged: 0, plausible: 0 };
  for (const { text } of words) {
    const verdict = judgeToken(text);
    const tally = verdict.kind === 'letters' ? letters : others;
    tally.judged++;
    if (verdict.plausible) tally.plausible++;
  }
  return { dictionary: shareOf(letters), patterns: shareOf(others) };
}

function shareOf(tally: { judged: number; plausible: number }): number | undefined {
  return tally.judged < fewestJudged ? undefined : tally.plausible / tally.judged;
}

function inkFactor(unreadInk: number): number {
  return 1 - inkWeight * Math.min(1, Math.max(0, unreadInk - freeInk));
}

/** Heights within a line differ between "." and "|", but hardly more than this beside the median. */
const tallestInLine = 2.2;

/**
 * Share of words, 0..1, that are not over twice as high as their line's median, do not lie more than
 * half on the word before them, and have an extent at all. Debris of pictures and rules fails this.
 */
export function layoutConsistency(words: readonly Word[], lineLengths: readonly number[]): number {
  if (words.length === 0) return 0;
  let consistent = 0;
  let from = 0;
  for (const length of lineLengths) {
    const line = words.slice(from, from + length);
    from += length;
    const heights = line.map((word) => word.height).sort((a, b) => a - b);
    const usual = heights[heights.length >> 1] ?? 0;
    line.forEach((word, index) => {
      if (fitsLine(word, line[index - 1], usual)) consistent++;
    });
  }
  return consistent / words.length;
}

function fitsLine(word: Word, before: Word | undefined, usualHeight: number): boolean {
  if (word.width <= 0 || word.height <= 0 || word.height > tallestInLine * usualHeight)
    return false;
  if (before === undefined) return true;
  const overlap =
    Math.min(word.x + word.width, before.x + before.width) - Math.max(word.x, before.x);
  return overlap <= 0.5 * Math.min(word.width, before.width);
}
