import { pageUnreadable } from '../sandbox/engine-failures.ts';
import type { PdfiumModule } from './pdfium-module.ts';

/** A rectangle in the page's own coordinates: points, origin anywhere, y upwards, before rotation. */
export interface UserBox {
  left: number;
  bottom: number;
  right: number;
  top: number;
}

/** Maps page coordinates to fractions of the page as shown: u = a·x + c·y + e, v = b·x + d·y + f. */
export interface PageGeometry {
  widthPt: number;
  heightPt: number;
  rotation: number;
  toShown: readonly [number, number, number, number, number, number];
}

const unit = 1_000_000;

/**
 * Size and coordinate map of an open page. The map is asked from PDFium by three corners and
 * inverted, so crop box, media box and rotation are all in it as PDFium itself understands them.
 * Throws `file.page_unreadable` for a page without area.
 */
export function readGeometry(pdfium: PdfiumModule, page: number, number: number): PageGeometry {
  const widthPt = pdfium.exports.FPDF_GetPageWidthF(page);
  const heightPt = pdfium.exports.FPDF_GetPageHeightF(page);
  const origin = toPage(pdfium, page, 0, 0);
  const acrossEnd = toPage(pdfium, page, unit, 0);
  const downEnd = toPage(pdfium, page, 0, unit);
  const across = { x: acrossEnd.x - origin.x, y: acrossEnd.y - origin.y };
  const down = { x: downEnd.x - origin.x, y: downEnd.y - origin.y };
  const area = across.x * down.y - across.y * down.x;
  if (!(widthPt > 0 && heightPt > 0) || !Number.isFinite(area) || area === 0) {
    throw pageUnreadable(number, 'it has no area');
  }
  const a = down.y / area;
  const c = -down.x / area;
  const b = -across.y / area;
  const d = across.x / area;
  const e = -(a * origin.x + c * origin.y);
  const f = -(b * origin.x + d * origin.y);
  const rotation = (pdfium.exports.FPDFPage_GetRotation(page) & 3) * 90;
  return { widthPt, heightPt, rotation, toShown: [a, b, c, d, e, f] };
}

/** Left, top, right and bottom of a box as fractions of the page as shown, cut at its edges. */
export function showBox(
  { toShown: [a, b, c, d, e, f] }: PageGeometry,
  box: UserBox,
): [number, number, number, number] {
  const u0 = a * box.left + c * box.bottom + e;
  const u1 = a * box.right + c * box.top + e;
  const v0 = b * box.left + d * box.bottom + f;
  const v1 = b * box.right + d * box.top + f;
  return [
    fraction(Math.min(u0, u1)),
    fraction(Math.min(v0, v1)),
    fraction(Math.max(u0, u1)),
    fraction(Math.max(v0, v1)),
  ];
}

function toPage(
  pdfium: PdfiumModule,
  page: number,
  u: number,
  v: number,
): { x: number; y: number } {
  const at = pdfium.scratch;
  pdfium.exports.FPDF_DeviceToPage(page, 0, 0, unit, unit, 0, u, v, at, at + 8);
  const doubles = pdfium.doubles();
  return { x: doubles[at / 8] ?? 0, y: doubles[at / 8 + 1] ?? 0 };
}

/** NaN becomes 0: a broken number must not travel on. */
function fraction(value: number): number {
  return value > 0 ? Math.min(1, value) : 0;
}
