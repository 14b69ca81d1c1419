import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EngineLimits } from '#engines/engine-limits.ts';
import type { GrayImage, PageEngine } from '#engines/page-engine.ts';
import type { SourceFile } from '#engines/source-file.ts';
import { isAppError } from '#kernel/app-error.ts';
import type { ErrorCode } from '#kernel/error-codes.ts';
import { childPids } from '#test/support/child-processes.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '#test/support/make-files.ts';

interface PageEngineSamples {
  /**
   * Three pages of 600 x 400 points, white, where page n has a black block of 120 x 100 points with
   * its upper left corner at (150 · (n - 1) + 30, 40). Images state 144 dpi.
   */
  threePages: SourceFile;
  /** A page of the right type, cut in the middle. */
  truncated: SourceFile;
  /** Well-formed, but of a type that this engine does not read. */
  wrongType: SourceFile;
}

export interface PageEngineSubject {
  open(options: { limits?: EngineLimits; children?: number }): PageEngine;
  makeSamples(folder: TemporaryFolder): Promise<PageEngineSamples>;
}

const tightLimits: EngineLimits = { memoryMb: 1_024, timeoutMs: 60_000, maxPixels: 300_000 };

/** What every page engine must do. */
export function describePageEngine(name: string, subject: PageEngineSubject): void {
  describe(`${name} page engine`, () => {
    const folder = makeTemporaryFolder();
    let engine: PageEngine;
    let samples: PageEngineSamples;
    beforeAll(async () => {
      samples = await subject.makeSamples(folder);
      engine = subject.open({ children: 2 });
    });
    afterAll(async () => {
      await engine.close();
      folder.remove();
      expect(childPids()).toEqual([]);
    });
    const current = (): Current => ({ engine, samples, folder, subject });
    testPages(current);
    testRasters(current);
    testRefusals(current);
    testLife(current);
  });
}

interface Current {
  engine: PageEngine;
  samples: PageEngineSamples;
  folder: TemporaryFolder;
  subject: PageEngineSubject;
}

function testPages(current: () => Current): void {
  test('it names itself and its version, and accepts the type of its own files only', () => {
    const { engine, samples } = current();
    expect(engine.version).toMatch(/^\w+ \d+\.\d+/);
    expect(engine.accepts(samples.threePages.mediaType)).toBe(true);
    expect(engine.accepts(samples.wrongType.mediaType)).toBe(false);
  });

  test('pages are counted without reading them', async () => {
    const { engine, samples } = current();
    expect(await engine.inspect(samples.threePages)).toMatchObject({ pageCount: 3 });
  });

  test('a range of pages comes back in order with the size of each', async () => {
    const { engine, samples } = current();
    const pages = await engine.readText(samples.threePages, 2, 3);
    expect(pages.map((page) => page.number)).toEqual([2, 3]);
    for (const page of pages) {
      expect(page).toMatchObject({ rotation: 0, words: [], characters: 0 });
      expect([page.widthPt, page.heightPt]).toEqual([600, 400]);
    }
  });

  test('a page that does not exist is reported without spoiling the others', async () => {
    const { engine, samples } = current();
    const pages = await engine.readText(samples.threePages, 3, 4);
    expect(pages.map((page) => page.unreadable === undefined)).toEqual([true, false]);
    expect(await codeOf(engine.renderGray(samples.threePages, 4, 100))).toBe(
      'file.page_unreadable',
    );
    expect(await codeOf(engine.renderGray(samples.threePages, 0, 100))).toBe(
      'file.page_unreadable',
    );
  });
}

