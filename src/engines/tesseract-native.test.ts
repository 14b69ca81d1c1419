import { beforeAll, describe, expect, test } from 'vitest';
import { silentLogger } from '#kernel/logger.ts';
import type { GrayImage } from './page-engine.ts';
import { describeOcrEngine } from '#test/conformance/ocr-engine-suite.ts';
import { childPids } from '#test/support/child-processes.ts';
import { drawText } from '#test/support/drawn-text.ts';
import { findTesseract, parseLanguages, type TesseractInstallation } from './find-tesseract.ts';
import { createNativeTesseract } from './tesseract-native.ts';

const found = await findTesseract();
const installed = found ?? { binary: 'tesseract', version: '0', languages: [] };
const hasEnglish = installed.languages.includes('eng');

describeOcrEngine('native Tesseract', {
  open: (options) => createNativeTesseract({ ...installed, ...options, logger: silentLogger }),
  skipReason: hasEnglish ? undefined : 'no tesseract with English data on this machine',
});

describe.skipIf(!hasEnglish)('the tesseract program (skipped without English data)', () => {
  const texts = ['Rotterdam harbour 1987', 'seventeen invoices', 'Rotterdarn barbour'];
  let pages: GrayImage[];
  beforeAll(async () => {
    pages = await Promise.all(texts.map((text) => drawText(text)));
  });

  async function readAll(program: TesseractInstallation, inOneProcess: boolean) {
    const pids = new Set<number>();
    const words: unknown[] = [];
    let engine = createNativeTesseract({ ...program, logger: silentLogger });
    for (const page of [...pages, ...pages.toReversed()]) {
      words.push(await engine.recognise(page, { languages: ['eng'], localThreshold: false }));
      for (const pid of childPids()) pids.add(pid);
      if (inOneProcess) continue;
      await engine.close();
      engine = createNativeTesseract({ ...program, logger: silentLogger });
    }
    await engine.close();
    return { words, pids };
  }

  test.skipIf(installed.lineBuffer === undefined)(
    'a process that has read other pages reads the next as a fresh one does (skipped without stdbuf)',
    async () => {
      const fresh = await readAll(installed, false);
      const kept = await readAll(installed, true);
      expect(kept.words).toEqual(fresh.words);
      expect(kept.pids.size).toBe(1);
      expect(fresh.pids.size).toBe(6);
    },
  );

  test('without stdbuf every page has a process of its own and the same words', async () => {
    const { lineBuffer: _, ...bare } = installed;
    const kept = await readAll(installed, true);
    expect((await readAll(bare, true)).words).toEqual(kept.words);
    expect(childPids()).toEqual([]);
  });
});

test('a program that is not there is a crash with its reason, not a bug', async () => {
  const engine = createNativeTesseract({
    binary: '/no/such/tesseract',
    version: '5',
    languages: ['eng'],
    logger: silentLogger,
  });
  const image = { width: 10, height: 10, pixels: new Uint8Array(100), dpi: 0 };
  const call = engine.recognise(image, { languages: ['eng'], localThreshold: false });
  await expect(call).rejects.toMatchObject({ code: 'engine.crashed' });
  await engine.close();
});

test('the list of languages is read with and without the name of the folder', () => {
  const named = 'List of available languages in "/usr/share/tessdata/" (2):\neng\nscript/Latin\n';
  expect(parseLanguages(named)).toEqual({
    languages: ['eng', 'script/Latin'],
    dataFolder: '/usr/share/tessdata/',
  });
  expect(parseLanguages('List of available languages (1):\neng\n')).toEqual({ languages: ['eng'] });
  expect(parseLanguages('')).toEqual({ languages: [] });
});
