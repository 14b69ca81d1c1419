import type { OcrWord } from '#engines/ocr-engine.ts';
import type { TextLayerWord } from '#engines/page-engine.ts';
import { fillCells, type FilledTable } from '../tables/fill-cells.ts';
import type { TableGrid } from '../tables/table-grid.ts';
import { edgesOf, insertByPlace } from './block-placing.ts';
import { blocksOfRecogniser, buildBlocks, type Block, type Figure } from './blocks.ts';
import { placeFigures } from './captions.ts';
import { inColumnOrder } from './column-order.ts';
import { composeZones, type PageLayout } from './compose-zones.ts';
import { buildLineFragments, linesInContentOrder, linesOfRecogniser, makeLine } from './lines.ts';
import { findLists } from './lists.ts';
import {
  placeOcrWords,
  placeTextLayerWords,
  type PageExtent,
  type PlacedWord,
} from './placed-word.ts';
import { orderIntoRegions } from './reading-order.ts';
import { isMostlyRightToLeft, isTilted } from './text-direction.ts';

export type { PageLayout } from './compose-zones.ts';

/** What is known of a page besides its words. */
export interface PageParts {
  tables?: readonly TableGrid[];
  figures?: readonly Figure[];
}

/**
 * Lays out the words of a text layer, given clean (see clean-words.ts) and in content order.
 * Content order is a hint only; right-to-left and tilted pages keep it as it is, tables and all.
 * `tool` is stored on every zone.
 */
export function layOutTextLayer(
  words: readonly TextLayerWord[],
  page: PageExtent,
  tool: string,
  parts: PageParts = {},
): PageLayout {
  const placed = placeTextLayerWords(words, page);
  if (isMostlyRightToLeft(placed)) {
    const blocks = buildBlocks(linesInContentOrder(placed));
    return finish(blocks, { ...parts, placed, page, tables: [] }, tool);
  }
  const fragments = buildLineFragments(placed);
  if (isTilted(fragments)) {
    const drawn = fragments.sort((a, b) => (a.words[0]?.index ?? 0) - (b.words[0]?.index ?? 0));
    return finish(buildBlocks(drawn), { ...parts, placed, page, tables: [] }, tool);
  }
  const tables = fillCells(parts.tables ?? [], words, page);
  const flow = outside(placed, tables);
  const running = flow.length === placed.length ? fragments : buildLineFragments(flow);
  const blocks = orderIntoRegions(running).flatMap(buildBlocks);
  return finish(blocks, { ...parts, placed, page, tables }, tool);
}

/** Lays out recognised words, given clean, by the recogniser's own lines, paragraphs and order of columns. */
export function layOutRecognised(
  words: readonly OcrWord[],
  page: PageExtent,
  tool: string,
  parts: PageParts = {},
): PageLayout {
  const placed = placeOcrWords(words, page);
  const tables = isMostlyRightToLeft(placed) ? [] : fillCells(parts.tables ?? [], words, page);
  const lines = linesOfRecogniser(words, outside(placed, tables));
  const blocks = inColumnOrder(blocksOfRecogniser(words, lines));
  return finish(blocks, { ...parts, placed, page, tables }, tool);
}

interface Content {
  placed: readonly PlacedWord[];
  page: PageExtent;
  tables: readonly FilledTable[];
  figures?: readonly Figure[];
}

/** Adds to the running text what stands in it: tables, lists, figures. */
function finish(running: Block[], content: Content, tool: string): PageLayout {
  const { placed, page, tables, figures = [] } = content;
  const blocks = findLists(running);
  for (const table of tables) {
    const block = { lines: linesOfTable(table, placed), table };
    const edges = edgesOf(block);
    if (edges !== undefined) insertByPlace(blocks, block, edges);
  }
  placeFigures(blocks, figures, page);
  return composeZones(blocks, placed, page, tool);
}

function linesOfTable(table: FilledTable, placed: readonly PlacedWord[]): Block['lines'] {
  return table.cells
    .flatMap((cell) => cell.lines.map((line) => line.flatMap((index) => placed[index] ?? [])))
    .filter((words) => words.length > 0)
    .map(makeLine);
}

function outside(
  placed: readonly PlacedWord[],
  tables: readonly FilledTable[],
): readonly PlacedWord[] {
  if (tables.length === 0) return placed;
  const inTable = new Set(
    tables.flatMap((table) => table.cells.flatMap((cell) => cell.lines.flat())),
  );
  return placed.filter((word) => !inTable.has(word.index));
}
