import type { Block } from './blocks.ts';

/** Edges of a block in points. */
export interface BlockEdges {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Blocks that share less than this part of the narrower one do not stand above each other. */
const leastShared = 0.3;
/** Boxes of tables and pictures may reach into the lines around them by so many points. */
const slackPt = 4;

/** Edges of all lines of a block; undefined for a block without lines. */
export function edgesOf(block: Block): BlockEdges | undefined {
  const [first] = block.lines;
  if (first === undefined) return undefined;
  const edges = { left: first.left, right: first.right, top: first.top, bottom: first.bottom };
  for (const line of block.lines) {
    edges.left = Math.min(edges.left, line.left);
    edges.right = Math.max(edges.right, line.right);
    edges.top = Math.min(edges.top, line.top);
    edges.bottom = Math.max(edges.bottom, line.bottom);
  }
  return edges;
}

/**
 * Puts a table or figure into blocks that are in reading order: after the last one that stands above it,
 * else before the first that stands below it, else by height. The order of the others stays as it is.
 */
export function insertByPlace(blocks: Block[], block: Block, edges: BlockEdges): void {
  let after = -1;
  let before = -1;
  let lower = blocks.length;
  blocks.forEach((other, index) => {
    const place = edgesOf(other);
    if (place === undefined) return;
    if (place.top > edges.top && lower === blocks.length) lower = index;
    if (!shareColumn(place, edges)) return;
    if (place.bottom <= edges.top + slackPt) after = index;
    else if (before === -1 && place.top >= edges.bottom - slackPt) before = index;
  });
  let at = lower;
  if (after >= 0) at = after + 1;
  else if (before >= 0) at = before;
  blocks.splice(at, 0, block);
}

/** Whether two blocks stand above each other, as far as their sides go. */
export function shareColumn(a: BlockEdges, b: BlockEdges): boolean {
  const shared = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  return shared > leastShared * Math.min(a.right - a.left, b.right - b.left);
}
