import type { Box } from '#kernel/word.ts';

interface Extent {
  widthPt: number;
  heightPt: number;
}

/**
 * Where a box stands after its page was turned clockwise by `degrees` around its centre. Only the centre
 * moves: for the few degrees of a crooked scan the box of a word keeps its size.
 */
export function turnBox(box: Box, degrees: number, { widthPt, heightPt }: Extent): Box {
  if (degrees === 0) return box;
  const cos = Math.cos((degrees * Math.PI) / 180);
  const sin = Math.sin((degrees * Math.PI) / 180);
  const x = (box.x + box.width / 2 - 0.5) * widthPt;
  const y = (box.y + box.height / 2 - 0.5) * heightPt;
  return {
    x: (cos * x - sin * y) / widthPt + 0.5 - box.width / 2,
    y: (sin * x + cos * y) / heightPt + 0.5 - box.height / 2,
    width: box.width,
    height: box.height,
  };
}
