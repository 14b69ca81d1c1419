import { expect, test } from 'vitest';
import { isFlowType, mediaTypes } from '#kernel/media-type.ts';
import { silentLogger } from '#kernel/logger.ts';
import { childPids } from '#test/support/child-processes.ts';
import { makePdf, makeTemporaryFolder } from '#test/support/make-files.ts';
import { createEngines, type OcrChoice } from './create-engines.ts';
import { defaultEngineLimits } from './engine-limits.ts';
import { findTesseract } from './find-tesseract.ts';

const options = { limits: defaultEngineLimits, concurrency: 1, logger: silentLogger };

test('every media type has an engine, and viewers are engines of their own', async () => {
  const engines = await createEngines({ ...options, ocr: 'wasm' });
  for (const mediaType of mediaTypes) {
    const [engine, viewer] = isFlowType(mediaType)
      ? [engines.flowEngineFor(mediaType), engines.flowViewerFor(mediaType)]
      : [engines.pageEngineFor(mediaType), engines.viewerFor(mediaType)];
    expect(engine.accepts(mediaType)).toBe(true);
    expect(viewer).not.toBe(engine);
    const all = [...engines.pages, ...engines.flow];
    expect(all.filter((candidate) => candidate.accepts(mediaType))).toHaveLength(1);
  }
  expect(childPids()).toEqual([]);
  await engines.close();
});

test('a viewer answers while the batch engine is busy', async () => {
  const folder = makeTemporaryFolder();
  const pages = Array.from({ length: 400 }, () => ({
    width: 600,
    height: 800,
    lines: Array.from({ length: 30 }, (_, line) => ({
      text: 'many words',
      x: 9,
      y: line * 20,
      size: 9,
    })),
  }));
  const file = folder.save('long.pdf', await makePdf(pages), 'application/pdf');
  const engines = await createEngines({ ...options, ocr: 'wasm' });
  let isBatchDone = false;
  const batch = engines
    .pageEngineFor('application/pdf')
    .readText(file, 1, 400)
    .then((read) => {
      isBatchDone = true;
      return read.length;
    });
  await engines.viewerFor('application/pdf').inspect(file);
  expect(isBatchDone).toBe(false);
  expect(await batch).toBe(400);
  await engines.close();
  folder.remove();
  expect(childPids()).toEqual([]);
});

async function nameOf(ocr: OcrChoice): Promise<string> {
  const engines = await createEngines({ ...options, ocr });
  await engines.close();
  return engines.ocr.name;
}

test('the recogniser is the wanted one, and auto takes the native one when it is there', async () => {
  const found = await findTesseract();
  expect(await nameOf('wasm')).toBe('tesseract-wasm');
  expect(await nameOf('auto')).toBe(found === null ? 'tesseract-wasm' : 'tesseract-native');
  if (found === null)
    await expect(nameOf('native')).rejects.toMatchObject({ code: 'engine.unavailable' });
  else expect(await nameOf('native')).toBe('tesseract-native');
});
