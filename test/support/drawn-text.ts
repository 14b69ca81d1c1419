import { createPdfiumEngine } from '#engines/pdfium-engine.ts';
import type { GrayImage } from '#engines/page-engine.ts';
import { silentLogger } from '#kernel/logger.ts';
import { makePdf, makeTemporaryFolder } from './make-files.ts';

/** A line of 24 points as a recogniser sees it at 200 dpi. */
export async function drawText(text: string): Promise<GrayImage> {
  const folder = makeTemporaryFolder();
  const lines = [{ text, x: 40, y: 50, size: 24 }];
  const pdf = await makePdf([{ width: 400, height: 120, lines }]);
  const engine = createPdfiumEngine({ logger: silentLogger });
  try {
    return await engine.renderGray(folder.save('line.pdf', pdf, 'application/pdf'), 1, 200);
  } finally {
    await engine.close();
    folder.remove();
  }
}
