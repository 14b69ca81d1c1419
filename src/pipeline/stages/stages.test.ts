import { expect, test } from 'vitest';
import { AppError } from '#kernel/app-error.ts';
import { silentLogger } from '#kernel/logger.ts';
import { fakeEngines, letterBoxes, pdfFile, pngFile, type FakePage } from '../fake-engines.ts';
import { defaultReadingSettings, type ReadingSettings } from '../reading-settings.ts';
import { asRecognised, setColumn, setLine, textLayerPage } from '../sample-words.ts';
import type { StageName, StageOutput } from '../stage.ts';
import { firstItem, lastItem, stages } from './stage-table.ts';

const lines = setColumn({ left: 50, top: 60, widthPt: 480, lines: 10, firstWord: 1 });
const ink = letterBoxes(lines.flat());

const textPage: FakePage = { layer: textLayerPage(lines.flat()), ink };
const scanPage: FakePage = {
  layer: textLayerPage([], { imageCoverage: 1 }),
  ink,
  recognised: asRecognised(lines),
};
const curvesPage: FakePage = { ...scanPage, layer: textLayerPage([]) };
const blankPage: FakePage = { layer: textLayerPage([]) };
const brokenPage: FakePage = { layer: textLayerPage([], { unreadable: 'bad stream' }) };

function runStage(
  stage: StageName,
  pages: FakePage[],
  {
    file = pdfFile,
    range = [1, pages.length],
    settings = {},
  }: {
    file?: typeof pdfFile;
    range?: number[];
    settings?: Partial<ReadingSettings>;
  } = {},
): Promise<StageOutput> & { calls: ReturnType<typeof fakeEngines>['calls'] } {
  const { engines, calls } = fakeEngines(pages);
  const [pageFrom = 1, pageTo = 1] = range;
  const input = { file, pageFrom, pageTo, settings: { ...defaultReadingSettings, ...settings } };
  return Object.assign(stages[stage].run(input, { engines, logger: silentLogger }), { calls });
}

function times(count: number, page: FakePage): FakePage[] {
  return Array.from({ length: count }, () => page);
}

test('a PDF file is planned in ranges of twenty pages', async () => {
  const { next, document } = await runStage('classify', times(45, textPage));
  expect(document).toEqual({ pageCount: 45, metadata: { title: 'A fake' } });
  expect(next).toEqual([
    { stage: 'preprocess', pageFrom: 1, pageTo: 20 },
    { stage: 'preprocess', pageFrom: 21, pageTo: 40 },
    { stage: 'preprocess', pageFrom: 41, pageTo: 45 },
  ]);
});

test('an image file, or a PDF file read by force, is planned page by page for recognition', async () => {
  const expected = [1, 2].map((page) => ({ stage: 'ocr', pageFrom: page, pageTo: page }));
  const pages = [scanPage, scanPage];
  expect((await runStage('classify', pages, { file: pngFile })).next).toEqual(expected);
  const forced = await runStage('classify', pages, { settings: { forceOcr: true } });
  expect(forced.next).toEqual(expected);
});

test('a file with too many or no pages is refused', async () => {
  const tooMany = runStage('classify', [textPage, textPage], { settings: { maxPages: 1 } });
  await expect(tooMany).rejects.toMatchObject({ code: 'file.too_many_pages' });
  await expect(runStage('classify', [])).rejects.toMatchObject({ code: 'file.empty' });
});

test('each page of a range is finished or sent to recognition by what it holds', async () => {
  const run = runStage('preprocess', [textPage, scanPage, curvesPage, blankPage, brokenPage]);
  const { pages, next } = await run;
  expect(next.map((item) => [item.stage, item.pageFrom, item.pageTo])).toEqual([
    ['ocr', 2, 2],
    ['ocr', 3, 3],
  ]);
  expect(
    pages.map(({ number, confidence, warnings }) => ({ number, confidence, warnings })),
  ).toEqual([
    { number: 1, confidence: 1, warnings: [] },
    { number: 4, confidence: 1, warnings: ['blank_page'] },
    { number: 5, confidence: 0, warnings: ['page_unreadable'] },
  ]);
  expect(pages[0]?.words).toHaveLength(lines.flat().length);
  expect(pages[0]).toMatchObject({ textSource: 'text_layer', tool: 'fake 1.0' });
  // Only the pages without words and images were glanced at.
  expect(run.calls.render).toEqual([
    { page: 3, dpi: 50 },
    { page: 4, dpi: 50 },
  ]);
});

test('the hidden text of a scan is kept and never certain', async () => {
  const words = setColumn({ left: 50, top: 60, widthPt: 480, lines: 10, firstWord: 1 }).flat();
  for (const word of words) word.text = 'plausible';
  const { pages } = await runStage('preprocess', [
    { layer: textLayerPage(words, { imageCoverage: 1 }) },
  ]);
  expect(pages[0]).toMatchObject({ confidence: 0.9, warnings: ['hidden_text_layer'] });
  expect(pages[0]?.words.every((word) => word.confidence === 0.9)).toBe(true);
});

