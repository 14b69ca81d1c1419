import { isInstalled, runPeer } from './peer-program.ts';

export const pdftotextInstalled = (): Promise<boolean> => isInstalled('pdftotext', '-v');

/** Poppler's text with the box of every word, one process a file, one after the other. */
export async function runPdftotext(files: readonly string[]): Promise<void> {
  for (const file of files) await runPeer('pdftotext', ['-bbox', file, `${file}.html`]);
}
