import { PDFDocument, type PDFFont, type PDFPage, rgb, StandardFonts } from '@cantoo/pdf-lib';

export const timetableStyles = ['ruled', 'light', 'filled', 'unruled'] as const;
/** Black rules; pale rules of 0.4 pt; pastel fills with white gaps and a dark head; nothing but white. */
export type TimetableStyle = (typeof timetableStyles)[number];

/** A cell as it was made: row and column from 0, lines of text parted by `\n`, empty when nothing is in it. */
export interface MadeCell {
  row: number;
  column: number;
  rowSpan: number;
  columnSpan: number;
  text: string;
}

/** A timetable whose cells are known. */
export interface MadeTimetable {
  style: TimetableStyle;
  title: string;
  rows: number;
  columns: number;
  cells: MadeCell[];
}

const subjects =
  'Mathematics|English|Science|History|Geography|Art and Design|Music|PE|RWI Phonics|Maths Meeting|Computing|French|PSHE|Guided Reading|Handwriting|Assembly|Library|Outdoor Learning'.split(
    '|',
  );
const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];
const columns = days.length + 1;

/** Makes up a week; `random` gives numbers in 0..1. Unruled weeks have no cells over several rows. */
export function makeTimetable(random: () => number, style: TimetableStyle): MadeTimetable {
  const periods = 5 + Math.floor(random() * 4);
  const week = new Week();
  week.put({ row: 0, column: 0, text: 'Time' });
  days.forEach((day, index) => week.put({ row: 0, column: index + 1, text: day }));
  let minutes = 525;
  for (let row = 1; row <= periods; row++) {
    const isBreak = isBreakRow(row, periods);
    const until = minutes + (isBreak ? 20 : 45);
    week.put({ row, column: 0, text: `${clock(minutes)} - ${clock(until)}` });
    minutes = until;
    if (isBreak) week.put({ row, column: 1, columnSpan: 5, text: row === 2 ? 'Break' : 'Lunch' });
    else fillRow(week, row, { periods, random, spans: style !== 'unruled' });
  }
  const title = `Class ${1 + Math.floor(random() * 9)} Timetable - Autumn Term`;
  return { style, title, rows: periods + 1, columns, cells: week.cells };
}

class Week {
  readonly cells: MadeCell[] = [];
  readonly #taken = new Set<string>();

  isTaken(row: number, column: number): boolean {
    return this.#taken.has(`${row},${column}`);
  }

  put(cell: Pick<MadeCell, 'row' | 'column' | 'text'> & Partial<MadeCell>): void {
    const whole = { rowSpan: 1, columnSpan: 1, ...cell };
    this.cells.push(whole);
    for (let row = 0; row < whole.rowSpan; row++) {
      for (let column = 0; column < whole.columnSpan; column++) {
        this.#taken.add(`${cell.row + row},${cell.column + column}`);
      }
    }
  }
}

function isBreakRow(row: number, periods: number): boolean {
  return row === 2 || row === periods - 2;
}

function fillRow(
  week: Week,
  row: number,
  { periods, random, spans }: { periods: number; random: () => number; spans: boolean },
): void {
  for (let column = 1; column < columns; column++) {
    if (week.isTaken(row, column)) continue;
    const mayGoDown = spans && row < periods && !isBreakRow(row + 1, periods);
    const rowSpan = mayGoDown && random() < 0.15 ? 2 : 1;
    const isFree = column + 1 < columns && !week.isTaken(row, column + 1);
    const columnSpan = spans && rowSpan === 1 && isFree && random() < 0.12 ? 2 : 1;
    const subject = subjects[Math.floor(random() * subjects.length)] ?? '';
    const room = random() < 0.4 ? `\nRoom ${1 + Math.floor(random() * 30)}` : '';
    const text = random() < 0.06 ? '' : subject + room;
    week.put({ row, column, rowSpan, columnSpan, text });
  }
}

function clock(minutes: number): string {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

// Landscape A4.
const sheet = { width: 842, height: 595 };
const left = 40;
const top = 70;
const timeWidth = 90;
const dayWidth = (sheet.width - 2 * left - timeWidth) / days.length;
const tableHeight = sheet.height - 130;

/** Draws timetables, one a page, with their titles. */
export async function drawTimetables(weeks: readonly MadeTimetable[]): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const plain = await document.embedFont(StandardFonts.Helvetica);
  const bold = await document.embedFont(StandardFonts.HelveticaBold);
  for (const week of weeks) {
    const page = document.addPage([sheet.width, sheet.height]);
    page.drawText(week.title, { x: left, y: sheet.height - 45, size: 18, font: bold });
    for (const cell of week.cells) drawCell(page, week, cell, cell.row === 0 ? bold : plain);
  }
  return document.save();
}

function drawCell(page: PDFPage, week: MadeTimetable, cell: MadeCell, font: PDFFont): void {
  const edge = (column: number): number =>
    left + (column > 0 ? timeWidth : 0) + Math.max(0, column - 1) * dayWidth;
  const x = edge(cell.column);
  const width = edge(cell.column + cell.columnSpan) - x;
  const rowHeight = tableHeight / week.rows;
  const height = cell.rowSpan * rowHeight;
  const y = sheet.height - top - cell.row * rowHeight - height;
  const look = lookOf(week.style, cell.row);
  if (look !== undefined) page.drawRectangle({ x, y, width, height, ...look });
  const isDark = week.style === 'filled' && cell.row === 0;
  const lines = cell.text.split('\n');
  lines.forEach((line, index) => {
    const free = width - font.widthOfTextAtSize(line, 11);
    page.drawText(line, {
      x: x + (week.style === 'unruled' ? 4 : free / 2),
      y: y + height / 2 + (lines.length - 1) * 6.5 - 4 - index * 13,
      size: 11,
      font,
      color: isDark ? rgb(1, 1, 1) : rgb(0, 0, 0),
    });
  });
}

function lookOf(style: TimetableStyle, row: number) {
  if (style === 'ruled') return { borderColor: rgb(0, 0, 0), borderWidth: 0.9 };
  if (style === 'light') return { borderColor: rgb(0.75, 0.75, 0.75), borderWidth: 0.4 };
  if (style === 'unruled') return undefined;
  const pastel = row % 2 === 1 ? rgb(0.93, 0.93, 0.97) : rgb(1, 0.97, 0.85);
  const color = row === 0 ? rgb(0.2, 0.3, 0.6) : pastel;
  return { color, borderColor: rgb(1, 1, 1), borderWidth: 1.5 };
}
