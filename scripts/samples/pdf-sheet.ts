import {
  PDFDocument,
  StandardFonts,
  rgb,
  type Color,
  type PDFFont,
  type PDFPage,
} from '@cantoo/pdf-lib';

/** A4 in points. */
export const a4 = { width: 595.28, height: 841.89 } as const;

export const ink = rgb(0.1, 0.1, 0.12);
export const faint = rgb(0.42, 0.42, 0.45);

/** How a run of text looks; sizes in points, `leading` is the distance of two baselines. */
export interface Face {
  font: PDFFont;
  size: number;
  leading: number;
  color?: Color;
}

/** A column to write in: its left edge, its width and the first baseline, in points from below. */
export interface Column {
  x: number;
  y: number;
  width: number;
}

// Any fixed moment will do: a sample made tomorrow must have the same bytes.
const madeAt = new Date('2026-01-15T09:00:00Z');

/** An empty PDF with fixed dates, so that the same drawing always gives the same bytes. */
export async function newSheetDocument(title: string, author: string): Promise<PDFDocument> {
  const document = await PDFDocument.create({ updateMetadata: false });
  document.setTitle(title);
  document.setAuthor(author);
  document.setProducer('Docmill samples');
  document.setCreationDate(madeAt);
  document.setModificationDate(madeAt);
  return document;
}

/** The two text families the samples use; standard fonts, so nothing is embedded. */
export async function embedSheetFonts(document: PDFDocument) {
  return {
    serif: await document.embedFont(StandardFonts.TimesRoman),
    serifBold: await document.embedFont(StandardFonts.TimesRomanBold),
    serifItalic: await document.embedFont(StandardFonts.TimesRomanItalic),
    sans: await document.embedFont(StandardFonts.Helvetica),
    sansBold: await document.embedFont(StandardFonts.HelveticaBold),
    mono: await document.embedFont(StandardFonts.Courier),
    monoBold: await document.embedFont(StandardFonts.CourierBold),
  };
}

export type SheetFonts = Awaited<ReturnType<typeof embedSheetFonts>>;

/** Breaks text at spaces so that each line is at most `width` wide; a longer word has a line of its own. */
export function wrapText(text: string, width: number, widthOf: (line: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

/** Draws one line with its baseline at `y`. `align` places it around or before `x`. */
export function drawLine(
  page: PDFPage,
  text: string,
  at: { x: number; y: number; align?: 'left' | 'center' | 'right' },
  face: Face,
): void {
  const width = face.font.widthOfTextAtSize(text, face.size);
  const shift = { left: 0, center: width / 2, right: width }[at.align ?? 'left'];
  page.drawText(text, {
    x: at.x - shift,
    y: at.y,
    size: face.size,
    font: face.font,
    color: face.color ?? ink,
  });
}

/** Draws wrapped text and returns the baseline a following line would have. */
export function drawParagraph(page: PDFPage, text: string, column: Column, face: Face): number {
  const widthOf = (line: string): number => face.font.widthOfTextAtSize(line, face.size);
  let y = column.y;
  for (const line of wrapText(text, column.width, widthOf)) {
    drawLine(page, line, { x: column.x, y }, face);
    y -= face.leading;
  }
  return y;
}

/** Draws a rule; thickness in points. */
export function drawRule(
  page: PDFPage,
  from: readonly [x: number, y: number],
  to: readonly [x: number, y: number],
  thickness = 0.8,
  color: Color = ink,
): void {
  page.drawLine({
    start: { x: from[0], y: from[1] },
    end: { x: to[0], y: to[1] },
    thickness,
    color,
  });
}
