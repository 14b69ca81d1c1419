import type { Logger } from '#kernel/logger.ts';
import { defaultEngineLimits, type EngineLimits } from './engine-limits.ts';
import type { TesseractInstallation } from './find-tesseract.ts';
import type { OcrEngine, OcrOptions } from './ocr-engine.ts';
import type { GrayImage } from './page-engine.ts';
import { crashed } from './sandbox/engine-failures.ts';
import { SlotQueue } from './sandbox/slot-queue.ts';
import { checkLanguages } from './tesseract/language-check.ts';
import { runNative } from './tesseract/native-process.ts';
import { toPgm } from './tesseract/pgm.ts';
import { lstmOnly, recogniserVariables } from './tesseract/recogniser-settings.ts';
import { parseTsvWords } from './tesseract/tsv-words.ts';

export interface NativeTesseractOptions extends TesseractInstallation {
  limits?: EngineLimits;
  /** Pages that are recognised at once, each in its own process. */
  concurrency?: number;
  logger: Logger;
}

/** The `tesseract` program of this machine, one process a page. */
export function createNativeTesseract(options: NativeTesseractOptions): OcrEngine {
  const name = 'tesseract-native';
  const concurrency = Math.max(1, options.concurrency ?? 1);
  const slots = new SlotQueue(concurrency);
  const closing = new AbortController();
  const running = new Set<Promise<unknown>>();

  async function recogniseNow(
    image: GrayImage,
    wanted: OcrOptions,
    signal: AbortSignal | undefined,
  ): Promise<string> {
    const signals = signal === undefined ? [closing.signal] : [closing.signal, signal];
    const work = runNative({
      engine: name,
      binary: options.binary,
      args: commandLine(options, image, wanted),
      input: toPgm(image),
      limits: options.limits ?? defaultEngineLimits,
      signal: AbortSignal.any(signals),
      onStderr: (text) => options.logger.debug({ engine: name, text }, 'engine.stderr'),
    });
    const settled = work.catch(() => undefined).finally(() => running.delete(settled));
    running.add(settled);
    return work.catch((error: unknown) => {
      throw closing.signal.aborted ? crashed(name, 'it was closed') : error;
    });
  }

  return {
    name,
    version: `tesseract ${options.version}`,
    concurrency,
    async recognise(image, wanted, call) {
      checkLanguages(name, wanted.languages, options.languages);
      const slot = await slots.take({ signal: call?.signal });
      try {
        const tsv = await recogniseNow(image, wanted, call?.signal);
        return { words: parseTsvWords(tsv, image.width, image.height) };
      } finally {
        slots.give(slot);
      }
    },
    async close() {
      slots.close(crashed(name, 'it was closed'));
      closing.abort();
      await Promise.all(running);
    },
  };
}

function commandLine(
  { dataFolder }: TesseractInstallation,
  image: GrayImage,
  wanted: OcrOptions,
): string[] {
  const {
    user_defined_dpi: dpi,
    tessedit_pageseg_mode: mode,
    ...variables
  } = recogniserVariables(image.dpi, wanted);
  const settings = { ...variables, tessedit_create_tsv: '1' };
  return [
    '-',
    '-',
    '--oem',
    String(lstmOnly),
    '-l',
    wanted.languages.join('+'),
    ...(dataFolder === undefined ? [] : ['--tessdata-dir', dataFolder]),
    // As an option and not as a variable: the program takes the variable's default, 6, for unset.
    ...(mode === undefined ? [] : ['--psm', mode]),
    // The same: without either it warns and guesses.
    ...(dpi === undefined || dpi === '0' ? [] : ['--dpi', dpi]),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}
