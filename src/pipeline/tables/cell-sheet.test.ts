import { expect, test } from 'vitest';
import type { GrayImage } from '#engines/page-engine.ts';
import type { OcrEngine, OcrOptions, OcrWord } from '#engines/ocr-engine.ts';
import { withoutDebris } from './cell-debris.ts';
import { cropCell, unreadShare } from './cell-crop.ts';
import { rereadCells } from './reread-cells.ts';
import type { TableGrid } from './table-grid.ts';

const page = { widthPt: 200, heightPt: 100 };
const image: GrayImage = { width: 400, height: 200, pixels: new Uint8Array(80_000), dpi: 144 };

/** Two cells: black on white with a rule around it, and white on dark blue. */
function drawCells(): GrayImage {
  const pixels = new Uint8Array(400 * 200).fill(255);
  const box = (left: number, top: number, right: number, bottom: number, level: number): void => {
    for (let y = top; y < bottom; y++) pixels.fill(level, y * 400 + left, y * 400 + right);
  };
  box(20, 20, 200, 120, 0);
  box(22, 22, 198, 118, 255);
  box(60, 60, 120, 76, 10);
  box(200, 20, 380, 120, 60);
  box(240, 60, 320, 76, 250);
  return { ...image, pixels };
}

const cellBoxes = [
  { x: 0.05, y: 0.1, width: 0.45, height: 0.5 },
  { x: 0.5, y: 0.1, width: 0.45, height: 0.5 },
];

test('print comes out black on white and without the rule, whichever way it was printed', () => {
  const drawn = drawCells();
  const [plain, dark] = cellBoxes.map((cell) => cropCell(drawn, cell, { ...page, angle: 0 }));
  expect(plain).toMatchObject({ left: 54, top: 54, width: 72, height: 28, inverted: false });
  expect(dark).toMatchObject({ left: 234, top: 54, width: 92, height: 28, inverted: true });
  for (const crop of [plain, dark]) {
    expect(crop?.pixels[0]).toBe(255);
    expect(crop?.pixels[14 * (crop?.width ?? 0) + 30]).toBeLessThan(20);
  }
});

test('a cell without print has no crop', () => {
  const empty = { ...image, pixels: image.pixels.map(() => 200) };
  expect(
    cropCell(empty, { x: 0, y: 0, width: 1, height: 1 }, { ...page, angle: 0 }),
  ).toBeUndefined();
});

test('ink outside of the words of a cell is seen', () => {
  const crop = cropCell(drawCells(), cellBoxes[0] ?? { x: 0, y: 0, width: 0, height: 0 }, {
    ...page,
    angle: 0,
  });
  if (crop === undefined) throw new Error('there is print');
  expect(unreadShare(crop, [{ left: 60, top: 60, right: 120, bottom: 76 }])).toBe(0);
  expect(unreadShare(crop, [{ left: 60, top: 60, right: 90, bottom: 76 }])).toBeGreaterThan(0.3);
});

const ocrWord = (text: string, confidence: number, box: Partial<OcrWord> = {}): OcrWord => ({
  text,
  confidence,
  x: 0,
  y: 0,
  width: 0.1,
  height: 0.05,
  block: 1,
  paragraph: 1,
  line: 1,
  ...box,
});

test('specks, slivers and words read twice are debris', () => {
  const words = [
    ocrWord('9:50', 0.93, { x: 0.1 }),
    ocrWord('-', 0.91, { x: 0.25, height: 0.005 }),
    ocrWord(':', 0.3, { x: 0.3 }),
    ocrWord('EQ', 0.44, { x: 0.4, height: 0.01 }),
    ocrWord('9:5O', 0.5, { x: 0.11 }),
  ];
  expect(withoutDebris(words).map((word) => word.text)).toEqual(['9:50', '-']);
});

/** Reads `texts` off a sheet, one from each cell on it. */
function sheetReader(texts: readonly string[], calls: OcrOptions[]): OcrEngine {
  return {
    name: 'fake',
    version: 'fake 1',
    concurrency: 1,
    languages: ['eng'],
    languagePackage: (language) => language,
    recognise: (sheet, options) => {
      calls.push(options);
      const tops = texts.map((_, index) => (24 + 6 + index * 68) / sheet.height);
      return Promise.resolve({
        words: texts.map((text, index) =>
          ocrWord(text, 0.96, {
            x: 30 / sheet.width,
            y: tops[index] ?? 0,
            width: 60 / sheet.width,
            height: 16 / sheet.height,
          }),
        ),
      });
    },
    close: () => Promise.resolve(),
  };
}

const grid: TableGrid = {
  seenBy: 'rules',
  rows: 1,
  columns: 2,
  angle: 0,
  x: 0.05,
  y: 0.1,
  width: 0.9,
  height: 0.5,
  cells: cellBoxes.map((box, column) => ({ row: 0, column, rowSpan: 1, columnSpan: 1, ...box })),
};

test('doubtful and unread cells are read again as one block, and the words stand where they are printed', async () => {
  const calls: OcrOptions[] = [];
  const doubtful = ocrWord('Tirne', 0.6, { x: 0.15, y: 0.3, width: 0.15, height: 0.08 });
  const outside = ocrWord('Title', 0.97, { x: 0.1, y: 0.9 });
  const options = {
    ocr: sheetReader(['Time', 'Monday'], calls),
    languages: ['eng'],
    localThreshold: false,
    call: {},
  };
  const words = await rereadCells([doubtful, outside], [grid], drawCells(), page, options);
  expect(calls).toMatchObject([{ segmentation: 'block' }]);
  expect(words.map((word) => word.text)).toEqual(['Time', 'Title', 'Monday']);
  const [time, , monday] = words;
  expect((time?.x ?? 0) * 400).toBeCloseTo(60, 5);
  expect((time?.y ?? 0) * 200).toBeCloseTo(60, 5);
  expect((monday?.x ?? 0) * 400).toBeCloseTo(240, 5);
});

test('a cell keeps its words where reading again brings less', async () => {
  const sure = ocrWord('Mathematics', 0.93, { x: 0.15, y: 0.3, width: 0.15, height: 0.08 });
  const read = { ...sheetReader([], []), recognise: () => Promise.resolve({ words: [] }) };
  const options = { ocr: read, languages: ['eng'], localThreshold: false, call: {} };
  expect(await rereadCells([sure], [grid], drawCells(), page, options)).toEqual([sure]);
});
