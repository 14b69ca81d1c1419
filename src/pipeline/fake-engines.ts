import type { OcrEngine, OcrOptions, OcrWord } from '#engines/ocr-engine.ts';
import type { GrayImage, PageEngine, TextLayerPage } from '#engines/page-engine.ts';
import type { SourceFile } from '#engines/source-file.ts';
import { AppError } from '#kernel/app-error.ts';
import type { Box } from '#kernel/word.ts';
import { a4 } from './sample-words.ts';
import type { StageEngines } from './stage.ts';

export const pdfFile: SourceFile = {
  path: '/fake.pdf',
  mediaType: 'application/pdf',
  sha256: '00',
};
export const pngFile: SourceFile = { path: '/fake.png', mediaType: 'image/png', sha256: '01' };

/** A white A4 raster with black boxes, which may stand for letters. */
export function drawRaster(dpi: number, boxes: readonly Box[] = []): GrayImage {
  const width = Math.round((a4.widthPt / 72) * dpi);
  const height = Math.round((a4.heightPt / 72) * dpi);
  const pixels = new Uint8Array(width * height).fill(255);
  for (const box of boxes) {
    const from = Math.round(box.x * width);
    const to = Math.round((box.x + box.width) * width);
    for (let y = Math.round(box.y * height); y < Math.round((box.y + box.height) * height); y++) {
      pixels.fill(20, y * width + from, y * width + to);
    }
  }
  return { width, height, pixels, dpi };
}

/** The boxes of the letters that a word of sample-words.ts is set in: half an advance wide. */
export function letterBoxes(words: readonly (Box & { text: string })[]): Box[] {
  return words.flatMap(({ text, x, y, width, height }) =>
    Array.from({ length: text.length }, (_, i) => ({
      x: x + (width / text.length) * i,
      y,
      width: (width / text.length) * 0.6,
      height,
    })),
  );
}

export interface FakePage {
  layer: TextLayerPage;
  /** What is printed; without it the page is blank. */
  ink?: readonly Box[];
  recognised?: OcrWord[];
  /** Thrown by renderGray. */
  renderError?: AppError;
  /** Thrown by readText when the page is in its range. */
  readError?: AppError;
}

export interface FakeCalls {
  readText: [number, number][];
  render: { page: number; dpi: number }[];
  recognise: { image: GrayImage; options: OcrOptions }[];
  /** Most recognitions that were under way at once. */
  mostAtOnce: number;
}

/** Engines over pages in memory, which record how they were called. Recognition takes a turn of the loop. */
export function fakeEngines(pages: readonly FakePage[]): {
  engines: StageEngines;
  calls: FakeCalls;
} {
  const calls: FakeCalls = { readText: [], render: [], recognise: [], mostAtOnce: 0 };
  const rendered = new WeakMap<Uint8Array, FakePage>();
  return {
    calls,
    engines: {
      pageEngineFor: () => fakePageEngine(pages, calls, rendered),
      flowEngineFor: () => {
        throw new AppError('engine.unavailable', 'the fake reads no Word or text files');
      },
      ocr: fakeOcrEngine(pages, calls, rendered),
    },
  };
}

function fakePageEngine(
  pages: readonly FakePage[],
  calls: FakeCalls,
  rendered: WeakMap<Uint8Array, FakePage>,
): PageEngine {
  return {
    name: 'fake',
    version: 'fake 1.0',
    accepts: () => true,
    inspect: () => Promise.resolve({ pageCount: pages.length, metadata: { title: 'A fake' } }),
    async readText(_file, from, to, call) {
      throwIfAborted(call?.signal);
      calls.readText.push([from, to]);
      const range = pages.slice(from - 1, to);
      const bad = range.find((page) => page.readError !== undefined);
      if (bad?.readError !== undefined) throw bad.readError;
      return range.map((page, i) => Object.assign({}, page.layer, { number: from + i }));
    },
    async renderGray(_file, number, dpi, call) {
      throwIfAborted(call?.signal);
      calls.render.push({ page: number, dpi });
      const page = pages[number - 1];
      if (page?.renderError !== undefined) throw page.renderError;
      const image = drawRaster(dpi, page?.ink);
      if (page !== undefined) rendered.set(image.pixels, page);
      return image;
    },
    renderPicture: () => Promise.reject(new Error('the pipeline needs no pictures')),
    close: () => Promise.resolve(),
  };
}

function fakeOcrEngine(
  pages: readonly FakePage[],
  calls: FakeCalls,
  rendered: WeakMap<Uint8Array, FakePage>,
): OcrEngine {
  let atOnce = 0;
  return {
    name: 'fake-ocr',
    version: 'fake-ocr 2.0',
    concurrency: 2,
    languages: ['eng'],
    languagePackage: (language) => language,
    async recognise(image, options, call) {
      calls.recognise.push({ image, options });
      calls.mostAtOnce = Math.max(calls.mostAtOnce, ++atOnce);
      await new Promise((resolve) => setImmediate(resolve));
      atOnce--;
      throwIfAborted(call?.signal);
      const page = rendered.get(image.pixels) ?? (pages.length === 1 ? pages[0] : undefined);
      return { words: page?.recognised ?? [] };
    },
    close: () => Promise.resolve(),
  };
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new AppError('job.cancelled', 'cancelled');
}
