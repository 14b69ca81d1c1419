import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EngineLimits } from '#engines/engine-limits.ts';
import type { FlowEngine } from '#engines/flow-engine.ts';
import type { SourceFile } from '#engines/source-file.ts';
import { isAppError } from '#kernel/app-error.ts';
import type { ErrorCode } from '#kernel/error-codes.ts';
import { childPids } from '#test/support/child-processes.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '#test/support/make-files.ts';

interface FlowEngineSamples {
  /**
   * Three pages of one paragraph each: `page one <tag> & more`, `page two` and `page three`, then on the third
   * page a table of two rows of the cells `a`, `b` and `c`, `d`, if the kind has tables.
   */
  threePages: SourceFile;
  /** Well-formed, but of a type that this engine does not read. */
  wrongType: SourceFile;
  /** Cannot be read; undefined for kinds in which every file can. */
  broken: SourceFile | undefined;
}

export interface FlowEngineSubject {
  open(options: { limits?: EngineLimits; children?: number }): FlowEngine;
  makeSamples(folder: TemporaryFolder): FlowEngineSamples;
}

/** What every flow engine must do. */
export function describeFlowEngine(name: string, subject: FlowEngineSubject): void {
  describe(`${name} flow engine`, () => {
    const folder = makeTemporaryFolder();
    let engine: FlowEngine;
    let samples: FlowEngineSamples;
    beforeAll(() => {
      samples = subject.makeSamples(folder);
      engine = subject.open({ children: 2 });
    });
    afterAll(async () => {
      await engine.close();
      folder.remove();
      expect(childPids()).toEqual([]);
    });

    test('it names itself and its version, and accepts the types of its own files only', () => {
      expect(engine.version).toMatch(/^docmill-\w+ \d+$/);
      expect(engine.accepts(samples.threePages.mediaType)).toBe(true);
      expect(engine.accepts(samples.wrongType.mediaType)).toBe(false);
    });

    test('pages are counted and read in any range', async () => {
      expect(await engine.inspect(samples.threePages)).toMatchObject({ pageCount: 3 });
      const pages = await engine.readPages(samples.threePages, 2, 3);
      expect(pages.map((page) => [page.number, page.zones[0]?.content])).toEqual([
        [2, 'page two'],
        [3, 'page three'],
      ]);
      for (const page of pages) expect(page.widthPt).toBeGreaterThan(500);
    });

    test('words lie in zones, in boxes inside the page, and are certain', async () => {
      const [page] = await engine.readPages(samples.threePages, 1, 1);
      expect(page?.words.map((word) => word.text)).toEqual(['page', 'one', '<tag>', '&', 'more']);
      expect(page?.zones).toMatchObject([{ kind: 'text', wordFrom: 0, wordTo: 4 }]);
      for (const { x, y, width, height, confidence } of page?.words ?? []) {
        expect(Math.min(x, y, width, height)).toBeGreaterThan(0);
        expect(Math.max(x + width, y + height)).toBeLessThan(1);
        expect(confidence).toBe(1);
      }
    });

    test('a page is drawn as SVG with its words escaped, and nothing that could run or load', async () => {
      const { mediaType, bytes } = await engine.drawPage(samples.threePages, 1);
      const svg = Buffer.from(bytes).toString();
      expect(mediaType).toBe('image/svg+xml');
      expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
      expect(svg).toContain('>&lt;tag&gt;</text>');
      expect(svg).not.toMatch(/<script|href|url\(|\son\w+=/);
    });

    test('a page that does not exist is refused', async () => {
      for (const page of [0, 4, 1.5]) {
        expect(await codeOf(engine.readPages(samples.threePages, page, page))).toBe(
          'file.page_unreadable',
        );
        expect(await codeOf(engine.drawPage(samples.threePages, page))).toBe(
          'file.page_unreadable',
        );
      }
    });

    test('a file without bytes is empty, a broken one damaged, and good ones are read after them', async () => {
      const { mediaType } = samples.threePages;
      const empty = folder.save('empty', new Uint8Array(), mediaType);
      expect(await codeOf(engine.inspect(empty))).toBe('file.empty');
      if (samples.broken !== undefined) {
        expect(await codeOf(engine.inspect(samples.broken))).toBe('file.damaged');
      }
      expect(await engine.inspect(samples.threePages)).toMatchObject({ pageCount: 3 });
    });

    test('twenty parallel calls on two children are all answered', async () => {
      const calls = Array.from({ length: 20 }, (_, index) =>
        engine.readPages(samples.threePages, (index % 3) + 1, 3),
      );
      const counts = (await Promise.all(calls)).map((pages) => pages.length);
      expect(counts).toEqual(counts.map((_, index) => 3 - (index % 3)));
    });

    test('an aborted call says so, and closing leaves no process', async () => {
      const before = childPids().length;
      const own = subject.open({});
      const controller = new AbortController();
      const call = codeOf(own.inspect(samples.threePages, { signal: controller.signal }));
      controller.abort();
      expect(await call).toBe('job.cancelled');
      await own.close();
      await own.close();
      expect(await codeOf(own.inspect(samples.threePages))).toBe('engine.crashed');
      expect(childPids().length).toBe(before);
    });
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
