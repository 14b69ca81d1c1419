import { isAlignedTable } from './aligned-evidence.ts';
import type { LatticeCell } from './rule-lattice.ts';
import { countPartedLines } from './parted-lines.ts';
import {
  chunkLines,
  textHeightOf,
  type Chunk,
  type ChunkLine,
  type LooseWord,
} from './text-chunks.ts';

/** A grid told by white space alone, in points. */
export interface AlignedLattice {
  xs: number[];
  ys: number[];
  cells: (LatticeCell & { inferred: boolean })[];
}

/** Fewer words are no table. */
const fewestWords = 9;
const fewestColumns = 3;
const fewestRichLines = 3;
/** White between lines, in text heights, over which a table goes on: more where the next line fits its columns. */
const widestGap = { fitting: 16, other: 6 };
/** So many lines in a row may hold a single chunk. */
const mostPoorLines = 6;
/** A single chunk of so many characters in a line is no label. */
const sentenceCharacters = 40;
const captionStart = /^(?:table|tab\.|tabelle|tableau|tabla|fig)/i;

/**
 * Finds tables without rules: a stretch of lines that opens with three or more chunks, columns being what
 * no chunk of such a line covers, rows being anchored on the chunks of the first column.
 */
export function findAligned(words: readonly LooseWord[]): AlignedLattice[] {
  if (words.length < fewestWords) return [];
  const height = textHeightOf(words);
  if (countPartedLines(words, height, fewestColumns) < fewestRichLines) return [];
  const lines = chunkLines(words, height);
  const found: AlignedLattice[] = [];
  for (let from = 0; from < lines.length;) {
    const stretch = stretchFrom(lines, from, height);
    const lattice = stretch === undefined ? undefined : latticeOf(stretch, height);
    if (stretch !== undefined && lattice !== undefined) found.push(lattice);
    from += lattice === undefined ? 1 : (stretch?.length ?? 1);
  }
  return found;
}

/** The lines of a possible table that begins with line `from`. */
function stretchFrom(
  lines: readonly ChunkLine[],
  from: number,
  height: number,
): ChunkLine[] | undefined {
  const first = lines[from];
  if (first === undefined || first.chunks.length < fewestColumns) return undefined;
  const fits = (line: ChunkLine): boolean =>
    line.chunks.every((chunk) =>
      first.chunks.some(
        (other) =>
          Math.abs(other.left - chunk.left) < height ||
          Math.abs(middle(other) - middle(chunk)) < height,
      ),
    );
  let at = from;
  let last = from;
  for (;;) {
    const line = lines[at];
    const next = lines[at + 1];
    if (line === undefined || next === undefined || at + 1 - last > mostPoorLines) break;
    const gap = height * (fits(next) ? widestGap.fitting : widestGap.other);
    if (next.top - line.bottom >= gap || isSentence(next, first)) break;
    at++;
    if (next.chunks.length >= 2) last = at;
  }
  return lines.slice(from, tailOf(lines, from, last, height) + 1);
}

/** A line of running text, or the caption of the next table. */
function isSentence(line: ChunkLine, first: ChunkLine): boolean {
  const [only, second] = line.chunks;
  if (only === undefined || second !== undefined) return false;
  const left = first.chunks[0]?.left ?? 0;
  const beginsLeft = only.left < left + (line.bottom - line.top);
  return beginsLeft && (only.text.length >= sentenceCharacters || captionStart.test(only.text));
}

/** Second lines of the cells of the last row follow it closely, to the right of the first column. */
function tailOf(lines: readonly ChunkLine[], from: number, last: number, height: number): number {
  const left = Math.min(
    ...lines.slice(from, last + 1).flatMap((line) => line.chunks.map((chunk) => chunk.left)),
  );
  let end = last;
  for (;;) {
    const line = lines[end];
    const next = lines[end + 1];
    const [chunk] = next?.chunks ?? [];
    if (line === undefined || next === undefined || chunk === undefined) return end;
    if (next.chunks.length !== 1 || next.top - line.bottom >= height * 1.2) return end;
    if (chunk.right - chunk.left >= height * 14 || chunk.left <= left + height) return end;
    end++;
  }
}

function latticeOf(stretch: readonly ChunkLine[], height: number): AlignedLattice | undefined {
  const rich = stretch.filter((line) => line.chunks.length >= fewestColumns);
  if (rich.length < fewestRichLines) return undefined;
  const xs = columnEdges(rich, stretch, height);
  if (xs.length - 1 < fewestColumns) return undefined;
  const ys = rowEdges(stretch, xs, height);
  const chunks = stretch.flatMap((line) => line.chunks);
  const cells = cellsOf(chunks, xs, ys);
  const lattice = { xs, ys, cells };
  return isAlignedTable(lattice, stretch, height) ? lattice : undefined;
}

