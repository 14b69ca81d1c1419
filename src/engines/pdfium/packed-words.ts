import type { Box } from '#kernel/word.ts';
import type { TextLayerPage, TextLayerWord } from '../page-engine.ts';
import {
  readFields,
  readFloats,
  readNumber,
  readOptionalString,
  readString,
} from '../sandbox/reply-fields.ts';

/**
 * A page of words as it crosses the process boundary: one string and one array instead of an
 * object per word, which is several times cheaper to serialise.
 */
export interface PackedPage {
  number: number;
  widthPt: number;
  heightPt: number;
  rotation: number;
  /** The words, one space between two; no word holds white space. */
  text: string;
  /** Six numbers a word: left, top, right, bottom (fractions), font size (points), font weight. */
  numbers: Float32Array;
  unmappedCharacters: number;
  characters: number;
  imageCoverage: number;
  /** Four numbers an image: left, top, right, bottom (fractions). */
  images: Float32Array;
  drawnRules: number;
  unreadable?: string;
}

export const numbersPerWord = 6;

/** A page that could not be read, with the reason. */
export function unreadablePage(number: number, reason: string): PackedPage {
  return {
    number,
    widthPt: 0,
    heightPt: 0,
    rotation: 0,
    text: '',
    numbers: new Float32Array(),
    unmappedCharacters: 0,
    characters: 0,
    imageCoverage: 0,
    images: new Float32Array(),
    drawnRules: 0,
    unreadable: reason,
  };
}

/** Rebuilds a page from a child's reply; throws AppError `engine.crashed` on a wrong shape. */
export function unpackPage(value: unknown): TextLayerPage {
  const fields = readFields(value);
  const unreadable = readOptionalString(fields, 'unreadable');
  return {
    number: readNumber(fields, 'number'),
    widthPt: roundTo(readNumber(fields, 'widthPt'), 1_000),
    heightPt: roundTo(readNumber(fields, 'heightPt'), 1_000),
    rotation: readNumber(fields, 'rotation'),
    words: unpackWords(readString(fields, 'text'), readFloats(fields, 'numbers')),
    unmappedCharacters: readNumber(fields, 'unmappedCharacters'),
    characters: readNumber(fields, 'characters'),
    imageCoverage: readNumber(fields, 'imageCoverage'),
    images: unpackImages(readFloats(fields, 'images')),
    drawnRules: readNumber(fields, 'drawnRules'),
    ...(unreadable === undefined ? {} : { unreadable }),
  };
}

function unpackImages(numbers: Float32Array): Box[] {
  const boxes: Box[] = [];
  for (let at = 0; at + 3 < numbers.length; at += 4) {
    const x = roundTo(numbers[at] ?? 0, 1e6);
    const y = roundTo(numbers[at + 1] ?? 0, 1e6);
    const width = Math.min(roundTo((numbers[at + 2] ?? 0) - x, 1e6), 1 - x);
    const height = Math.min(roundTo((numbers[at + 3] ?? 0) - y, 1e6), 1 - y);
    boxes.push({ x, y, width, height });
  }
  return boxes;
}

function unpackWords(text: string, numbers: Float32Array): TextLayerWord[] {
  if (text === '') return [];
  return text.split(' ').map((word, index) => {
    const at = index * numbersPerWord;
    // Single floats carry six sure digits; more would only be noise in the database.
    const left = roundTo(numbers[at] ?? 0, 1e6);
    const top = roundTo(numbers[at + 1] ?? 0, 1e6);
    return {
      text: word,
      confidence: 1,
      x: left,
      y: top,
      width: Math.min(roundTo((numbers[at + 2] ?? 0) - left, 1e6), 1 - left),
      height: Math.min(roundTo((numbers[at + 3] ?? 0) - top, 1e6), 1 - top),
      fontSizePt: roundTo(numbers[at + 4] ?? 0, 100),
      fontWeight: numbers[at + 5] ?? 0,
    };
  });
}

function roundTo(value: number, steps: number): number {
  return Math.round(value * steps) / steps;
}
