/** Words of a page's text with the ones a search found. */
export interface MarkedWords {
  words: string[];
  /** Indexes into words, and into the stored words of the page, which stand in the same order. */
  hits: number[];
}

/**
 * Reads a text whose found words are wrapped in marks. A word counts as found when any part of it is:
 * the search also finds the parts of a hyphenated word.
 */
export function readMarkedText(marked: string, start: string, end: string): MarkedWords {
  const words: string[] = [];
  const hits: number[] = [];
  for (const token of marked.split(/\s+/u)) {
    if (token === '') continue;
    const isHit = token.includes(start);
    const word = isHit ? token.replaceAll(start, '').replaceAll(end, '') : token;
    if (word === '') continue;
    if (isHit) hits.push(words.length);
    words.push(word);
  }
  return { words, hits };
}

export interface SnippetPiece {
  text: string;
  hit: boolean;
}

/** Words shown around a hit, and in all. */
const before = 6;
const snippetWords = 36;

/** A window of words that starts a little before the first hit, cut into found and other pieces. */
export function makeSnippet({ words, hits }: MarkedWords): SnippetPiece[] {
  const first = hits[0] ?? 0;
  const from = Math.max(0, first - before);
  const to = Math.min(words.length, from + snippetWords);
  const found = new Set(hits);
  const pieces: SnippetPiece[] = [];
  for (let index = from; index < to; index++) {
    const hit = found.has(index);
    const last = pieces.at(-1);
    const text = words[index] ?? '';
    if (last && last.hit === hit) last.text += ` ${text}`;
    else pieces.push({ text: (last ? ' ' : '') + text, hit });
  }
  if (from > 0) pieces.unshift({ text: '… ', hit: false });
  if (to < words.length) pieces.push({ text: ' …', hit: false });
  return pieces;
}
