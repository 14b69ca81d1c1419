import type { Word } from '#kernel/word.ts';

/** Numbers per word in pages.word_boxes: x, y, width, height and confidence, two bytes each, high byte first. */
const numbersPerWord = 5;
/** Of pages.word_boxes and zone_revisions.word_boxes. */
export const bytesPerWord = 2 * numbersPerWord;
/** Boxes are kept in ten-thousandths of the page, 0.06 pt on a letter page; confidences in ten-thousandths. */
const scale = 10_000;

/**
 * The boxes and confidences of words as pages.word_boxes keeps them. The texts are not kept again:
 * they are the text of the page, split on white space.
 */
export function packWords(words: readonly Word[]): Buffer {
  const packed = Buffer.allocUnsafe(words.length * bytesPerWord);
  let at = 0;
  for (const { x, y, width, height, confidence } of words) {
    at = packed.writeUInt16BE(Math.round(x * scale), at);
    at = packed.writeUInt16BE(Math.round(y * scale), at);
    at = packed.writeUInt16BE(Math.round(width * scale), at);
    at = packed.writeUInt16BE(Math.round(height * scale), at);
    at = packed.writeUInt16BE(Math.round(confidence * scale), at);
  }
  return packed;
}

/** The words of a page from its text and its boxes. */
export function unpackWords(text: string, packed: Uint8Array): Word[] {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  return splitWords(text).map((word, index) => {
    const at = index * bytesPerWord;
    const part = (offset: number): number =>
      at + bytesPerWord <= packed.byteLength ? view.getUint16(at + 2 * offset) / scale : 0;
    return {
      text: word,
      x: part(0),
      y: part(1),
      width: part(2),
      height: part(3),
      confidence: part(4),
    };
  });
}

function splitWords(text: string): string[] {
  return text.split(/\s+/u).filter((word) => word !== '');
}
