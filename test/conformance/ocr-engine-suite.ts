import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EngineLimits } from '#engines/engine-limits.ts';
import type { OcrEngine } from '#engines/ocr-engine.ts';
import type { GrayImage } from '#engines/page-engine.ts';
import { createPdfiumEngine } from '#engines/pdfium-engine.ts';
import { isAppError } from '#kernel/app-error.ts';
import type { ErrorCode } from '#kernel/error-codes.ts';
import { silentLogger } from '#kernel/logger.ts';
import { childPids } from '#test/support/child-processes.ts';
import { makePdf, makeTemporaryFolder } from '#test/support/make-files.ts';

export interface OcrEngineSubject {
  open(options: { limits?: EngineLimits; concurrency?: number }): OcrEngine;
  /** Why it cannot be tested on this machine. */
  skipReason?: string | undefined;
}

const english = { languages: ['eng'], localThreshold: false } as const;

/** Two lines of text on 400 x 200 points; "Rotterdam" starts at (40, 50 - cap height) from the top left. */
const lines = [
  { text: 'Rotterdam harbour 1987', x: 40, y: 150, size: 24 },
  { text: 'seventeen invoices arrived', x: 40, y: 80, size: 24 },
];

/** What every recogniser must do. */
export function describeOcrEngine(name: string, subject: OcrEngineSubject): void {
  const title = subject.skipReason === undefined ? '' : ` (skipped: ${subject.skipReason})`;
  describe.skipIf(subject.skipReason !== undefined)(`${name} OCR engine${title}`, () => {
    let engine: OcrEngine;
    let page: GrayImage;
    beforeAll(async () => {
      page = await renderSample();
      engine = subject.open({ concurrency: 2 });
    });
    afterAll(async () => {
      await engine.close();
      expect(childPids()).toEqual([]);
    });
    testReading(() => ({ engine, page, subject }));
    testLife(() => ({ engine, page, subject }));
  });
}

interface Current {
  engine: OcrEngine;
  page: GrayImage;
  subject: OcrEngineSubject;
}

function testReading(current: () => Current): void {
  test('words come back in reading order with line, confidence and box', async () => {
    const { engine, page } = current();
    const { words } = await engine.recognise(page, english);
    const wanted = lines.map((line) => line.text).join(' ');
    expect(words.map((word) => word.text).join(' ')).toBe(wanted);
    expect(words.every((word) => word.confidence > 0.7 && word.confidence <= 1)).toBe(true);
    const [first, , , fourth] = words;
    expect(first?.x).toBeCloseTo(42 / 400, 2);
    expect(first?.y).toBeCloseTo(33 / 200, 1);
    expect(first?.width).toBeCloseTo(104 / 400, 1);
    const place = (word: typeof first): unknown => [word?.block, word?.paragraph, word?.line];
    expect(place(fourth)).not.toEqual(place(first));
    expect(place(words[1])).toEqual(place(first));
  });

  test('an unknown resolution and a local threshold change nothing on a clean page', async () => {
    const { engine, page } = current();
    const options = { ...english, localThreshold: true };
    const { words } = await engine.recognise({ ...page, dpi: 0 }, options);
    expect(words.map((word) => word.text)).toContain('Rotterdam');
  });

  test('one block is read line by line without looking for a layout', async () => {
    const { engine, page } = current();
    const { words } = await engine.recognise(page, { ...english, segmentation: 'block' });
    expect(words.map((word) => word.text).join(' ')).toBe(lines.map((line) => line.text).join(' '));
    expect(new Set(words.map((word) => word.block)).size).toBe(1);
  });

  test('a white page has no words', async () => {
    const { engine } = current();
    const pixels = new Uint8Array(300 * 200).fill(255);
    const white = { width: 300, height: 200, pixels, dpi: 100 };
    expect(await engine.recognise(white, english)).toEqual({ words: [] });
  });

  test('a language that is not installed is refused and nothing is fetched', async () => {
    const { engine, page } = current();
    for (const languages of [['xyz'], ['eng', 'xyz'], [], ['../eng']]) {
      const call = engine.recognise(page, { languages, localThreshold: false });
      expect(await codeOf(call)).toBe('ocr.language_unavailable');
    }
    expect(engine.languages).toContain('eng');
    const missing = engine.recognise(page, { languages: ['eng', 'nld'], localThreshold: false });
    await expect(missing).rejects.toThrow(engine.languagePackage('nld'));
    expect(engine.languagePackage('nld')).toMatch(/nld$/);
  });
}

