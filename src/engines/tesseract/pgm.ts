import type { GrayImage } from '../page-engine.ts';

/** The image as a binary portable graymap (P5), which Tesseract reads without decoding anything. */
export function toPgm({ width, height, pixels }: GrayImage): Uint8Array {
  const header = Buffer.from(`P5\n${width} ${height}\n255\n`, 'latin1');
  const file = new Uint8Array(header.length + pixels.length);
  file.set(header);
  file.set(pixels, header.length);
  return file;
}
