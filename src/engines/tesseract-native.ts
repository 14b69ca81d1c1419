import type { Logger } from '#kernel/logger.ts';
import { defaultEngineLimits, type EngineLimits } from './engine-limits.ts';
import type { TesseractInstallation } from './find-tesseract.ts';
import type { OcrEngine, OcrOptions } from './ocr-engine.ts';
import { requireLanguages } from './ocr-languages.ts';
import { NativePool } from './tesseract/native-pool.ts';
import { PageFiles } from './tesseract/page-files.ts';
import { lstmOnly, recogniserVariables } from './tesseract/recogniser-settings.ts';
import { parseTsvWords } from './tesseract/tsv-words.ts';

export interface NativeTesseractOptions extends TesseractInstallation {
  limits?: EngineLimits;
  /** Pages that are recognised at once, each in its own process. */
  concurrency?: number;
  logger: Logger;
}

/** Lies among the languages and is none. */
const orientationData = 'osd';

/**
 * The `tesseract` program of this machine, one process and one thread for a page. Where `stdbuf` is installed a process
 * goes on to the next page, which saves reading the model again and again.
 */
export function createNativeTesseract(options: NativeTesseractOptions): OcrEngine {
  const name = 'tesseract-native';
  const concurrency = Math.max(1, options.concurrency ?? 1);
  const files = new PageFiles();
  const installed = {
    languages: options.languages.filter((language) => language !== orientationData),
    languagePackage: (language: string) =>
      `tesseract-ocr-${language.replaceAll('_', '-').toLowerCase()}`,
  };
  const pool = new NativePool({
    engine: name,
    concurrency,
    hasOutputAtOnce: options.lineBuffer !== undefined,
    emptyPage: files.makeEmpty(),
    limits: options.limits ?? defaultEngineLimits,
    onStderr: (text) => options.logger.debug({ engine: name, text }, 'engine.stderr'),
  });

  return {
    name,
    version: `tesseract ${options.version}`,
    concurrency,
    ...installed,
    async recognise(image, wanted, call) {
      requireLanguages(installed, wanted.languages);
      let path: string | undefined;
      const writePage = async (): Promise<string> => (path = await files.write(image));
      try {
        const tsv = await pool.read(commandOf(options, wanted), writePage, call?.signal);
        return { words: parseTsvWords(tsv, image.width, image.height) };
      } finally {
        if (path !== undefined) await files.remove(path);
      }
    },
    async close() {
      await pool.close();
      await files.close();
    },
  };
}

/** The resolution is not among the settings: it stands in the file. */
function commandOf(
  { binary, dataFolder, lineBuffer }: TesseractInstallation,
  wanted: OcrOptions,
): [string, ...string[]] {
  const { tessedit_pageseg_mode: mode, ...variables } = recogniserVariables(wanted);
  const settings = { ...variables, tessedit_create_tsv: '1', stream_filelist: '1' };
  const args = [
    '-',
    '-',
    '--oem',
    String(lstmOnly),
    '-l',
    wanted.languages.join('+'),
    ...(dataFolder === undefined ? [] : ['--tessdata-dir', dataFolder]),
    // As an option and not as a variable: the program takes the variable's default, 6, for unset.
    ...(mode === undefined ? [] : ['--psm', mode]),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  return lineBuffer === undefined ? [binary, ...args] : [lineBuffer, '-oL', binary, ...args];
}
