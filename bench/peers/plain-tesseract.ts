import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { PageEngine } from '#engines/page-engine.ts';
import type { SourceFile } from '#engines/source-file.ts';
import { writeRasters } from './tesseract-program.ts';

const run = promisify(execFile);
const outputAtMost = 16 * 1024 * 1024;

/** Text of a file as the program reads it with its own defaults; a PDF, which it cannot open, is rendered at 200 dpi. */
export async function readPlainly(
  binary: string,
  file: SourceFile,
  pdf: { engine: PageEngine; folder: string },
): Promise<string> {
  let image = file.path;
  const args = ['-', '-l', 'eng'];
  if (file.mediaType === 'application/pdf') {
    const raster = await pdf.engine.renderGray(file, 1, 200);
    [image = file.path] = await writeRasters(pdf.folder, [raster]);
    args.push('--dpi', '200');
  }
  const { stdout } = await run(binary, [image, ...args], {
    env: { ...process.env, OMP_THREAD_LIMIT: '1' },
    maxBuffer: outputAtMost,
  });
  return stdout;
}
