import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '#kernel/app-error.ts';
import { fakeEngines, letterBoxes, pdfFile, pngFile, type FakePage } from './fake-engines.ts';
import { runPipeline, type Progress } from './run-pipeline.ts';
import { asRecognised, setColumn, textLayerPage } from './sample-words.ts';

const lines = setColumn({ left: 50, top: 60, widthPt: 480, lines: 4, firstWord: 1 });
const textPage: FakePage = { layer: textLayerPage(lines.flat()) };
const scanPage: FakePage = {
  layer: textLayerPage([], { imageCoverage: 1 }),
  ink: letterBoxes(lines.flat()),
  recognised: asRecognised(lines),
};
const blankPage: FakePage = { layer: textLayerPage([]) };

function times(count: number, page: FakePage): FakePage[] {
  return Array.from({ length: count }, () => page);
}

test('every page is read exactly once and comes back in order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(textPage, scanPage, blankPage), { minLength: 1, maxLength: 9 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 4 }),
      async (pages, rangePages, concurrency) => {
        const { engines } = fakeEngines(pages);
        const reading = await runPipeline(pdfFile, {
          engines,
          concurrency,
          settings: { rangePages },
        });
        expect(reading.pages.map((page) => page.number)).toEqual(pages.map((_, i) => i + 1));
        expect(reading.facts.missingPages).toEqual([]);
        const scans = pages.filter((page) => page === scanPage).length;
        expect(reading.facts.pagesByTextSource.local_ocr).toBe(scans);
      },
    ),
    { numRuns: 15 },
  );
});

test('progress grows to the number of pages', async () => {
  const seen: Progress[] = [];
  const { engines } = fakeEngines([textPage, scanPage, scanPage]);
  await runPipeline(pdfFile, { engines, onProgress: (progress) => seen.push({ ...progress }) });
  expect(seen[0]).toEqual({ pagesDone: 0, pagesTotal: 3 });
  expect(seen.at(-1)).toEqual({ pagesDone: 3, pagesTotal: 3 });
  const done = seen.map((progress) => progress.pagesDone);
  expect(done).toEqual([...done].sort((a, b) => a - b));
});

test('no more items run at once than allowed', async () => {
  const { engines, calls } = fakeEngines(times(8, scanPage));
  await runPipeline(pngFile, { engines, concurrency: 3 });
  expect(calls.mostAtOnce).toBe(3);
});

test('the first error ends the other items and is the one thrown', async () => {
  const crash = new AppError('engine.crashed', 'gone');
  const pages = times(30, scanPage);
  pages[1] = { ...scanPage, renderError: crash };
  const { engines, calls } = fakeEngines(pages);
  await expect(runPipeline(pngFile, { engines, concurrency: 2 })).rejects.toBe(crash);
  expect(calls.render.length).toBeLessThan(6);
});

test('an error ends an item that is under way', async () => {
  const crash = new AppError('engine.crashed', 'gone');
  const { engines } = fakeEngines([scanPage, { ...scanPage, renderError: crash }]);
  let cancelled = 0;
  engines.ocr.recognise = (_image, _options, call) =>
    new Promise((_resolve, reject) => {
      call?.signal?.addEventListener('abort', () => {
        cancelled++;
        reject(new AppError('job.cancelled', 'cancelled'));
      });
    });
  await expect(runPipeline(pngFile, { engines })).rejects.toBe(crash);
  expect(cancelled).toBe(1);
});

test('an aborted signal cancels, before and during the run', async () => {
  const { engines, calls } = fakeEngines(times(20, scanPage));
  const run = (signal: AbortSignal): Promise<unknown> => runPipeline(pngFile, { engines, signal });
  await expect(run(AbortSignal.abort())).rejects.toMatchObject({ code: 'job.cancelled' });
  expect(calls.render).toEqual([]);
  const controller = new AbortController();
  const onProgress = ({ pagesDone }: Progress): void => {
    if (pagesDone === 2) controller.abort();
  };
  const running = runPipeline(pngFile, { engines, onProgress, signal: controller.signal });
  await expect(running).rejects.toMatchObject({ code: 'job.cancelled' });
  expect(calls.render.length).toBeLessThan(10);
});

test('the facts of the document come with it', async () => {
  const { engines } = fakeEngines([textPage, blankPage]);
  const { facts, metadata, pageCount } = await runPipeline(pdfFile, { engines });
  expect(pageCount).toBe(2);
  expect(metadata).toEqual({ title: 'A fake' });
  expect(facts).toMatchObject({ titleSuggestion: 'A fake', pagesWithoutText: [2], confidence: 1 });
});
