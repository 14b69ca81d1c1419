import { type PageGeometry, showBox } from './page-geometry.ts';
import type { PdfiumModule } from './pdfium-module.ts';

const imageObject = 3;
const formObject = 5;
/** A scan has a handful of objects; a drawing with more than this is no scan. */
const objectsAtMost = 3_000;
const formDepthAtMost = 4;
const cells = 64;

type Matrix = readonly [number, number, number, number, number, number];

const identity: Matrix = [1, 0, 0, 1, 0, 0];

/**
 * Share of the page as shown that image objects cover, 0..1, to about a 64th of its sides.
 * Images inside forms count; overlapping images count once. The walk is bounded.
 */
export function imageCoverage(pdfium: PdfiumModule, page: number, geometry: PageGeometry): number {
  const covered = new Uint8Array(cells * cells);
  const walk = new ObjectWalk(pdfium, (matrix) => markImage(covered, geometry, matrix));
  walk.visitPage(page);
  return covered.reduce((sum, cell) => sum + cell, 0) / covered.length;
}

class ObjectWalk {
  readonly #pdfium: PdfiumModule;
  readonly #onImage: (matrix: Matrix) => void;
  #seen = 0;

  constructor(pdfium: PdfiumModule, onImage: (matrix: Matrix) => void) {
    this.#pdfium = pdfium;
    this.#onImage = onImage;
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
    if (type !== imageObject && type !== formObject) return;
    const matrix = multiply(this.#matrixOf(object), outer);
    if (type === imageObject) this.#onImage(matrix);
    else if (depth < formDepthAtMost) this.#visitForm(object, matrix, depth + 1);
  }

  #visitForm(form: number, matrix: Matrix, depth: number): void {
    const { exports } = this.#pdfium;
    const count = exports.FPDFFormObj_CountObjects(form);
    for (let index = 0; index < count && this.#seen < objectsAtMost; index += 1) {
      this.#visit(exports.FPDFFormObj_GetObject(form, index), matrix, depth);
    }
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

/** Marks the cells under the unit square of an image, or under its bounds when it is turned. */
function markImage(covered: Uint8Array, geometry: PageGeometry, matrix: Matrix): void {
  const [a, b, c, d, e, f] = matrix;
  const xs = [e, e + a, e + c, e + a + c];
  const ys = [f, f + b, f + d, f + b + d];
  const [left, top, right, bottom] = showBox(geometry, {
    left: Math.min(...xs),
    bottom: Math.min(...ys),
    right: Math.max(...xs),
    top: Math.max(...ys),
  });
  for (let row = Math.round(top * cells); row < Math.round(bottom * cells); row += 1) {
    covered.fill(
      1,
      row * cells + Math.round(left * cells),
      row * cells + Math.round(right * cells),
    );
  }
}
