import { expect, test } from 'vitest';
import { silentLogger } from '#kernel/logger.ts';
import { describeOcrEngine } from '#test/conformance/ocr-engine-suite.ts';
import { findTesseract, parseLanguages } from './find-tesseract.ts';
import { createNativeTesseract } from './tesseract-native.ts';

const found = await findTesseract();
const installed = found ?? { binary: 'tesseract', version: '0', languages: [] };
const hasEnglish = installed.languages.includes('eng');

describeOcrEngine('native Tesseract', {
  open: (options) => createNativeTesseract({ ...installed, ...options, logger: silentLogger }),
  skipReason: hasEnglish ? undefined : 'no tesseract with English data on this machine',
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
