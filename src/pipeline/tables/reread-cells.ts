import type { OcrEngine, OcrWord } from '#engines/ocr-engine.ts';
import type { EngineCall, GrayImage } from '#engines/page-engine.ts';
import { meanCharacterConfidence } from '../page-confidence.ts';
import { cropCell, unreadShare, type CellCrop } from './cell-crop.ts';
import { makeCellSheet, wordsOfSheet } from './cell-sheet.ts';
import { haveOverlaps, withoutDebris } from './cell-debris.ts';
import { fillCells, type FilledCell, type FilledTable } from './fill-cells.ts';
import type { TableGrid } from './table-grid.ts';
import { turnBox } from './turned-page.ts';
import { mayStand, readTurnedCells } from './turned-cells.ts';

export interface RereadOptions {
  ocr: OcrEngine;
  languages: readonly string[];
  localThreshold: boolean;
  call: EngineCall;
}

/** Cells read less surely than this are read again. */
const sureConfidence = 0.94;
/** Times the usual height of a word. */
const tallest = 1.6;
/** A cell with more of its ink outside of its words has lost some. */
const mostUnread = 0.15;
/** A cell that held nothing before takes nothing less sure than this. */
const leastConfidence = 0.4;
/** Words less sure than this are wrong more often than right. */
const guess = 0.5;
/** A reading in proper order, this sure, is better than one whose words lie on each other. */
const cleanConfidence = 0.8;
/** Readings whose credit differs by less than this share are told apart by their confidence. */
const alike = 0.15;
/** Larger tables are lists of figures that page recognition reads well; re-reading them would take long. */
const mostCells = 600;
const mostPixels = 30_000_000;

/**
 * Reads the doubtful cells of recognised tables again: those that hold print but no words, light print on dark,
 * and words that are not sure. They are set black on white and without their rules on one sheet, which is read
 * as a single block. A cell keeps its words unless the new ones are surer. Returns all words of the page.
 */
export async function rereadCells(
  words: readonly OcrWord[],
  grids: readonly TableGrid[],
  image: GrayImage,
  page: { widthPt: number; heightPt: number },
  options: RereadOptions,
): Promise<OcrWord[]> {
  const replaced = new Map<number, readonly OcrWord[]>();
  const gone = new Set<number>();
  for (const table of fillCells(grids, words, page)) {
    const doubtful = doubtfulCells(table, words, image, page);
    if (doubtful.length === 0) continue;
    const read = await readCells(doubtful, image, { ...page, angle: table.angle }, options);
    doubtful.forEach(({ cell }, index) => {
      const old = cell.lines.flat();
      const fresh = read[index] ?? [];
      const before = wordsAt(words, old);
      const kept = new Set(withoutDebris(before));
      const isReplaced = isBetter(fresh, [...kept]);
      old.forEach((at, place) => {
        const word = before[place];
        if (isReplaced || (word !== undefined && !kept.has(word))) gone.add(at);
      });
      if (!isReplaced) return;
      replaced.set(old[0] ?? words.length + replaced.size, fresh);
    });
  }
  return mergeWords(words, gone, replaced);
}

interface DoubtfulCell {
  cell: FilledCell;
  crop: CellCrop;
}

function doubtfulCells(
  table: FilledTable,
  words: readonly OcrWord[],
  image: GrayImage,
  page: { widthPt: number; heightPt: number },
): DoubtfulCell[] {
  if (table.cells.length > mostCells) return [];
  const upright = { ...page, angle: table.angle };
  const usual = medianHeight(
    wordsAt(
      words,
      table.cells.flatMap((cell) => cell.lines.flat()),
    ),
  );
  const doubtful: DoubtfulCell[] = [];
  let pixels = 0;
  for (const cell of table.cells) {
    const own = wordsAt(words, cell.lines.flat());
    const crop = cropCell(image, cell, upright);
    if (crop === undefined) continue;
    const isSound =
      own.length > 0 && own.every((word) => isSure(word, usual)) && !haveOverlaps(own);
    if (isSound && isWhollyRead(own, crop, image, upright)) continue;
    pixels += (crop.width + 100) * (crop.height + 50);
    if (pixels > mostPixels) break;
    doubtful.push({ cell, crop });
  }
  return doubtful;
}

function isSure({ text, confidence, height }: OcrWord, usualHeight: number): boolean {
  // Pieces of rules are read as strokes, and surely so; a box over two lines hides what was lost in one of them.
  if (/[|_[\]{}]/.test(text) || height > tallest * usualHeight) return false;
  return confidence >= sureConfidence;
}

function medianHeight(words: readonly OcrWord[]): number {
  const heights = words.map((word) => word.height).sort((a, b) => a - b);
  return heights[heights.length >> 1] ?? 0;
}

function isWhollyRead(
  words: readonly OcrWord[],
  crop: CellCrop,
  { width, height }: GrayImage,
  page: { widthPt: number; heightPt: number; angle: number },
): boolean {
  const boxes = words.map((word) => {
    const box = turnBox(word, page.angle, page);
    return {
      left: box.x * width,
      top: box.y * height,
      right: (box.x + box.width) * width,
      bottom: (box.y + box.height) * height,
    };
  });
  return unreadShare(crop, boxes) < mostUnread;
}

