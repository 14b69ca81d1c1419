import { edgesOf, insertByPlace, shareColumn, type BlockEdges } from './block-placing.ts';
import type { Block, Figure } from './blocks.ts';

/** How a caption begins, in the languages that are read most. */
const captionStart =
  /^(?:fig(?:ure|ura|\.)?|abb(?:ildung|\.)|bild|chart|diagram|diagramm|grafik|graph|illustration|image|map|photo|plate|schéma|imagen|tavola)\s*\.?\s*\(?[\dIVX]/i;
const mostLines = 8;
/** Points between a picture and its caption. */
const farthestPt = 30;
const deepestOverlapPt = 6;

/** Puts the pictures of a page among its blocks, each with the caption found just below or above it. */
export function placeFigures(
  blocks: Block[],
  figures: readonly Figure[],
  page: { widthPt: number; heightPt: number },
): void {
  for (const figure of figures) {
    const { x, y, width, height } = figure.box;
    const edges = {
      left: x * page.widthPt,
      right: (x + width) * page.widthPt,
      top: y * page.heightPt,
      bottom: (y + height) * page.heightPt,
    };
    const caption = captionOf(blocks, edges);
    // The caption already stands where the figure is to be read.
    if (caption !== undefined) blocks[caption.index] = { lines: caption.block.lines, figure };
    else insertByPlace(blocks, { lines: [], figure }, edges);
  }
}

function captionOf(
  blocks: readonly Block[],
  picture: BlockEdges,
): { block: Block; index: number } | undefined {
  let nearest: { block: Block; index: number } | undefined;
  let least = farthestPt;
  blocks.forEach((block, index) => {
    const edges = edgesOf(block);
    if (edges === undefined || (block.table ?? block.figure ?? block.list)) return;
    if (block.lines.length > mostLines || !shareColumn(edges, picture)) return;
    const distance = Math.max(edges.top - picture.bottom, picture.top - edges.bottom);
    if (distance < -deepestOverlapPt || distance >= least || !readsLikeCaption(block)) return;
    nearest = { block, index };
    least = distance;
  });
  return nearest;
}

function readsLikeCaption(block: Block): boolean {
  const start = block.lines[0]?.words.slice(0, 3).map(({ word }) => word.text) ?? [];
  return captionStart.test(start.join(' '));
}
