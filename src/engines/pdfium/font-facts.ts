import type { PdfiumModule } from './pdfium-module.ts';

/** Weights by font handle; handles are only good while their page is open. */
export type WeightByFont = Map<number, number>;

const nameBytes = 48;
const boldWeight = 700;

/** Size in points of the character at `index`: the nominal size times the vertical scale of its matrix. */
export function readFontSize(pdfium: PdfiumModule, textPage: number, index: number): number {
  const { exports, scratch } = pdfium;
  const nominal = exports.FPDFText_GetFontSize(textPage, index);
  if (exports.FPDFText_GetMatrix(textPage, index, scratch) === 0) return nominal;
  const floats = pdfium.floats();
  const at = scratch / 4;
  const size = nominal * Math.hypot(floats[at + 2] ?? 0, floats[at + 3] ?? 1);
  return Number.isFinite(size) ? size : nominal;
}

/**
 * Weight 100..900 of the character's font; 0 when the file does not say. The standard fonts state
 * no weight, so a name such as `Helvetica-Bold` counts as one.
 */
export function readFontWeight(
  pdfium: PdfiumModule,
  textPage: number,
  index: number,
  weights: WeightByFont,
): number {
  const { exports } = pdfium;
  const object = exports.FPDFText_GetTextObject(textPage, index);
  const font = object === 0 ? 0 : exports.FPDFTextObj_GetFont(object);
  if (font === 0) return 0;
  const known = weights.get(font);
  if (known !== undefined) return known;
  const stated = exports.FPDFText_GetFontWeight(textPage, index);
  const clamped = stated > 0 ? Math.min(900, Math.max(100, stated)) : 0;
  const weight = clamped < 600 && isBoldName(fontName(pdfium, font)) ? boldWeight : clamped;
  weights.set(font, weight);
  return weight;
}

/** True for the names that type makers give to bold cuts. Semibold counts, as headings are set in it. */
function isBoldName(name: string): boolean {
  return /bold|black|heavy|demi/i.test(name);
}

function fontName(pdfium: PdfiumModule, font: number): string {
  const { exports, scratch } = pdfium;
  const bytes = exports.FPDFFont_GetBaseFontName(font, scratch, nameBytes);
  // A longer name is not written at all; such names are rare and say nothing more.
  if (bytes < 2 || bytes > nameBytes) return '';
  return Buffer.from(pdfium.bytes().subarray(scratch, scratch + bytes - 1)).toString('utf8');
}
