import { clampBox, type Box, type Word } from '#kernel/word.ts';

// Control characters that are not white space: they show nothing, and PostgreSQL refuses the first of them.
const controls = /[^\P{Cc}\s]/gu;
const suspicious = /[\s\p{Cc}\p{Cs}]/u;

/**
 * Makes words safe to store and to join by white space: no control characters, no lone surrogates
 * (replaced by U+FFFD), no white space inside a word (such a word is split, its box shared out by
 * length), no empty words, boxes inside the page, confidence in 0..1. Extra fields are kept. Words that are
 * clean already, which is nearly all of them, are handed back as they are.
 */
export function cleanWords<W extends Word>(words: readonly W[]): W[] {
  const clean: W[] = [];
  for (const word of words) {
    const isPlain = !suspicious.test(word.text);
    if (isPlain && word.text === '') continue;
    if (isPlain && isInsidePage(word)) {
      clean.push(word);
      continue;
    }
    const box = cleanBox(word);
    const confidence = fraction(word.confidence);
    if (isPlain) {
      clean.push({ ...word, ...box, confidence });
      continue;
    }
    const text = word.text.toWellFormed().replace(controls, '');
    for (const part of splitAtWhiteSpace(text)) {
      clean.push({ ...word, ...shareOfBox(box, part), confidence, text: part.text });
    }
  }
  return clean;
}

interface Part {
  text: string;
  /** Where the part starts and ends inside the word, 0..1. */
  from: number;
  to: number;
}

function splitAtWhiteSpace(text: string): Part[] {
  const parts: Part[] = [];
  for (const match of text.matchAll(/\S+/g)) {
    parts.push({
      text: match[0],
      from: match.index / text.length,
      to: (match.index + match[0].length) / text.length,
    });
  }
  return parts;
}

function shareOfBox(box: Box, part: Part): Box {
  return { ...box, x: box.x + box.width * part.from, width: box.width * (part.to - part.from) };
}

/** False for anything that is not a number, too. */
function isInsidePage({ x, y, width, height, confidence }: Word): boolean {
  return (
    x >= 0 &&
    y >= 0 &&
    width >= 0 &&
    height >= 0 &&
    x + width <= 1 &&
    y + height <= 1 &&
    confidence >= 0 &&
    confidence <= 1
  );
}

function cleanBox(box: Box): Box {
  return clampBox({
    x: finite(box.x),
    y: finite(box.y),
    width: Math.max(0, finite(box.width)),
    height: Math.max(0, finite(box.height)),
  });
}

function fraction(value: number): number {
  return Math.min(1, Math.max(0, finite(value)));
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}
