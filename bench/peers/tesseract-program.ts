import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { TesseractInstallation } from '#engines/find-tesseract.ts';
import type { GrayImage } from '#engines/page-engine.ts';
import { toPgm } from '#engines/tesseract/pgm.ts';
import { lstmOnly, recogniserVariables } from '#engines/tesseract/recogniser-settings.ts';
import { runInParallel } from '../run-in-parallel.ts';
import { runPeer } from './peer-program.ts';

/** Writes the rasters as files that Tesseract reads without decoding; returns their paths. */
export function writeRasters(folder: string, rasters: readonly GrayImage[]): Promise<string[]> {
  return Promise.all(
    rasters.map(async (raster, index) => {
      const file = path.join(folder, `page-${index + 1}.pgm`);
      await writeFile(file, toPgm(raster));
      return file;
    }),
  );
}

/** The bare program with our options, one process and one thread a page, `processes` at a time. */
export async function runTesseract(
  { binary, dataFolder }: TesseractInstallation,
  files: readonly string[],
  processes: number,
): Promise<void> {
  const variables = recogniserVariables({ languages: ['eng'], localThreshold: true });
  const settings = Object.entries({ ...variables, tessedit_create_tsv: '1' });
  const args = [
    '--oem',
    String(lstmOnly),
    '-l',
    'eng',
    '--dpi',
    '200',
    ...(dataFolder === undefined ? [] : ['--tessdata-dir', dataFolder]),
    ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  await runInParallel(files, processes, (file) =>
    runPeer(binary, [file, '-', ...args], { OMP_THREAD_LIMIT: '1' }),
  );
}