test('a range that kills the engine is halved until the bad page stands alone', async () => {
  const crash = new AppError('engine.crashed', 'gone');
  const pages = [textPage, { ...textPage, readError: crash }, textPage];
  const { next } = await runStage('preprocess', pages);
  expect(next.map(({ pageFrom, pageTo }) => [pageFrom, pageTo])).toEqual([
    [1, 2],
    [3, 3],
  ]);
  await expect(runStage('preprocess', pages, { range: [2, 2] })).rejects.toBe(crash);
});

test('cancelling is not taken for a bad page', async () => {
  const pages = [textPage, { ...textPage, readError: new AppError('job.cancelled', 'stop') }];
  await expect(runStage('preprocess', pages)).rejects.toMatchObject({ code: 'job.cancelled' });
});

test('a scanned page is recognised at 200 dpi with a local threshold', async () => {
  const run = runStage('ocr', [scanPage]);
  const [page] = (await run).pages;
  expect(page).toMatchObject({
    number: 1,
    textSource: 'local_ocr',
    tool: 'fake-ocr 2.0',
    warnings: [],
  });
  expect(page?.words).toHaveLength(lines.flat().length);
  expect(page?.confidence).toBeGreaterThan(0.9);
  expect(run.calls.render).toEqual([{ page: 1, dpi: 200 }]);
  expect(run.calls.recognise[0]?.options).toEqual({ languages: ['eng'], localThreshold: true });
});

test('text drawn as curves is recognised without a local threshold', async () => {
  const run = runStage('ocr', [curvesPage]);
  await run;
  expect(run.calls.recognise[0]?.options.localThreshold).toBe(false);
});

test('lines the recogniser lost lower the confidence and are reported', async () => {
  const recognised = asRecognised(lines.slice(0, 5));
  const [page] = (await runStage('ocr', [{ ...scanPage, recognised }])).pages;
  expect(page?.warnings).toEqual(['text_left_unread']);
  expect(page?.confidence).toBeLessThan(0.8);
});

test('a page of a picture is finished without words and waits for a person', async () => {
  const [page] = (await runStage('ocr', [{ ...scanPage, recognised: [] }])).pages;
  expect(page).toMatchObject({ confidence: 0.5, warnings: ['no_text_found'], words: [], text: '' });
});

test('a blank scan is not handed to the recogniser', async () => {
  const run = runStage('ocr', [{ layer: textLayerPage([], { imageCoverage: 1 }) }]);
  expect((await run).pages[0]).toMatchObject({ confidence: 1, warnings: ['blank_page'] });
  expect(run.calls.recognise).toEqual([]);
});

test('a stamp in the text layer is kept where recognition finds less', async () => {
  const stamp = setLine({ text: 'Received 12 May', left: 50, top: 60 });
  const layer = textLayerPage(stamp, { imageCoverage: 1 });
  const [page] = (await runStage('ocr', [{ layer, ink, recognised: [] }])).pages;
  expect(page).toMatchObject({ text: 'Received 12 May', textSource: 'text_layer' });
  const [forced] = (
    await runStage('ocr', [{ layer, ink, recognised: [] }], { settings: { forceOcr: true } })
  ).pages;
  expect(forced?.text).toBe('');
});

test('a page of a PDF file that cannot be rendered does not fail the others, an image does', async () => {
  const renderError = new AppError('file.page_unreadable', 'bad');
  const page = { ...scanPage, renderError };
  const [reading] = (await runStage('ocr', [page])).pages;
  expect(reading).toMatchObject({ confidence: 0, warnings: ['page_unreadable'], widthPt: 595 });
  await expect(runStage('ocr', [page], { file: pngFile })).rejects.toBe(renderError);
});

test('an image takes its page size from its own resolution', async () => {
  const run = runStage('ocr', [scanPage], { file: pngFile });
  const [page] = (await run).pages;
  expect(page?.widthPt).toBeCloseTo(595, 0);
  expect(page?.heightPt).toBeCloseTo(842, 0);
  expect(run.calls.readText).toEqual([]);
});

test('small print is rendered again at 300 dpi', async () => {
  const small = lines.map((line) =>
    line.map((word) => Object.assign({}, word, { height: word.height / 2 })),
  );
  const page = { ...scanPage, ink: letterBoxes(small.flat()), recognised: asRecognised(small) };
  const run = runStage('ocr', [page]);
  await run;
  expect(run.calls.render.map((call) => call.dpi)).toEqual([200, 300]);
});

test('validate sums up what was read and refuses to guess it', async () => {
  const input = { file: pdfFile, settings: defaultReadingSettings, ...lastItem(2) };
  const context = { engines: fakeEngines([]).engines, logger: silentLogger };
  const { facts } = await stages.validate.run(
    { ...input, soFar: { metadata: {}, pages: [], samples: [] } },
    context,
  );
  expect(facts?.missingPages).toEqual([1, 2]);
  await expect(stages.validate.run(input, context)).rejects.toThrow(RangeError);
});

test('the table names every stage by its own name', () => {
  for (const [name, stage] of Object.entries(stages)) expect(stage.name).toBe(name);
  expect(firstItem.stage).toBe('classify');
});
