import { writeFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { expect } from 'vitest';
import type { PageEngine } from '#engines/page-engine.ts';
import { createPdfiumEngine } from '#engines/pdfium-engine.ts';
import {
  createSearchablePdfEngine,
  type PageText,
  type SearchablePdfEngine,
} from '#engines/searchable-pdf.ts';
import { createSharpEngine } from '#engines/sharp-engine.ts';
import type { SourceFile } from '#engines/source-file.ts';
import { silentLogger } from '#kernel/logger.ts';
import type { Word } from '#kernel/word.ts';
import { childPids } from './child-processes.ts';
import { makeTemporaryFolder, type TemporaryFolder } from './make-files.ts';
import { type PageWords, readWords, scoreReadBack } from './pdf-read-back.ts';

/** A page of text with its words in one list. */
export type TextPage = PageText & { words: Word[] };

export interface MadePdf {
  bytes: Buffer;
  path: string;
  file: SourceFile;
}

/** Everything to make searchable PDFs in a test and to look at them. */
export interface Workshop {
  folder: TemporaryFolder;
  engine: SearchablePdfEngine;
  pdfium: PageEngine;
  images: PageEngine;
  /** A searchable PDF of the file; `pageCount` is given where not every page gets words. */
  compose(file: SourceFile, pages: readonly TextPage[], pageCount?: number): Promise<MadePdf>;
  /** Expects a page to be drawn as before, up to so many levels of gray. */
  expectSameLook(
    before: { engine: PageEngine; file: SourceFile },
    after: SourceFile,
    options?: { page?: number; tolerance?: number },
  ): Promise<void>;
  /** Ends everything and expects that no child is left. */
  close(): Promise<void>;
}

export function openWorkshop(): Workshop {
  const folder = makeTemporaryFolder();
  const engine = createSearchablePdfEngine({ logger: silentLogger });
  const pdfium = createPdfiumEngine({ logger: silentLogger });
  const images = createSharpEngine({ logger: silentLogger });
  let count = 0;
  return {
    folder,
    engine,
    pdfium,
    images,
    async compose(file, pages, pageCount = pages.length) {
      const recognised = pages.filter(({ words }) => words.length > 0);
      const wish = { file, title: 'A test', pageCount, recognised, pages: each(pages) };
      const bytes = await buffer(await engine.compose(wish));
      const path = `${folder.path}/made-${++count}.pdf`;
      writeFileSync(path, bytes);
      return { bytes, path, file: folder.save(`made-${count}.pdf`, bytes, 'application/pdf') };
    },
    async expectSameLook(before, after, { page = 1, tolerance = 0 } = {}) {
      const original = await before.engine.renderGray(before.file, page, 72);
      const made = await pdfium.renderGray(after, page, 72);
      expect([made.width, made.height]).toEqual([original.width, original.height]);
      let worst = 0;
      for (const [index, value] of original.pixels.entries()) {
        worst = Math.max(worst, Math.abs(value - (made.pixels[index] ?? 0)));
      }
      expect(worst).toBeLessThanOrEqual(tolerance);
    },
    async close() {
      await Promise.all([engine.close(), pdfium.close(), images.close()]);
      folder.remove();
      expect(childPids()).toEqual([]);
    },
  };
}

/** The size of the pages below, in points and also in pixels of `makeScan`. */
export const workshopPage = { widthPt: 480, heightPt: 640 };

/** A page of which each line is given as its words; they stand in a grid of places. */
export function textPage(
  number: number,
  lines: readonly (readonly string[])[],
  size: { widthPt: number; heightPt: number } = workshopPage,
): TextPage {
  const set = lines.map((texts, row) =>
    texts.map((text, column) => ({
      text,
      x: 0.05 + column * (0.9 / texts.length),
      y: 0.03 + row * (0.94 / lines.length),
      // As wide as its characters, so that no neighbour is touched.
      width: Math.min(0.8 / texts.length, (0.9 * text.length) / 60),
      height: Math.min(0.02, 0.6 / lines.length),
      confidence: 0.9,
    })),
  );
  return { number, ...size, lines: set, words: set.flat() };
}

/** A full page of different words. */
export const wordGrid = Array.from({ length: 20 }, (_, row) =>
  Array.from({ length: 6 }, (__, column) => `word${row}-${column}`),
);

/** A white page of 480 x 640 pixels with a gray block, as PNG. */
export function makeScan(): Promise<Buffer> {
  const block = { create: { width: 90, height: 200, channels: 3 as const, background: '#555' } };
  return sharp({ create: { width: 480, height: 640, channels: 3, background: '#fff' } })
    .composite([{ input: block, left: 20, top: 30 }])
    .png()
    .toBuffer();
}

export async function* each<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}

/** Expects poppler to find exactly these words in exactly these places. */
export async function expectReadBack(path: string, pages: readonly PageWords[]): Promise<void> {
  const { f1, worstEdgePt } = scoreReadBack(pages, await readWords(path));
  expect(f1).toBe(1);
  expect(worstEdgePt).toBeLessThan(0.1);
}