/** Columns are told by the lines that have most of them; the outer edges hold every line. */
function columnEdges(
  rich: readonly ChunkLine[],
  stretch: readonly ChunkLine[],
  height: number,
): number[] {
  const columns: { left: number; right: number }[] = [];
  const chunks = rich.flatMap((line) => line.chunks).sort((a, b) => a.left - b.left);
  for (const chunk of chunks) {
    const open = columns.at(-1);
    if (open !== undefined && chunk.left <= open.right + height * 0.3) {
      open.right = Math.max(open.right, chunk.right);
    } else {
      columns.push({ left: chunk.left, right: chunk.right });
    }
  }
  const all = stretch.flatMap((line) => line.chunks);
  const edges = [Math.min(...all.map((chunk) => chunk.left)) - height];
  for (let i = 1; i < columns.length; i++) {
    edges.push(((columns[i - 1]?.right ?? 0) + (columns[i]?.left ?? 0)) / 2);
  }
  edges.push(Math.max(...all.map((chunk) => chunk.right)) + height);
  return edges;
}

/** Rows are anchored on the first column; the edge between two lies in the widest white between them. */
function rowEdges(stretch: readonly ChunkLine[], xs: readonly number[], height: number): number[] {
  const chunks = stretch.flatMap((line) => line.chunks);
  const anchors: { top: number; bottom: number }[] = [];
  const first = chunks.filter((chunk) => placeOf(chunk.left, xs) === 0);
  for (const chunk of first.sort((a, b) => a.top - b.top)) {
    const open = anchors.at(-1);
    if (open !== undefined && chunk.top - open.bottom < height * 0.8) {
      open.bottom = Math.max(open.bottom, chunk.bottom);
    } else {
      anchors.push({ top: chunk.top, bottom: chunk.bottom });
    }
  }
  const head = stretch[0];
  const firstAnchor = anchors[0];
  if (head !== undefined && (firstAnchor === undefined || firstAnchor.top > head.bottom)) {
    anchors.unshift({ top: head.top, bottom: head.bottom });
  }
  const edges = [(head?.top ?? 0) - height];
  for (let i = 1; i < anchors.length; i++) {
    edges.push(widestWhite(chunks, anchors[i - 1]?.bottom ?? 0, anchors[i]?.top ?? 0));
  }
  edges.push(Math.max(...stretch.map((line) => line.bottom)) + height);
  return edges;
}

function widestWhite(chunks: readonly Chunk[], from: number, to: number): number {
  const between = chunks
    .filter((chunk) => chunk.bottom > from && chunk.top < to)
    .sort((a, b) => a.top - b.top);
  let edge = from;
  let widest = -1;
  let place = (from + to) / 2;
  for (const { top, bottom } of [...between, { top: to, bottom: to }]) {
    const start = Math.max(from, top);
    if (start - edge > widest) {
      widest = start - edge;
      place = (start + edge) / 2;
    }
    edge = Math.max(edge, Math.min(to, bottom));
  }
  return place;
}

function cellsOf(
  chunks: readonly Chunk[],
  xs: readonly number[],
  ys: readonly number[],
): AlignedLattice['cells'] {
  const rows = ys.length - 1;
  const columns = xs.length - 1;
  const cells: AlignedLattice['cells'] = [];
  for (let row = 0; row < rows; row++) {
    const spans = new Map<number, number>();
    for (const chunk of chunks) {
      if (placeOf((chunk.top + chunk.bottom) / 2, ys) !== row) continue;
      const left = placeOf(chunk.left + 1, xs);
      spans.set(left, Math.max(spans.get(left) ?? left, placeOf(chunk.right - 1, xs)));
    }
    const label = spans.size === 2 && spans.get(0) === 0 && spans.has(1);
    // A row of its label and one thing more holds for all columns: a break, an assembly.
    if (label) spans.set(1, columns - 1);
    for (let left = 0; left < columns;) {
      const right = Math.max(left, Math.min(columns - 1, spans.get(left) ?? left));
      cells.push({ top: row, bottom: row, left, right, inferred: right > left });
      left = right + 1;
    }
  }
  return cells;
}

/** Index of the stretch between edges that holds a place; the outer ones are open. */
function placeOf(at: number, edges: readonly number[]): number {
  let index = 0;
  while (index + 2 < edges.length && at >= (edges[index + 1] ?? Infinity)) index++;
  return index;
}

function middle(chunk: Chunk): number {
  return (chunk.left + chunk.right) / 2;
}
