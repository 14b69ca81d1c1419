import { createWorker, type Worker } from 'tesseract.js';
import type { GrayImage } from '#engines/page-engine.ts';
import { gatherLanguageData } from '#engines/tesseract/language-data.ts';
import { toPgm } from '#engines/tesseract/pgm.ts';
import {
  lstmOnly,
  recogniserVariables,
  resolutionVariable,
} from '#engines/tesseract/recogniser-settings.ts';
import { runInParallel } from '../run-in-parallel.ts';

/** Bare tesseract.js workers, started once, with our data and options. */
export interface TesseractWorkers {
  recogniseAll(rasters: readonly GrayImage[]): Promise<void>;
  close(): Promise<void>;
}

export async function startTesseractWorkers(count: number): Promise<TesseractWorkers> {
  const data = gatherLanguageData();
  const workers = await Promise.all(
    Array.from({ length: count }, () =>
      createWorker('eng', lstmOnly, { langPath: data.folder, cacheMethod: 'none' }),
    ),
  );
  return {
    async recogniseAll(rasters) {
      const pages = rasters.map((raster) => Buffer.from(toPgm(raster)));
      await runInParallel(pages, workers.length, (page, index) => recognise(workers[index], page));
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
      data.remove();
    },
  };
}

async function recognise(worker: Worker | undefined, page: Buffer): Promise<void> {
  const options = { languages: ['eng'], localThreshold: true };
  await worker?.setParameters({ ...recogniserVariables(options), ...resolutionVariable(200) });
  await worker?.recognize(page, {}, { text: false, blocks: false, tsv: true });
}