/** Short cells get lost among the others on a sheet; so many of them are read again, each alone. */
const mostAlone = 8;

/** The words of each cell without debris, those of cells whose print stands in the order in which they run. */
async function readCells(
  doubtful: readonly DoubtfulCell[],
  image: GrayImage,
  page: { widthPt: number; heightPt: number; angle: number },
  options: RereadOptions,
): Promise<OcrWord[][]> {
  const crops = doubtful.map(({ crop }) => crop);
  const read = (await readSheet(crops, image, page, options)).map(withoutDebris);
  const lost = crops.flatMap((crop, index) => (read[index]?.length ? [] : [{ crop, index }]));
  for (const { crop, index } of lost.slice(0, mostAlone)) {
    const [alone] = await readSheet([crop], image, page, options);
    if (alone !== undefined) read[index] = withoutDebris(alone);
  }
  return withTurned(doubtful, read, { image, page }, options);
}

async function withTurned(
  doubtful: readonly DoubtfulCell[],
  read: readonly OcrWord[][],
  { image, page }: { image: GrayImage; page: { widthPt: number; heightPt: number; angle: number } },
  { ocr, languages, localThreshold, call }: RereadOptions,
): Promise<OcrWord[][]> {
  const standing = doubtful.flatMap(({ crop }, index) => (mayStand(crop) ? [{ crop, index }] : []));
  const turned = await readTurnedCells(
    standing.map(({ crop }) => crop),
    standing.map(({ index }) => read[index] ?? []),
    { ...page, width: image.width, height: image.height, dpi: image.dpi },
    async (sheet) => {
      const asBlock = { languages, localThreshold, segmentation: 'block' } as const;
      return (await ocr.recognise(sheet, asBlock, call)).words;
    },
  );
  const all = [...read];
  standing.forEach(({ index }, place) => {
    const words = turned[place];
    if (words !== undefined) all[index] = words;
  });
  return all;
}

async function readSheet(
  crops: readonly CellCrop[],
  image: GrayImage,
  page: { widthPt: number; heightPt: number; angle: number },
  { ocr, languages, localThreshold, call }: RereadOptions,
): Promise<OcrWord[][]> {
  const sheet = makeCellSheet(crops, image.dpi);
  const asBlock = { languages, localThreshold, segmentation: 'block' } as const;
  const { words } = await ocr.recognise(sheet.image, asBlock, call);
  return wordsOfSheet(words, sheet, crops, { ...page, width: image.width, height: image.height });
}

function wordsAt(words: readonly OcrWord[], indexes: readonly number[]): OcrWord[] {
  return indexes.flatMap((index) => words[index] ?? []);
}

function isBetter(fresh: readonly OcrWord[], old: readonly OcrWord[]): boolean {
  if (!fresh.some((word) => /[\p{L}\p{N}]/u.test(word.text))) return false;
  const confidence = meanCharacterConfidence(fresh);
  if (old.length === 0) return confidence >= leastConfidence;
  if (lettersOf(fresh) === lettersOf(old) && fresh.length !== old.length) {
    // A dash that only one of them has seen must not get lost; a word that only one of them has parted should.
    const marks = countMarks(fresh) - countMarks(old);
    return marks === 0 ? fresh.length < old.length : marks > 0;
  }
  if (haveOverlaps(old) && !haveOverlaps(fresh)) return confidence >= cleanConfidence;
  const before = credit(old);
  const gained = credit(fresh) - before;
  if (Math.abs(gained) > alike * Math.abs(before)) return gained > 0;
  return confidence >= meanCharacterConfidence(old);
}

function countMarks(words: readonly OcrWord[]): number {
  return words.filter(({ text }) => !/[\p{L}\p{N}]/u.test(text)).length;
}

function lettersOf(words: readonly OcrWord[]): string {
  return words.map(({ text }) => text.replace(/[^\p{L}\p{N}]/gu, '')).join('');
}

/** What was surely read counts for a reading, what was guessed against it. */
function credit(words: readonly OcrWord[]): number {
  return words.reduce((sum, word) => sum + word.text.length * (word.confidence - guess), 0);
}

/** New words take the place of the first word of their cell, so that the recogniser's order is kept. */
function mergeWords(
  words: readonly OcrWord[],
  gone: ReadonlySet<number>,
  replaced: ReadonlyMap<number, readonly OcrWord[]>,
): OcrWord[] {
  const merged: OcrWord[] = [];
  words.forEach((word, index) => {
    const fresh = replaced.get(index);
    if (fresh !== undefined) {
      for (const one of fresh)
        merged.push({ ...one, block: word.block, paragraph: word.paragraph });
    } else if (!gone.has(index)) merged.push(word);
  });
  for (const [index, fresh] of replaced) if (index >= words.length) merged.push(...fresh);
  return merged;
}
