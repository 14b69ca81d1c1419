import type { OcrOptions } from '../ocr-engine.ts';

/** LSTM only: the older recogniser is neither installed nor better. */
export const lstmOnly = 1;

/** Tesseract's page segmentation modes. */
const modes = { page: '3', block: '6' } as const;
const otsu = '0';
const sauvola = '2';

/**
 * Tesseract variables for one page but its resolution. Every one is set every time, since a recogniser that is used
 * again keeps the last values.
 */
export function recogniserVariables(options: OcrOptions): Record<string, string> {
  return {
    tessedit_pageseg_mode: modes[options.segmentation ?? 'page'],
    thresholding_method: options.localThreshold ? sauvola : otsu,
  };
}

/** The resolution of the next image; 0 lets Tesseract guess. */
export function resolutionVariable(dpi: number): Record<string, string> {
  return { user_defined_dpi: String(Math.round(dpi)) };
}
