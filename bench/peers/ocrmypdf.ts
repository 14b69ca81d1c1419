import { isInstalled, runPeer } from './peer-program.ts';

export const ocrmypdfInstalled = (): Promise<boolean> => isInstalled('ocrmypdf');

/** OCRmyPDF with its default options on all cores; the answer is written beside the file. */
export async function runOcrmypdf(file: string, jobs: number): Promise<void> {
  await runPeer('ocrmypdf', ['--jobs', String(jobs), '--quiet', file, `${file}.searchable.pdf`]);
}
