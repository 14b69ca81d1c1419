import { rgb, type PDFDocument, type PDFPage } from '@cantoo/pdf-lib';
import { flourByMonth, museum, quarters, spending } from './museum-prose.ts';
import {
  a4,
  drawLine,
  drawParagraph,
  drawRule,
  embedSheetFonts,
  faint,
  newSheetDocument,
  type Face,
  type SheetFonts,
} from './pdf-sheet.ts';
import { drawRuledTable } from './ruled-table.ts';

const margin = 68;
const measure = a4.width - 2 * margin;
const firstBaseline = a4.height - 108;
const river = rgb(0.16, 0.36, 0.48);
const gridline = rgb(0.82, 0.83, 0.85);

interface Faces {
  title: Face;
  subtitle: Face;
  chapter: Face;
  section: Face;
  body: Face;
  caption: Face;
  small: Face;
}

function makeFaces(fonts: SheetFonts): Faces {
  return {
    title: { font: fonts.sansBold, size: 30, leading: 36, color: river },
    subtitle: { font: fonts.serifItalic, size: 14, leading: 20, color: faint },
    chapter: { font: fonts.sansBold, size: 19, leading: 30 },
    section: { font: fonts.sansBold, size: 13, leading: 20 },
    body: { font: fonts.serif, size: 12, leading: 17 },
    caption: { font: fonts.serifItalic, size: 10, leading: 14 },
    small: { font: fonts.sans, size: 8.5, leading: 11, color: faint },
  };
}

/** Paragraphs below each other in one column; returns the next free baseline. */
function drawParagraphs(
  page: PDFPage,
  texts: readonly string[],
  top: number,
  face: Face,
  x = margin,
  width = measure,
): number {
  let y = top;
  for (const text of texts) y = drawParagraph(page, text, { x, y, width }, face) - 7;
  return y;
}

function drawHeading(page: PDFPage, text: string, top: number, face: Face): number {
  drawLine(page, text, { x: margin, y: top }, face);
  return top - face.leading;
}

function drawTitlePage(page: PDFPage, faces: Faces): void {
  page.drawRectangle({ x: 0, y: a4.height - 26, width: a4.width, height: 26, color: river });
  drawLine(page, museum.name, { x: margin, y: a4.height - 90 }, { ...faces.section, color: faint });
  drawLine(page, museum.title, { x: margin, y: a4.height - 134 }, faces.title);
  drawLine(page, museum.subtitle, { x: margin, y: a4.height - 162 }, faces.subtitle);
  const rule = a4.height - 182;
  drawRule(page, [margin, rule], [a4.width - margin, rule], 1.2, river);
  let y = drawHeading(page, '1. A year at the water\u2019s edge', a4.height - 226, faces.chapter);
  y = drawParagraphs(page, museum.opening, y, faces.body) - 12;
  y = drawHeading(page, museum.changesTitle, y, faces.section);
  y = drawParagraphs(page, museum.changes, y, faces.body) - 12;
  y = drawHeading(page, museum.thanksTitle, y, faces.section);
  drawParagraphs(page, [museum.thanks], y, faces.body);
}

function drawColumnsPage(page: PDFPage, faces: Faces): void {
  const top = drawHeading(page, museum.wheelTitle, firstBaseline, faces.chapter) - 4;
  const gap = 26;
  const width = (measure - gap) / 2;
  drawParagraphs(page, museum.wheel.slice(0, 4), top, faces.body, margin, width);
  drawParagraphs(page, museum.wheel.slice(4), top, faces.body, margin + width + gap, width);
}

function drawBullets(page: PDFPage, items: readonly string[], top: number, face: Face): number {
  const indent = 16;
  let y = top;
  for (const item of items) {
    drawLine(page, '\u2022', { x: margin + 4, y }, face);
    const column = { x: margin + indent, y, width: measure - indent };
    y = drawParagraph(page, item, column, face) - 4;
  }
  return y;
}

function drawWorkPage(page: PDFPage, faces: Faces): void {
  let y = drawHeading(page, museum.workTitle, firstBaseline, faces.chapter);
  y = drawParagraphs(page, [museum.workIntro], y, faces.body) - 10;
  y = drawHeading(page, museum.doneTitle, y, faces.section);
  y = drawBullets(page, museum.done, y, faces.body) - 12;
  y = drawHeading(page, museum.plannedTitle, y, faces.section);
  y = drawBullets(page, museum.planned, y, faces.body) - 8;
  drawParagraphs(page, [museum.workClose], y, faces.body);
}

const grouped = (value: number): string => value.toLocaleString('en-GB');
const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

