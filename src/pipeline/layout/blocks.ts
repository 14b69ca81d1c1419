import type { OcrWord } from '#engines/ocr-engine.ts';
import type { Box } from '#kernel/word.ts';
import type { FilledTable } from '../tables/fill-cells.ts';
import type { ListItem } from '../zone-data.ts';
import { baselineOf, type Line } from './lines.ts';
import { beginsEntry } from './list-marker.ts';

/** Lines that belong together, such as a paragraph or a heading; or a table, or a figure with its caption. */
export interface Block {
  lines: Line[];
  /** The lines are then those of its cells. */
  table?: FilledTable;
  /** The lines are then those of its caption, if any. */
  figure?: Figure;
  /** The lines are then those of the list. */
  list?: ListItem[];
}

/** A picture on the page, in fractions of it, and how sure it is that it is one (0..1). */
export interface Figure {
  box: Box;
  confidence: number;
}

/** Type sizes that differ by more than this factor are different kinds of text. */
const sameSizeFactor = 1.15;
/** Without fonts, sizes are box heights and vary by glyph. */
const sameHeightFactor = 1.45;
/** A distance to the next line over this multiple of the usual one parts paragraphs. */
const paragraphPitchFactor = 1.35;
/** Before a usual distance is known: in type sizes. */
const widestFirstPitchEm = 1.8;
/** A first line indented between these many type sizes opens a paragraph. */
const indentEm = { from: 0.8, to: 4 };
const alignedEm = 0.3;

/** Parts the lines of one region, in reading order, into blocks. */
export function buildBlocks(lines: readonly Line[]): Block[] {
  const blocks: Block[] = [];
  let open: OpenBlock | undefined;
  lines.forEach((line, index) => {
    const baseline = baselineOf(line);
    if (open === undefined || startsBlock(open, { line, baseline }, lines[index + 1])) {
      open = { lines: [], baseline, usualPitch: undefined };
      blocks.push({ lines: open.lines });
    } else {
      open.usualPitch ??= baseline - open.baseline;
      open.baseline = baseline;
    }
    open.lines.push(line);
  });
  return blocks;
}

/** A block that may go on; the baselines are kept because telling one costs more than all the rest. */
interface OpenBlock {
  lines: Line[];
  /** Of the last line. */
  baseline: number;
  /** Distance between its first two lines; undefined while it has one. */
  usualPitch: number | undefined;
}

/** The recogniser's own paragraphs. `source` is indexed by the words' content order. */
export function blocksOfRecogniser(source: readonly OcrWord[], lines: readonly Line[]): Block[] {
  const blocks: Block[] = [];
  let last: OcrWord | undefined;
  for (const line of lines) {
    const [first] = line.words;
    const word = first && source[first.index];
    const open = blocks.at(-1);
    if (open && last?.block === word?.block && last?.paragraph === word?.paragraph) {
      open.lines.push(line);
    } else {
      blocks.push({ lines: [line] });
    }
    last = word;
  }
  return blocks;
}

function startsBlock(
  { lines, baseline, usualPitch }: OpenBlock,
  next: { line: Line; baseline: number },
  afterNext: Line | undefined,
): boolean {
  const before = lines.at(-1);
  if (before === undefined) return false;
  const { line } = next;
  const pitch = next.baseline - baseline;
  // Upwards, or beside: another region, or overlapping text.
  if (pitch < 0.2 * line.em) return true;
  if (differsInSize(before, line) || before.bold !== line.bold) return true;
  const em = Math.max(before.em, line.em);
  const widest =
    usualPitch === undefined ? widestFirstPitchEm * em : paragraphPitchFactor * usualPitch;
  if (pitch > Math.max(widest, em)) return true;
  // The second line of an entry stands under the text of its first one, not under the bullet.
  return isIndented(before, line, afterNext) && !lines.some(beginsEntry);
}

function differsInSize(a: Line, b: Line): boolean {
  const ratio = Math.max(a.em, b.em) / Math.min(a.em, b.em);
  return ratio > (a.sized && b.sized ? sameSizeFactor : sameHeightFactor);
}

function isIndented(before: Line, line: Line, next: Line | undefined): boolean {
  if (next === undefined) return false;
  const indent = (line.left - before.left) / line.em;
  if (indent < indentEm.from || indent > indentEm.to) return false;
  return Math.abs(next.left - before.left) < alignedEm * line.em;
}
