import type { Block } from './blocks.ts';
import type { Line } from './lines.ts';

/** Longer blocks are text, whatever their size. */
const mostLines = 4;
const mostCharacters = 250;
const mostBoldCharacters = 120;
/** A heading in body size that is only bold stands under this many type sizes of white. */
const whiteAboveEm = 0.25;

/** Heading levels by type size as a multiple of the body's. */
const levels = [
  { from: 1.8, level: 1 },
  { from: 1.4, level: 2 },
  { from: 1.2, level: 3 },
] as const;
/** Box heights tell sizes less exactly than fonts do, so recognised headings also have to read like one. */
const smallestWithoutFont = 1.25;
const boldLevel = 3;

export interface BodyType {
  em: number;
  bold: boolean;
}

/** Less running text than this share of a page says nothing about its body. */
const leastRunning = 0.2;

/**
 * The type most characters of the page are set in; undefined for a page without words. Tables, which are often
 * set smaller, and captions count only where there is little else.
 */
export function bodyTypeOf(blocks: readonly Block[]): BodyType | undefined {
  const running = blocks.filter((block) => block.table === undefined && block.figure === undefined);
  const isEnough = countCharacters(running) >= leastRunning * countCharacters(blocks);
  return usualType(isEnough ? running : blocks);
}

function countCharacters(blocks: readonly Block[]): number {
  return blocks.reduce(
    (sum, block) => sum + block.lines.reduce((count, line) => count + charactersOf(line), 0),
    0,
  );
}

function usualType(blocks: readonly Block[]): BodyType | undefined {
  const sizes: { em: number; bold: boolean; characters: number }[] = [];
  let total = 0;
  let bold = 0;
  for (const line of blocks.flatMap((block) => block.lines)) {
    const characters = charactersOf(line);
    sizes.push({ em: line.em, bold: line.bold, characters });
    total += characters;
    if (line.bold) bold += characters;
  }
  sizes.sort((a, b) => a.em - b.em);
  let passed = 0;
  for (const { em, characters } of sizes) {
    passed += characters;
    if (passed * 2 >= total) return { em, bold: bold * 2 > total };
  }
  return undefined;
}

/**
 * The heading level of a block, 1 (largest) to 3, or undefined for text. A heading is short and clearly
 * larger than the body, or bold in a page that is not, and with white above it.
 * `above` is the block before it in reading order.
 */
export function headingLevelOf(
  block: Block,
  above: Block | undefined,
  body: BodyType,
): number | undefined {
  const [first] = block.lines;
  if (first === undefined || block.lines.length > mostLines) return undefined;
  const characters = block.lines.reduce((sum, line) => sum + charactersOf(line), 0);
  if (characters > mostCharacters || !hasLetters(block) || hasLeaders(block)) return undefined;
  const ratio = Math.min(...block.lines.map((line) => line.em)) / body.em;
  if (first.sized || (ratio >= smallestWithoutFont && readsLikeHeading(block))) {
    const found = levels.find((step) => ratio >= step.from - 1e-6);
    if (found !== undefined) return found.level;
  }
  return isBoldHeading(block, above, body, characters) ? boldLevel : undefined;
}

function isBoldHeading(
  block: Block,
  above: Block | undefined,
  body: BodyType,
  characters: number,
): boolean {
  const [first] = block.lines;
  if (first === undefined || body.bold || block.lines.length > 2) return false;
  if (!block.lines.every((line) => line.bold) || characters > mostBoldCharacters) return false;
  if (first.em < 0.95 * body.em || /[,;]$/.test(lastWordOf(block))) return false;
  const last = above?.lines.at(-1);
  // Above in reading order may be the foot of the column before: then the heading opens its column.
  return (
    last === undefined || last.top > first.top || first.top - last.bottom > whiteAboveEm * first.em
  );
}

/** Begins with a letter or digit, not in lower case, and does not end like a sentence. */
function readsLikeHeading(block: Block): boolean {
  const start = block.lines[0]?.words[0]?.word.text ?? '';
  return (
    /^["“„«(]?[\p{L}\p{N}]/u.test(start) &&
    !/^\p{Ll}/u.test(start) &&
    !/[.,;!]$/.test(lastWordOf(block))
  );
}

/** A row of dots to a page number: an entry of a table of contents. */
function hasLeaders(block: Block): boolean {
  return block.lines.some((line) => {
    const dots = line.words.reduce(
      (sum, { word }) => sum + (/^\.+$|\.{4,}/.test(word.text) ? word.text.length : 0),
      0,
    );
    return dots >= 4;
  });
}

function hasLetters(block: Block): boolean {
  return block.lines.some((line) => line.words.some(({ word }) => /\p{L}{2}/u.test(word.text)));
}

function lastWordOf(block: Block): string {
  return block.lines.at(-1)?.words.at(-1)?.word.text ?? '';
}

function charactersOf(line: Line): number {
  return line.words.reduce((sum, { word }) => sum + word.text.length, 0);
}
