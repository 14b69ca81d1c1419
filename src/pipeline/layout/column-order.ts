import { edgesOf, type BlockEdges } from './block-placing.ts';
import type { Block } from './blocks.ts';

/** Blocks that share this part of the narrower one stand in one column. */
const oneColumn = 0.5;

/**
 * Puts blocks that a recogniser has named too late back above those they stand over. Only blocks of one column change
 * places, so that the order of columns stays the recogniser's. `blocks` in its order; O(n²) at the worst, and O(n) where
 * nothing is to be done.
 */
export function inColumnOrder(blocks: readonly Block[]): Block[] {
  const placed: { block: Block; edges: BlockEdges | undefined }[] = [];
  for (const block of blocks) {
    const edges = edgesOf(block);
    let at = placed.length;
    while (standsOver(edges, placed[at - 1]?.edges)) at--;
    placed.splice(at, 0, { block, edges });
  }
  return placed.map(({ block }) => block);
}

/** Higher by its top and by its bottom, not by all of it: lines of a crooked page reach into the next ones. */
function standsOver(upper: BlockEdges | undefined, lower: BlockEdges | undefined): boolean {
  if (upper === undefined || lower === undefined) return false;
  if (upper.top >= lower.top || upper.bottom >= lower.bottom) return false;
  const shared = Math.min(upper.right, lower.right) - Math.max(upper.left, lower.left);
  const narrower = Math.min(upper.right - upper.left, lower.right - lower.left);
  return shared >= oneColumn * narrower;
}