function testLife(current: () => Current): void {
  test('it names itself, its version and its concurrency', () => {
    const { engine } = current();
    expect(engine.version).toMatch(/^[\w.]+ \d+\.\d+/);
    expect(engine.concurrency).toBe(2);
  });

  test('calls beyond the concurrency wait their turn', async () => {
    const { engine, page } = current();
    const calls = Array.from({ length: 6 }, () => engine.recognise(page, english));
    const counts = (await Promise.all(calls)).map((result) => result.words.length);
    expect(counts).toEqual([6, 6, 6, 6, 6, 6]);
  });

  test('an aborted call says so and the engine goes on', async () => {
    const { engine, page } = current();
    const controller = new AbortController();
    const call = codeOf(engine.recognise(page, english, { signal: controller.signal }));
    const other = engine.recognise(page, english);
    controller.abort();
    expect(await call).toBe('job.cancelled');
    expect((await other).words.length).toBe(6);
  });

  test('a page that takes too long is stopped', async () => {
    const { page, subject } = current();
    const engine = subject.open({ limits: { memoryMb: 1_024, timeoutMs: 5, maxPixels: 1e7 } });
    expect(await codeOf(engine.recognise(page, english))).toBe('engine.timeout');
    await engine.close();
  });

  test('a recogniser that grows beyond its limit is stopped', async () => {
    const { subject } = current();
    const engine = subject.open({ limits: { memoryMb: 20, timeoutMs: 60_000, maxPixels: 1e8 } });
    expect(await codeOf(engine.recognise(noisyPage(), english))).toBe('engine.memory_exceeded');
    await engine.close();
  });

  test('closing fails what is under way and leaves no process', async () => {
    const { page, subject } = current();
    const before = childPids().length;
    const engine = subject.open({});
    const calls = [1, 2].map(() => codeOf(engine.recognise(page, english)));
    await engine.close();
    expect(await Promise.all(calls)).toEqual(['engine.crashed', 'engine.crashed']);
    expect(childPids().length).toBe(before);
  });
}

async function renderSample(): Promise<GrayImage> {
  const folder = makeTemporaryFolder();
  const pdf = await makePdf([{ width: 400, height: 200, lines }]);
  const engine = createPdfiumEngine({ logger: silentLogger });
  const file = folder.save('lines.pdf', pdf, 'application/pdf');
  const page = await engine.renderGray(file, 1, 200);
  await engine.close();
  folder.remove();
  return page;
}

/** Text-like noise that keeps a recogniser busy for some seconds. */
function noisyPage(): GrayImage {
  const [width, height] = [2_000, 2_000];
  const pixels = new Uint8Array(width * height);
  for (let at = 0; at < pixels.length; at += 1) {
    const row = Math.floor(at / width);
    const column = at % width;
    const inWord = row % 40 < 24 && column % 200 < 180;
    // Spots of 4 x 4 pixels by a hash of their place: lines of words that nobody can read.
    const spot = (Math.imul((column >> 2) + 997 * (row >> 2), 2_654_435_761) >>> 16) % 5;
    pixels[at] = inWord && spot < 2 ? 0 : 255;
  }
  return { width, height, pixels, dpi: 200 };
}

async function codeOf(work: Promise<unknown>): Promise<ErrorCode | 'none'> {
  try {
    await work;
    return 'none';
  } catch (error) {
    if (isAppError(error)) return error.code;
    throw error;
  }
}
