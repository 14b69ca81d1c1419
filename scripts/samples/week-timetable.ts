import { rgb, type Color, type PDFPage } from '@cantoo/pdf-lib';
import {
  a4,
  drawLine,
  embedSheetFonts,
  faint,
  ink,
  newSheetDocument,
  type SheetFonts,
} from './pdf-sheet.ts';

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];

/** A cell: what is taught, where, and over how many periods (1 unless said). */
interface Lesson {
  subject: string;
  place: string;
  periods?: number;
}

/** One row: either five lessons (null = covered by the cell above) or one thing for everybody. */
type Row = { time: string } & (
  | { together: string }
  | { lessons: readonly (Lesson | null)[]; tall: true }
);

const lesson = (subject: string, place: string, periods = 1): Lesson => ({
  subject,
  place,
  periods,
});

const week: readonly Row[] = [
  { time: '08:45 - 09:00', together: 'Registration and reading' },
  {
    time: '09:00 - 10:00',
    tall: true,
    lessons: [
      lesson('Mathematics', 'Room 6'),
      lesson('English', 'Room 6'),
      lesson('Mathematics', 'Room 6'),
      lesson('Mathematics', 'Room 6'),
      lesson('English', 'Room 6'),
    ],
  },
  {
    time: '10:00 - 11:00',
    tall: true,
    lessons: [
      lesson('English', 'Room 6'),
      lesson('Mathematics', 'Room 6'),
      lesson('Music', 'Hall'),
      lesson('English', 'Room 6'),
      lesson('Mathematics', 'Room 6'),
    ],
  },
  { time: '11:00 - 11:20', together: 'Break' },
  {
    time: '11:20 - 12:20',
    tall: true,
    lessons: [
      lesson('History', 'Room 6'),
      lesson('Science', 'Laboratory'),
      lesson('English', 'Room 6'),
      lesson('Geography', 'Room 9'),
      lesson('French', 'Room 2'),
    ],
  },
  { time: '12:20 - 13:15', together: 'Lunch' },
  {
    time: '13:15 - 14:15',
    tall: true,
    lessons: [
      lesson('Physical Education', 'Sports field'),
      lesson('French', 'Room 2'),
      lesson('Computing', 'Room 11'),
      lesson('Science', 'Laboratory'),
      lesson('Art and Design', 'Studio', 2),
    ],
  },
  {
    time: '14:15 - 15:15',
    tall: true,
    lessons: [
      lesson('Library', 'Library'),
      lesson('Geography', 'Room 9'),
      lesson('History', 'Room 6'),
      lesson('Physical Education', 'Sports hall'),
      null,
    ],
  },
];

const fills: Readonly<Record<string, Color>> = {
  Mathematics: rgb(0.8, 0.88, 0.98),
  English: rgb(1, 0.91, 0.78),
  Science: rgb(0.82, 0.94, 0.82),
  History: rgb(0.95, 0.87, 0.8),
  Geography: rgb(0.84, 0.93, 0.9),
  French: rgb(0.94, 0.85, 0.95),
  Music: rgb(1, 0.87, 0.9),
  Computing: rgb(0.86, 0.87, 0.97),
  Library: rgb(0.95, 0.95, 0.82),
  'Physical Education': rgb(0.89, 0.95, 0.72),
  'Art and Design': rgb(0.99, 0.84, 0.84),
};

// Landscape: the long side of A4 lies across.
const sheet = { width: a4.height, height: a4.width };
const left = 42;
const timeWidth = 92;
const dayWidth = (sheet.width - 2 * left - timeWidth) / days.length;
const tallRow = 64;
const shortRow = 24;
const header = rgb(0.17, 0.27, 0.45);
const white = rgb(1, 1, 1);

interface Box {
  x: number;
  top: number;
  width: number;
  height: number;
}

