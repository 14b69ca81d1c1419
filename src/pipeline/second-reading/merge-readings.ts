import type { OcrWord } from '#engines/ocr-engine.ts';
import type { Box } from '#kernel/word.ts';
import { meanCharacterConfidence } from '../page-confidence.ts';
import { judgeToken } from '../word-plausibility.ts';
import { findDoubtfulBlocks, type DoubtfulBlock } from './doubtful-blocks.ts';

/** What was read of a part of a page and not taken. */
export interface RejectedReading {
  box: Box;
  text: string;
  confidence: number;
  /** The reading it belongs to: the first, or that of another preparation. */
  reading: 'first' | 'second';
}

export interface MergedReading {
  words: OcrWord[];
  rejected: RejectedReading[];
}

/** Words less sure than this are wrong more often than right. */
const guess = 0.5;
/** A word that does not look like one counts for so much of its length. */
const implausible = 0.4;
/** The second reading has to be better by this share, and by so many characters surely read. */
const clearly = 0.1;
const leastGain = 1;
/** Where the first reading saw nothing, the second has to be so sure. */
const leastNew = 0.75;
/** Above the numbers a recogniser gives. */
const numbersApart = 100_000;

/**
 * Takes the better of two readings of each doubtful block of a page, and words that only the second has seen.
 *
 * The rule: a reading is worth the characters of its words, each counted by how much surer it is than a guess (its
 * confidence less 0.5, twice), and by 0.4 of that when the word looks like none. The second reading is taken when it is
 * worth a tenth and one character more. Blocks read surely at first are left alone, whatever the second reading says.
 */
export function mergeReadings(
  first: readonly OcrWord[],
  second: readonly OcrWord[],
): MergedReading {
  const doubtful = findDoubtfulBlocks(first);
  const { fresh, unseen } = shareOut(first, second, doubtful);
  const replaced = new Map<number, OcrWord[]>();
  const rejected: RejectedReading[] = [];
  for (const { block, words, box } of doubtful) {
    const other = fresh.get(block) ?? [];
    if (other.length === 0) continue;
    const isTaken = worthOf(other) > worthOf(words) * (1 + clearly) + leastGain;
    if (isTaken) replaced.set(block, other);
    const loser = isTaken ? words : other;
    const text = textOf(loser);
    if (text === textOf(isTaken ? other : words)) continue;
    const confidence = meanCharacterConfidence(loser);
    rejected.push({ box, text, confidence, reading: isTaken ? 'first' : 'second' });
  }
  return { words: [...withReplaced(first, replaced), ...renumbered(unseen)], rejected };
}

/** What a reading is worth, in characters surely read; see mergeReadings. */
export function worthOf(words: readonly OcrWord[]): number {
  return words.reduce((sum, { text, confidence }) => {
    const weight = judgeToken(text).plausible ? 1 : implausible;
    return sum + text.length * Math.max(0, confidence - guess) * 2 * weight;
  }, 0);
}

function shareOut(
  first: readonly OcrWord[],
  second: readonly OcrWord[],
  doubtful: readonly DoubtfulBlock[],
): { fresh: Map<number, OcrWord[]>; unseen: OcrWord[] } {
  const fresh = new Map<number, OcrWord[]>();
  const unseen: OcrWord[] = [];
  // A small block inside a large one is told first.
  const smallFirst = doubtful.toSorted((a, b) => areaOf(a.box) - areaOf(b.box));
  const sure = first.filter((word) => !doubtful.some(({ block }) => block === word.block));
  for (const word of second) {
    if (sure.some((other) => overlap(word, other))) continue;
    const home = smallFirst.find(({ box }) => holdsCentre(box, word));
    if (home !== undefined) fresh.set(home.block, [...(fresh.get(home.block) ?? []), word]);
    else if (isWorthAdding(word) && !first.some((other) => overlap(word, other))) unseen.push(word);
  }
  return { fresh, unseen };
}

function isWorthAdding({ text, confidence }: OcrWord): boolean {
  return confidence >= leastNew && /[\p{L}\p{N}]{2}/u.test(text) && judgeToken(text).plausible;
}

/** New words stand where the first word of their block stood. */
function withReplaced(
  words: readonly OcrWord[],
  replaced: ReadonlyMap<number, readonly OcrWord[]>,
): OcrWord[] {
  const done = new Set<number>();
  return words.flatMap((word) => {
    const other = replaced.get(word.block);
    if (other === undefined) return [word];
    if (done.has(word.block)) return [];
    done.add(word.block);
    return other.map((one) => ({
      ...one,
      block: word.block,
      paragraph: numbersApart + one.block * 1_000 + one.paragraph,
    }));
  });
}

function renumbered(unseen: readonly OcrWord[]): OcrWord[] {
  return unseen.map((word) => ({ ...word, block: word.block + numbersApart }));
}

function textOf(words: readonly OcrWord[]): string {
  return words.map(({ text }) => text).join(' ');
}

function areaOf({ width, height }: Box): number {
  return width * height;
}

function holdsCentre(box: Box, { x, y, width, height }: Box): boolean {
  const right = x + width / 2 - box.x;
  const down = y + height / 2 - box.y;
  return right >= 0 && right <= box.width && down >= 0 && down <= box.height;
}

function overlap(a: Box, b: Box): boolean {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 && width * height > 0.2 * Math.min(areaOf(a), areaOf(b));
}
