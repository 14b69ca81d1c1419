import type { PackedPage } from '../pdfium/packed-words.ts';

/** The part of a text item of pdf.js that places it; widths and heights in points. */
export interface TextPiece {
  str: string;
  /** From text space, whose unit is the type size, to the page. */
  transform: readonly number[];
  width: number;
  hasEOL: boolean;
  /** Shares of the type size above and below the base line. */
  ascent: number;
  descent: number;
}

/** The page as shown: from page space (points from the lower left) to points from the upper left. */
export interface ShownPage {
  widthPt: number;
  heightPt: number;
  toShown: (x: number, y: number) => readonly number[];
}

type WordFields = Pick<PackedPage, 'text' | 'numbers' | 'characters' | 'unmappedCharacters'>;

interface OpenWord {
  text: string;
  left: number;
  top: number;
  right: number;
  bottom: number;
  sizePt: number;
}

/** More than any real page holds; a page with more is cut there. */
const wordsAtMost = 100_000;
/** Pieces of one word may stand this far apart, as a share of the type size. */
const gapInWord = 0.15;

/**
 * Words with boxes from the pieces of a page. A piece says how wide it is as a whole, so letters inside it count as
 * equally wide: boxes are a little less exact than those of PDFium.
 */
export function wordsOfPieces(pieces: readonly TextPiece[], page: ShownPage): WordFields {
  const words = new PieceWords(page);
  for (const piece of pieces) words.add(piece);
  return words.finish();
}

class PieceWords {
  readonly #page: ShownPage;
  readonly #words: OpenWord[] = [];
  #open: OpenWord | undefined;
  /** Where the last piece ended, on the page. */
  #end: { x: number; y: number } | undefined;

  constructor(page: ShownPage) {
    this.#page = page;
  }

  add(piece: TextPiece): void {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = piece.transform;
    const size = Math.hypot(c, d);
    const length = Math.hypot(a, b);
    if (!(size > 0 && length > 0) || ![e, f, piece.width].every(Number.isFinite)) return;
    const along = { x: a / length, y: b / length };
    if (this.#isApart({ x: e, y: f }, size)) this.#close();
    const letters = Array.from(piece.str);
    const step = letters.length === 0 ? 0 : piece.width / letters.length;
    letters.forEach((letter, index) => {
      if (/[\s\p{Cc}]/u.test(letter)) this.#close();
      else if (this.#words.length < wordsAtMost) {
        const from = index * step;
        const box = { from, to: from + step, low: piece.descent * size, high: piece.ascent * size };
        this.#cover(
          letter,
          size,
          cornersOf({ x: e, y: f }, along, { x: c / size, y: d / size }, box),
        );
      }
    });
    this.#end = { x: e + along.x * piece.width, y: f + along.y * piece.width };
    if (piece.hasEOL) this.#close();
  }

  finish(): WordFields {
    this.#close();
    const { widthPt, heightPt } = this.#page;
    const numbers = this.#words.flatMap(({ left, top, right, bottom, sizePt }) => [
      share(left, widthPt),
      share(top, heightPt),
      share(right, widthPt),
      share(bottom, heightPt),
      sizePt,
      0,
    ]);
    const text = this.#words.map((word) => word.text).join(' ');
    return {
      text,
      numbers: Float32Array.from(numbers),
      characters: this.#words.reduce((sum, word) => sum + word.text.length, 0),
      unmappedCharacters: text.match(/[\ue000-\uf8ff\ufffd]/g)?.length ?? 0,
    };
  }

  #isApart(start: { x: number; y: number }, size: number): boolean {
    if (this.#open === undefined || this.#end === undefined) return false;
    return Math.hypot(start.x - this.#end.x, start.y - this.#end.y) > gapInWord * size;
  }

  #cover(letter: string, sizePt: number, corners: readonly (readonly [number, number])[]): void {
    const shown = corners.map(([x, y]) => this.#page.toShown(x, y));
    const xs = shown.map(([x = 0]) => x);
    const ys = shown.map(([, y = 0]) => y);
    const before = this.#open;
    this.#open = {
      text: (before?.text ?? '') + letter,
      left: Math.min(before?.left ?? Infinity, ...xs),
      top: Math.min(before?.top ?? Infinity, ...ys),
      right: Math.max(before?.right ?? -Infinity, ...xs),
      bottom: Math.max(before?.bottom ?? -Infinity, ...ys),
      sizePt,
    };
  }

  #close(): void {
    if (this.#open !== undefined && this.#open.right > this.#open.left)
      this.#words.push(this.#open);
    this.#open = undefined;
  }
}

interface Point {
  x: number;
  y: number;
}

/** Corners of the box of a letter on its base line, which may run in any direction. */
function cornersOf(
  start: Point,
  along: Point,
  up: Point,
  box: { from: number; to: number; low: number; high: number },
): [number, number][] {
  return [box.from, box.to].flatMap((x) =>
    [box.low, box.high].map((y): [number, number] => [
      start.x + along.x * x + up.x * y,
      start.y + along.y * x + up.y * y,
    ]),
  );
}

function share(value: number, of: number): number {
  return of > 0 ? Math.min(1, Math.max(0, value / of)) : 0;
}
