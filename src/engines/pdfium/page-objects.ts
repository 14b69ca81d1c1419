import { type PageGeometry, showBox } from './page-geometry.ts';
import type { PdfiumModule } from './pdfium-module.ts';

const pathObject = 2;
const imageObject = 3;
const formObject = 5;
/** A scan has a handful of objects; a drawing with more than this is no scan. */
const objectsAtMost = 3_000;
const formDepthAtMost = 4;
/** Points; what is shorter is an underline or an ornament. */
const shortestRulePt = 20;
/** Points; what is thinner is one line, what is thicker a box, which has two of each kind. */
const thickestRulePt = 3;

type Matrix = readonly [number, number, number, number, number, number];

const identity: Matrix = [1, 0, 0, 1, 0, 0];

export interface PageObjects {
  /** Left, top, right and bottom of every image, as fractions of the page as shown. */
  images: [number, number, number, number][];
  /** Lines and boxes of some length, counted as lines. */
  drawnRules: number;
}

/** The images and the rules of an open page, those inside forms too. The walk is bounded. */
export function listObjects(
  pdfium: PdfiumModule,
  page: number,
  geometry: PageGeometry,
): PageObjects {
  const walk = new ObjectWalk(pdfium, geometry);
  walk.visitPage(page);
  return walk.found;
}

class ObjectWalk {
  readonly found: PageObjects = { images: [], drawnRules: 0 };
  readonly #pdfium: PdfiumModule;
  readonly #geometry: PageGeometry;
  #seen = 0;

  constructor(pdfium: PdfiumModule, geometry: PageGeometry) {
    this.#pdfium = pdfium;
    this.#geometry = geometry;
  }

  visitPage(page: number): void {
    const { exports } = this.#pdfium;
    const count = exports.FPDFPage_CountObjects(page);
    for (let index = 0; index < count && this.#seen < objectsAtMost; index += 1) {
      this.#visit(exports.FPDFPage_GetObject(page, index), identity, 0);
    }
  }

  #visit(object: number, outer: Matrix, depth: number): void {
    const { exports } = this.#pdfium;
    this.#seen += 1;
    if (object === 0) return;
    const type = exports.FPDFPageObj_GetType(object);
    if (type === pathObject) this.#countRules(object, outer);
    if (type !== imageObject && type !== formObject) return;
    const matrix = multiply(this.#matrixOf(object), outer);
    if (type === imageObject) this.found.images.push(shownUnitSquare(this.#geometry, matrix));
    else if (depth < formDepthAtMost) this.#visitForm(object, matrix, depth + 1);
  }

  #visitForm(form: number, matrix: Matrix, depth: number): void {
    const { exports } = this.#pdfium;
    const count = exports.FPDFFormObj_CountObjects(form);
    for (let index = 0; index < count && this.#seen < objectsAtMost; index += 1) {
      this.#visit(exports.FPDFFormObj_GetObject(form, index), matrix, depth);
    }
  }

  #countRules(path: number, [a, b, c, d]: Matrix): void {
    const { exports, scratch } = this.#pdfium;
    const [left, bottom, right, top] = [scratch, scratch + 4, scratch + 8, scratch + 12];
    if (exports.FPDFPageObj_GetBounds(path, left, bottom, right, top) === 0) return;
    const floats = this.#pdfium.floats();
    const at = scratch / 4;
    const width = (floats[at + 2] ?? 0) - (floats[at] ?? 0);
    const height = (floats[at + 3] ?? 0) - (floats[at + 1] ?? 0);
    const shownWidth = Math.abs(a * width) + Math.abs(c * height);
    const shownHeight = Math.abs(b * width) + Math.abs(d * height);
    if (Math.max(shownWidth, shownHeight) < shortestRulePt) return;
    const isLine = Math.min(shownWidth, shownHeight) < thickestRulePt;
    // A grid may be drawn as one path of many lines.
    this.found.drawnRules += isLine ? 1 : Math.max(2, exports.FPDFPath_CountSegments(path) / 2);
  }

  #matrixOf(object: number): Matrix {
    const { exports, scratch } = this.#pdfium;
    if (exports.FPDFPageObj_GetMatrix(object, scratch) === 0) return identity;
    const floats = this.#pdfium.floats();
    const value = (offset: number): number => floats[scratch / 4 + offset] ?? 0;
    return [value(0), value(1), value(2), value(3), value(4), value(5)];
  }
}

/** First `left`, then `right`, as PDF multiplies row vectors (ISO 32000-2, 8.3.4). */
function multiply(left: Matrix, right: Matrix): Matrix {
  const [a, b, c, d, e, f] = left;
  const [p, q, r, s, t, u] = right;
  return [
    a * p + b * r,
    a * q + b * s,
    c * p + d * r,
    c * q + d * s,
    e * p + f * r + t,
    e * q + f * s + u,
  ];
}

/** The unit square that an image fills, or the bounds of it when it is turned. */
function shownUnitSquare(
  geometry: PageGeometry,
  [a, b, c, d, e, f]: Matrix,
): [number, number, number, number] {
  const xs = [e, e + a, e + c, e + a + c];
  const ys = [f, f + b, f + d, f + b + d];
  return showBox(geometry, {
    left: Math.min(...xs),
    bottom: Math.min(...ys),
    right: Math.max(...xs),
    top: Math.max(...ys),
  });
}