function drawFiguresPage(page: PDFPage, fonts: SheetFonts, faces: Faces): void {
  const flour = quarters.map((_, index) =>
    sum(flourByMonth.slice(index * 3, index * 3 + 3).map(([, kilograms]) => kilograms)),
  );
  const rows = quarters.map((quarter, index) => [
    quarter.name,
    ...[quarter.visitors, quarter.groups, quarter.income, flour[index] ?? 0].map(grouped),
  ]);
  const totals = [
    sum(quarters.map((quarter) => quarter.visitors)),
    sum(quarters.map((quarter) => quarter.groups)),
    sum(quarters.map((quarter) => quarter.income)),
    sum(flour),
  ];
  let y = drawHeading(page, museum.figuresTitle, firstBaseline, faces.chapter);
  y = drawParagraphs(page, [museum.figuresIntro], y, faces.body) - 6;
  drawLine(page, museum.visitorsCaption, { x: margin, y }, faces.caption);
  y = drawRuledTable(page, fonts, {
    x: margin,
    top: y - 9,
    widths: [143, 79, 79, 79, 79],
    rows: [
      ['Quarter', 'Visitors', 'School groups', 'Income (\u00a3)', 'Flour (kg)'],
      ...rows,
      ['Year', ...totals.map(grouped)],
    ],
  });
  y = drawParagraphs(page, [museum.spendingIntro], y - 34, faces.body) - 6;
  const spent = sum(spending.map(([, pounds]) => pounds));
  drawLine(page, museum.spendingCaption, { x: margin, y }, faces.caption);
  y = drawRuledTable(page, fonts, {
    x: margin,
    top: y - 9,
    widths: [222, 79, 79],
    rows: [
      ['Item', 'Pounds', 'Share'],
      ...spending.map(([what, pounds]) => [
        what,
        grouped(pounds),
        `${((100 * pounds) / spent).toFixed(1)} %`,
      ]),
      ['Total', grouped(spent), '100.0 %'],
    ],
  });
  const left = grouped((totals[2] ?? 0) - spent);
  const close = `The difference of \u00a3${left} went into the reserve for the wheel shaft, which will one day need a new oak.`;
  drawParagraphs(page, [close], y - 34, faces.body);
}

function drawBars(page: PDFPage, faces: Faces, bottom: number): void {
  const height = 300;
  const most = 600;
  const left = margin + 34;
  const slot = (measure - 34) / flourByMonth.length;
  const label: Face = { ...faces.small, size: 9 };
  for (let value = 0; value <= most; value += 100) {
    const y = bottom + (height * value) / most;
    drawRule(
      page,
      [left, y],
      [a4.width - margin, y],
      value === 0 ? 1 : 0.5,
      value === 0 ? faint : gridline,
    );
    drawLine(page, String(value), { x: left - 6, y: y - 3, align: 'right' }, label);
  }
  for (const [index, [month, kilograms]] of flourByMonth.entries()) {
    const x = left + slot * index + slot * 0.18;
    const width = slot * 0.64;
    const tall = (height * kilograms) / most;
    page.drawRectangle({ x, y: bottom, width, height: tall, color: river });
    const middle = x + width / 2;
    drawLine(page, month, { x: middle, y: bottom - 14, align: 'center' }, label);
    // A white plate keeps the grid from striking the figure through.
    const white = rgb(1, 1, 1);
    page.drawRectangle({ x, y: bottom + tall + 2, width, height: 10, color: white });
    drawLine(page, String(kilograms), { x: middle, y: bottom + tall + 4, align: 'center' }, label);
  }
}

function drawPowerPage(page: PDFPage, faces: Faces): void {
  let y = drawHeading(page, museum.powerTitle, firstBaseline, faces.chapter);
  y = drawParagraphs(page, [museum.powerIntro], y, faces.body);
  const bottom = y - 330;
  drawBars(page, faces, bottom);
  y = bottom - 40;
  drawLine(page, museum.powerCaption, { x: a4.width / 2, y, align: 'center' }, faces.caption);
  drawParagraphs(page, [museum.powerClose], y - 34, faces.body);
}

function drawFurniture(document: PDFDocument, faces: Faces): void {
  for (const [index, page] of document.getPages().entries()) {
    const place = { x: a4.width / 2, y: 40, align: 'center' } as const;
    drawLine(page, `Page ${index + 1} of ${document.getPageCount()}`, place, faces.small);
    if (index === 0) continue;
    const top = a4.height - 52;
    drawLine(page, museum.name, { x: margin, y: top }, faces.small);
    const right = { x: a4.width - margin, y: top, align: 'right' } as const;
    drawLine(page, museum.title, right, faces.small);
    drawRule(page, [margin, top - 7], [a4.width - margin, top - 7], 0.5, faint);
  }
}

/** A born-digital report of five A4 pages: title, two columns, lists, tables, a chart. */
export async function makeMuseumReport(): Promise<Uint8Array> {
  const document = await newSheetDocument(museum.title, museum.name);
  const fonts = await embedSheetFonts(document);
  const faces = makeFaces(fonts);
  const newPage = (): PDFPage => document.addPage([a4.width, a4.height]);
  drawTitlePage(newPage(), faces);
  drawColumnsPage(newPage(), faces);
  drawWorkPage(newPage(), faces);
  drawFiguresPage(newPage(), fonts, faces);
  drawPowerPage(newPage(), faces);
  drawFurniture(document, faces);
  return document.save();
}
