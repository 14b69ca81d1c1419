const plausibleDpi = { least: 50, most: 2_400 };
const leastInches = 0.5;
/** Below this a resolution is mostly a default that no device measured (72, 96). */
const screenDpi = 150;
const screenInchesAtMost = 17.5;
const inchesAtMost = 60;

/**
 * The resolution of an image when the file states one that makes sense, else 0. Cameras and
 * screenshots write 72 or 96 whatever the picture is; such a value counts only when the page it
 * implies is at most as large as A3.
 */
export function statedDpi(density: number | undefined, widthPx: number, heightPx: number): number {
  if (density === undefined || !Number.isFinite(density)) return 0;
  if (density < plausibleDpi.least || density > plausibleDpi.most) return 0;
  const inches = Math.max(widthPx, heightPx) / density;
  const most = density < screenDpi ? screenInchesAtMost : inchesAtMost;
  return inches >= leastInches && inches <= most ? density : 0;
}