function testRasters(current: () => Current): void {
  test('the gray raster of each page has its ink where the page has it', async () => {
    const { engine, samples } = current();
    for (const number of [1, 2, 3]) {
      const image = await engine.renderGray(samples.threePages, number, 144);
      expect([image.width, image.height, image.dpi]).toEqual([1_200, 800, 144]);
      expect(image.pixels.length).toBe(1_200 * 800);
      const left = 300 * (number - 1) + 60;
      expect(inkBounds(image)).toEqual({ left, top: 80, right: left + 240, bottom: 280 });
    }
  });

  test('a colour raster has the size of the gray one and three bytes a pixel', async () => {
    const { engine, samples } = current();
    const gray = await engine.renderGray(samples.threePages, 2, 144);
    const colour = await engine.renderColour?.(samples.threePages, 2, 144);
    expect(colour).toMatchObject({ width: gray.width, height: gray.height, dpi: gray.dpi });
    expect(colour?.pixels.length).toBe(gray.pixels.length * 3);
    // White paper, black block: all channels say the same.
    expect([...(colour?.pixels.subarray(0, 3) ?? [])]).toEqual([255, 255, 255]);
    const inside = 3 * (180 * gray.width + 480);
    expect([...(colour?.pixels.subarray(inside, inside + 3) ?? [])]).toEqual([0, 0, 0]);
  });

  test('a raster beyond the pixel limit is smaller and states its true resolution', async () => {
    const { samples, subject } = current();
    const engine = subject.open({ limits: tightLimits });
    const image = await engine.renderGray(samples.threePages, 1, 144);
    await engine.close();
    expect(image.width * image.height).toBeLessThanOrEqual(tightLimits.maxPixels);
    expect(image.width * image.height).toBeGreaterThan(tightLimits.maxPixels * 0.95);
    expect(image.dpi).toBeCloseTo((image.width / 600) * 72, 0);
  });

  test('a picture is WebP of the asked width', async () => {
    const { engine, samples } = current();
    const picture = await engine.renderPicture(samples.threePages, 2, { widthPx: 300 });
    expect(picture).toMatchObject({ mediaType: 'image/webp', width: 300, height: 200 });
    expect(Buffer.from(picture.bytes.subarray(8, 12)).toString('latin1')).toBe('WEBP');
  });

  test('a picture is PNG where that is asked for', async () => {
    const { engine, samples } = current();
    const wish = { widthPx: 300, mediaType: 'image/png' } as const;
    const picture = await engine.renderPicture(samples.threePages, 2, wish);
    expect(picture).toMatchObject({ mediaType: 'image/png', width: 300, height: 200 });
    expect(Buffer.from(picture.bytes.subarray(1, 4)).toString('latin1')).toBe('PNG');
  });
}

function testRefusals(current: () => Current): void {
  test('a truncated file, garbage and a file of another type are damaged', async () => {
    const { engine, samples, folder } = current();
    const { mediaType } = samples.threePages;
    const garbage = folder.save('garbage', Buffer.from('no such thing'.repeat(99)), mediaType);
    for (const file of [garbage, samples.wrongType]) {
      expect(await codeOf(engine.inspect(file))).toBe('file.damaged');
      expect(await codeOf(engine.readText(file, 1, 1))).toBe('file.damaged');
      expect(await codeOf(engine.renderPicture(file, 1, { widthPx: 100 }))).toBe('file.damaged');
    }
    expect(await codeOf(engine.renderGray(samples.truncated, 1, 100))).toBe('file.damaged');
  });

  test('a file without bytes is empty', async () => {
    const { engine, samples, folder } = current();
    const empty = folder.save('empty', new Uint8Array(), samples.threePages.mediaType);
    expect(await codeOf(engine.inspect(empty))).toBe('file.empty');
  });

  test('good files are still read after bad ones', async () => {
    const { engine, samples } = current();
    await codeOf(engine.inspect(samples.truncated));
    expect(await engine.inspect(samples.threePages)).toMatchObject({ pageCount: 3 });
  });
}

function testLife(current: () => Current): void {
  test('forty parallel calls on two children are all answered', async () => {
    const { engine, samples } = current();
    const calls = Array.from({ length: 40 }, (_, index) =>
      engine.renderGray(samples.threePages, (index % 3) + 1, 36),
    );
    const images = await Promise.all(calls);
    expect(images.every((image) => image.pixels.length > 0)).toBe(true);
  });

  test('an aborted call says so and the engine goes on', async () => {
    const { engine, samples } = current();
    const controller = new AbortController();
    const call = engine.renderGray(samples.threePages, 1, 144, { signal: controller.signal });
    controller.abort();
    expect(await codeOf(call)).toBe('job.cancelled');
    expect(await engine.inspect(samples.threePages)).toMatchObject({ pageCount: 3 });
  });

  test('closing fails what is under way, leaves no process and can be done twice', async () => {
    const { samples, subject } = current();
    const before = childPids().length;
    const engine = subject.open({});
    await engine.inspect(samples.threePages);
    expect(childPids().length).toBeGreaterThanOrEqual(before);
    const call = codeOf(engine.renderGray(samples.threePages, 1, 144));
    await engine.close();
    await engine.close();
    expect(await call).toBe('engine.crashed');
    expect(childPids().length).toBe(before);
  });
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

/** Bounds of the dark pixels: right and bottom are one past the last. */
function inkBounds({ width, height, pixels }: GrayImage): Record<string, number> {
  const bounds = { left: width, top: height, right: 0, bottom: 0 };
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if ((pixels[y * width + x] ?? 255) >= 128) continue;
      bounds.left = Math.min(bounds.left, x);
      bounds.right = Math.max(bounds.right, x + 1);
      bounds.top = Math.min(bounds.top, y);
      bounds.bottom = Math.max(bounds.bottom, y + 1);
    }
  }
  return bounds;
}
