import type { Box } from '#kernel/word.ts';
import { findAligned, type AlignedLattice } from './aligned-lattice.ts';
import { transpose, turnPlanes, type PixelPlanes } from './pixel-planes.ts';
import { isRuledTable } from './plausible-lattice.ts';
import { findLattices, type Lattice } from './rule-lattice.ts';
import { markRules, type PixelBox } from './rule-mask.ts';
import { findSegments } from './rule-segments.ts';
import type { GridCell, TableGrid } from './table-grid.ts';
import { chunkLines, textHeightOf, type LooseWord } from './text-chunks.ts';
import { turnBox } from './turned-page.ts';

export interface PageWords {
  words: readonly (Box & { text: string })[];
  widthPt: number;
  heightPt: number;
}

/** Alignment that sees this many times the filled cells of a ruled grid is believed instead. */
const finerGrid = 1.5;

/**
 * Finds the tables of a page, from the top: grids of rules or fills where a picture of the page is given,
 * and grids of aligned words in the rest. `angle` (degrees clockwise) turns picture and words upright.
 */
export function findGrids(page: PageWords, picture?: PixelPlanes, angle = 0): TableGrid[] {
  const loose = looseWords(page, angle);
  const aligned = findAligned(loose);
  const ruled = picture === undefined ? [] : findRuled(turnPlanes(picture, angle), loose);
  const kept = ruled.filter((lattice) => !aligned.some((finer) => isFiner(finer, lattice, loose)));
  const rest =
    kept.length === 0
      ? aligned
      : findAligned(loose.filter((word) => !kept.some((lattice) => holds(lattice, word))));
  return [
    ...kept.map((lattice) => gridOf(lattice, page, 'rules' as const, angle)),
    ...rest.map((lattice) => gridOf(lattice, page, 'alignment' as const, angle)),
  ].sort((a, b) => a.y - b.y);
}

/** Whether the words of a page stand in a grid: a cheap look that needs no picture. */
export function wordsLookTabular(page: PageWords): boolean {
  return findAligned(looseWords(page, 0)).length > 0;
}

/** Lines of a table hold short pieces of text with white between them. */
const fewestApart = 4;
const leastApart = 0.3;
const longestPiece = 25;

/** Whether many lines fall into short pieces, as where a table may be; recognisers lose too much of one to be strict. */
export function wordsStandApart(page: PageWords): boolean {
  const words = looseWords(page, 0);
  const lines = chunkLines(words, textHeightOf(words));
  const apart = lines.filter(({ chunks }) => {
    const characters = chunks.reduce((sum, chunk) => sum + chunk.text.length, 0);
    return chunks.length >= 2 && characters <= longestPiece * chunks.length;
  });
  return apart.length >= Math.max(fewestApart, leastApart * lines.length);
}

function looseWords(page: PageWords, angle: number): LooseWord[] {
  const { widthPt, heightPt } = page;
  return page.words.map((word) => {
    const { x, y, width, height } = turnBox(word, angle, page);
    return {
      text: word.text,
      left: x * widthPt,
      top: y * heightPt,
      right: (x + width) * widthPt,
      bottom: (y + height) * heightPt,
    };
  });
}

function findRuled(picture: PixelPlanes, words: readonly LooseWord[]): Lattice[] {
  const { width, height, planes, dpi } = picture;
  const scale = dpi / 72;
  const boxes: PixelBox[] = words.map((word) => ({
    left: word.left * scale,
    top: word.top * scale,
    right: word.right * scale,
    bottom: word.bottom * scale,
  }));
  const across = markRules(picture, boxes);
  const turned = {
    dpi,
    width: height,
    height: width,
    planes: planes.map((plane) => transpose(plane, width, height)),
  };
  const down = markRules(
    turned,
    boxes.map((box) => ({
      left: box.top,
      right: box.bottom,
      top: box.left,
      bottom: box.right,
    })),
  );
  return findLattices(
    { segments: findSegments(across, dpi), mask: across },
    { segments: findSegments(down, dpi), mask: down },
    dpi,
  )
    .map((lattice) => ({
      ...lattice,
      xs: lattice.xs.map((x) => x / scale),
      ys: lattice.ys.map((y) => y / scale),
    }))
    .filter((lattice) => isRuledTable(lattice, words));
}

function isFiner(aligned: AlignedLattice, ruled: Lattice, words: readonly LooseWord[]): boolean {
  if (!overlap(aligned, ruled)) return false;
  const inside = words.filter((word) => holds(ruled, word));
  return filledCells(aligned, inside) > finerGrid * filledCells(ruled, inside);
}

function overlap(a: Edges, b: Edges): boolean {
  return (
    Math.min(lastOf(a.xs), lastOf(b.xs)) > Math.max(a.xs[0] ?? 0, b.xs[0] ?? 0) &&
    Math.min(lastOf(a.ys), lastOf(b.ys)) > Math.max(a.ys[0] ?? 0, b.ys[0] ?? 0)
  );
}

type Edges = Pick<Lattice, 'xs' | 'ys'>;

function holds({ xs, ys }: Edges, word: LooseWord): boolean {
  const x = (word.left + word.right) / 2;
  const y = (word.top + word.bottom) / 2;
  return x >= (xs[0] ?? 0) && x < lastOf(xs) && y >= (ys[0] ?? 0) && y < lastOf(ys);
}

function filledCells(lattice: Lattice, words: readonly LooseWord[]): number {
  const { xs, ys, cells } = lattice;
  return cells.filter((cell) =>
    words.some((word) =>
      holds(
        {
          xs: [xs[cell.left] ?? 0, xs[cell.right + 1] ?? 0],
          ys: [ys[cell.top] ?? 0, ys[cell.bottom + 1] ?? 0],
        },
        word,
      ),
    ),
  ).length;
}

function lastOf(places: readonly number[]): number {
  return places.at(-1) ?? 0;
}

function gridOf(
  lattice: Lattice | AlignedLattice,
  { widthPt, heightPt }: PageWords,
  seenBy: TableGrid['seenBy'],
  angle: number,
): TableGrid {
  const xs = lattice.xs.map((x) => Math.min(1, Math.max(0, x / widthPt)));
  const ys = lattice.ys.map((y) => Math.min(1, Math.max(0, y / heightPt)));
  const box = (top: number, left: number, bottom: number, right: number): Box => {
    const x = xs[left] ?? 0;
    const y = ys[top] ?? 0;
    return { x, y, width: (xs[right + 1] ?? x) - x, height: (ys[bottom + 1] ?? y) - y };
  };
  const cells = lattice.cells.map((cell): GridCell => ({
    row: cell.top,
    column: cell.left,
    rowSpan: cell.bottom - cell.top + 1,
    columnSpan: cell.right - cell.left + 1,
    ...box(cell.top, cell.left, cell.bottom, cell.right),
    ...('inferred' in cell && cell.inferred && { inferredSpan: true as const }),
  }));
  cells.sort((a, b) => a.row - b.row || a.column - b.column);
  const rows = ys.length - 1;
  const columns = xs.length - 1;
  return { seenBy, rows, columns, cells, angle, ...box(0, 0, rows - 1, columns - 1) };
}