function drawCell(page: PDFPage, box: Box, color: Color): void {
  page.drawRectangle({
    x: box.x,
    y: box.top - box.height,
    width: box.width,
    height: box.height,
    color,
    borderColor: ink,
    borderWidth: 0.8,
  });
}

/** Writes lines around the middle of a cell; the first in bold, the others smaller. */
function fillCell(page: PDFPage, fonts: SheetFonts, box: Box, lines: readonly string[]): void {
  const x = box.x + box.width / 2;
  const middle = box.top - box.height / 2 + (lines.length - 1) * 7 - 4;
  for (const [index, text] of lines.entries()) {
    const face =
      index === 0
        ? { font: fonts.sansBold, size: 11.5, leading: 14 }
        : { font: fonts.sans, size: 9.5, leading: 14 };
    drawLine(page, text, { x, y: middle - index * 14, align: 'center' }, face);
  }
}

function drawHeader(page: PDFPage, fonts: SheetFonts, top: number): void {
  const face = { font: fonts.sansBold, size: 12, leading: 14, color: white };
  for (const [index, name] of ['Time', ...days].entries()) {
    const x = index === 0 ? left : left + timeWidth + dayWidth * (index - 1);
    const width = index === 0 ? timeWidth : dayWidth;
    drawCell(page, { x, top, width, height: 28 }, header);
    drawLine(page, name, { x: x + width / 2, y: top - 18, align: 'center' }, face);
  }
}

function drawLessons(
  page: PDFPage,
  fonts: SheetFonts,
  lessons: readonly (Lesson | null)[],
  top: number,
): void {
  for (const [day, one] of lessons.entries()) {
    if (!one) continue;
    const box = {
      x: left + timeWidth + dayWidth * day,
      top,
      width: dayWidth,
      height: tallRow * (one.periods ?? 1),
    };
    drawCell(page, box, fills[one.subject] ?? white);
    fillCell(page, fonts, box, [one.subject, one.place]);
  }
}

function drawRow(page: PDFPage, fonts: SheetFonts, row: Row, top: number): number {
  const height = 'together' in row ? shortRow : tallRow;
  const timeBox = { x: left, top, width: timeWidth, height };
  drawCell(page, timeBox, rgb(0.94, 0.95, 0.96));
  fillCell(page, fonts, timeBox, [row.time]);
  if ('together' in row) {
    const box = { x: left + timeWidth, top, width: dayWidth * days.length, height };
    drawCell(page, box, rgb(0.9, 0.9, 0.9));
    fillCell(page, fonts, box, [row.together]);
  } else drawLessons(page, fonts, row.lessons, top);
  return top - height;
}

/** One landscape A4 page: five days by five periods, with breaks across the week and a double lesson. */
export async function makeWeekTimetable(): Promise<Uint8Array> {
  const document = await newSheetDocument('Class 4B timetable', 'Sarnside School');
  const fonts = await embedSheetFonts(document);
  const page = document.addPage([sheet.width, sheet.height]);
  const title = { font: fonts.sansBold, size: 20, leading: 24, color: header };
  const plain = { font: fonts.sans, size: 10.5, leading: 14, color: faint };
  drawLine(page, 'Class 4B Timetable', { x: left, y: sheet.height - 52 }, title);
  const about = 'Sarnside School, autumn term 2026, class teacher Ms. A. Okello';
  drawLine(page, about, { x: left, y: sheet.height - 70 }, plain);
  const valid = { x: sheet.width - left, y: sheet.height - 70, align: 'right' } as const;
  drawLine(page, 'Valid from Monday 7 September 2026', valid, plain);
  let top = sheet.height - 86;
  drawHeader(page, fonts, top);
  top -= 28;
  for (const row of week) top = drawRow(page, fonts, row, top);
  const note =
    'Please bring sports clothes on Mondays and Thursdays. School ends at 15:15 every day.';
  drawLine(page, note, { x: left, y: top - 20 }, plain);
  return document.save();
}
