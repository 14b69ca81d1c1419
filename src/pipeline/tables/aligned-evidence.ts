import type { AlignedLattice } from './aligned-lattice.ts';
import type { Chunk, ChunkLine } from './text-chunks.ts';

/** White alone shows many things that are no tables, so what is taken for one has to look like it. */

const fewestRows = 3;
/** The part of the grid that has to be filled. */
const leastFilled = 0.5;
/** Cells of a table are short. */
const mostMeanCharacters = 32;
/** The part of a column's chunks that begin, end or are centred on one line. */
const leastAligned = 0.7;
/** Columns in which most lines reach from edge to edge are running text. */
const fullLine = 0.8;
const proseCharacters = 18;

/** Whether a grid told by white space is a table, and not columns of text, a contents list or a formula. */
export function isAlignedTable(
  lattice: AlignedLattice,
  stretch: readonly ChunkLine[],
  textHeight: number,
): boolean {
  const rows = lattice.ys.length - 1;
  const columns = lattice.xs.length - 1;
  const chunks = stretch.flatMap((line) => line.chunks);
  if (rows < fewestRows || hasLeaders(chunks)) return false;
  if (filledShare(lattice, chunks) < leastFilled) return false;
  if (meanCharacters(lattice, chunks) > mostMeanCharacters) return false;
  let aligned = 0;
  let prose = 0;
  for (let column = 0; column < columns; column++) {
    const own = chunksOfColumn(lattice, chunks, column);
    if (isAlignedColumn(own, textHeight)) aligned++;
    if (isProse(own)) prose++;
  }
  return prose === 0 && aligned >= Math.ceil(columns * 0.75);
}

function chunksOfColumn({ xs }: AlignedLattice, chunks: readonly Chunk[], column: number): Chunk[] {
  const left = xs[column] ?? 0;
  const right = xs[column + 1] ?? 0;
  return chunks.filter((chunk) => chunk.left >= left && chunk.right <= right);
}

/** A row of dots to a page number. */
function hasLeaders(chunks: readonly Chunk[]): boolean {
  return chunks.filter(({ text }) => /\.{4,}|(?:\. ){3}/.test(text)).length >= 2;
}

function filledShare({ xs, ys, cells }: AlignedLattice, chunks: readonly Chunk[]): number {
  const filled = cells.filter((cell) =>
    chunks.some((chunk) => {
      const x = (chunk.left + chunk.right) / 2;
      const y = (chunk.top + chunk.bottom) / 2;
      return (
        x >= (xs[cell.left] ?? 0) &&
        x < (xs[cell.right + 1] ?? 0) &&
        y >= (ys[cell.top] ?? 0) &&
        y < (ys[cell.bottom + 1] ?? 0)
      );
    }),
  );
  return filled.length / cells.length;
}

function meanCharacters({ cells }: AlignedLattice, chunks: readonly Chunk[]): number {
  return chunks.reduce((sum, { text }) => sum + text.length, 0) / Math.max(1, cells.length);
}

function isAlignedColumn(chunks: readonly Chunk[], textHeight: number): boolean {
  if (chunks.length < 3) return true;
  const share = (place: (chunk: Chunk) => number): number => {
    const places = chunks.map(place).sort((a, b) => a - b);
    const usual = places[places.length >> 1] ?? 0;
    return places.filter((at) => Math.abs(at - usual) < 0.5 * textHeight).length / chunks.length;
  };
  return (
    Math.max(
      share((chunk) => chunk.left),
      share((chunk) => chunk.right),
      share((chunk) => (chunk.left + chunk.right) / 2),
    ) >= leastAligned
  );
}

function isProse(chunks: readonly Chunk[]): boolean {
  if (chunks.length < 3) return false;
  const left = Math.min(...chunks.map((chunk) => chunk.left));
  const right = Math.max(...chunks.map((chunk) => chunk.right));
  const full = chunks.filter(
    (chunk) =>
      chunk.text.length >= proseCharacters && chunk.right - chunk.left >= fullLine * (right - left),
  );
  return full.length >= 0.6 * chunks.length;
}
