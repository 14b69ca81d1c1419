import type { PixelPlanes } from './pixel-planes.ts';

/** More crooked pages are turned before anything is read of them. */
const mostDegrees = 7;
/** Searched in steps that get finer: half widths and steps in degrees. */
const searches = [
  { reach: mostDegrees, step: 0.5 },
  { reach: 0.5, step: 0.1 },
  { reach: 0.1, step: 0.02 },
] as const;
const longSidePx = 900;
const mostPoints = 15_000;
/** Fewer dark spots tell no direction. */
const fewestPoints = 200;
/** A smaller angle moves no rule across a page by more than a hair. */
const smallestDegrees = 0.1;

/**
 * The angle in degrees by which the page has to be turned clockwise to stand upright, 0 when it does.
 * Text and rules of an upright page fall into rows: the profile of dark pixels along the lines is
 * sharpest at the right angle (Postl's method, with the sum of squared steps as the measure). It is looked for
 * up to seven degrees around `near`.
 */
export function skewOf(picture: PixelPlanes, near = 0): number {
  const points = darkPoints(picture);
  if (points.count < fewestPoints) return 0;
  let angle = -near;
  for (const { reach, step } of searches) {
    const centre = angle;
    let best = -1;
    for (let offset = -reach; offset <= reach + 1e-9; offset += step) {
      const sharpness = profileSharpness(points, centre + offset);
      if (sharpness > best) {
        best = sharpness;
        angle = centre + offset;
      }
    }
  }
  return Math.abs(angle) < smallestDegrees ? 0 : -angle;
}

interface Points {
  x: Float32Array;
  y: Float32Array;
  count: number;
  radius: number;
}

/** Places around the centre that are darker than what lies just above them: text and rules, not fills. */
function darkPoints({ planes, width, height }: PixelPlanes): Points {
  const [plane] = planes;
  const step = Math.max(1, Math.round(Math.max(width, height) / longSidePx));
  const x: number[] = [];
  const y: number[] = [];
  if (plane !== undefined) {
    for (let row = 2 * step; row < height; row += step) {
      for (let column = 0; column < width; column += step) {
        const at = row * width + column;
        if ((plane[at - 2 * step * width] ?? 0) - (plane[at] ?? 0) > 60) {
          x.push((column - width / 2) / step);
          y.push((row - height / 2) / step);
        }
      }
    }
  }
  const every = Math.max(1, Math.ceil(x.length / mostPoints));
  const keep = (_: number, index: number): boolean => index % every === 0;
  const kept = x.filter(keep);
  return {
    x: Float32Array.from(kept),
    y: Float32Array.from(y.filter(keep)),
    count: kept.length,
    radius: Math.ceil(Math.hypot(width, height) / step / 2) + 2,
  };
}

function profileSharpness({ x, y, count, radius }: Points, degrees: number): number {
  const profile = new Float32Array(2 * radius + 1);
  const cos = Math.cos((degrees * Math.PI) / 180);
  const sin = Math.sin((degrees * Math.PI) / 180);
  for (let i = 0; i < count; i++) {
    const row = Math.round((y[i] ?? 0) * cos - (x[i] ?? 0) * sin) + radius;
    profile[row] = (profile[row] ?? 0) + 1;
  }
  let sharpness = 0;
  for (let i = 1; i < profile.length; i++) {
    const difference = (profile[i] ?? 0) - (profile[i - 1] ?? 0);
    sharpness += difference * difference;
  }
  return sharpness;
}
