const steps = [25, 33, 50, 67, 75, 90, 100, 110, 125, 150, 175, 200, 250, 300, 400] as const;

/** The next zoom in percent, larger or smaller than the present one. */
export function nextZoom(percent: number, direction: 1 | -1): number {
  if (direction === 1) return steps.find((step) => step > percent + 1) ?? 400;
  return steps.findLast((step) => step < percent - 1) ?? 25;
}
