/** Widths in pixels the server keeps page images in; asking for others would only miss its cache. */
export const imageSteps = [160, 320, 640, 960, 1_280, 1_920, 2_560, 3_000] as const;

/**
 * The step to ask for so that an image shown `cssWidth` wide is never stretched, as far as the
 * largest step goes.
 */
export function stepWidth(cssWidth: number, pixelRatio: number): number {
  const wanted = cssWidth * pixelRatio;
  return imageSteps.find((step) => step >= wanted) ?? 3_000;
}
