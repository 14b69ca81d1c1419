/** Text as it is compared: one kind of quotation mark, dash and space (as in research: NFKC and folded spaces). */
export function foldText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[‘’‚`´]/g, "'")
    .replace(/[“”„«»]/g, '"')
    .replace(/[‐‑‒–—−]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Insertions, deletions and substitutions that turn `read` into `truth`, as a share of the characters of `truth`. */
export function characterErrorRate(truth: string, read: string): number {
  const from = Array.from(foldText(truth));
  const to = Array.from(foldText(read));
  if (from.length === 0) return to.length === 0 ? 0 : 1;
  let before = Uint32Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [row, character] of from.entries()) {
    const now = new Uint32Array(to.length + 1);
    now[0] = row + 1;
    for (let column = 1; column <= to.length; column++) {
      const replaced = (before[column - 1] ?? 0) + (to[column - 1] === character ? 0 : 1);
      now[column] = Math.min(replaced, (before[column] ?? 0) + 1, (now[column - 1] ?? 0) + 1);
    }
    before = now;
  }
  return (before[to.length] ?? 0) / from.length;
}

/** Words in common, whatever their order, and how many there are on either side. */
export interface WordCounts {
  right: number;
  truth: number;
  read: number;
}

export function wordsOf(text: string): string[] {
  return foldText(text)
    .split(' ')
    .filter((word) => word !== '');
}

export function countWords(truth: readonly string[], read: readonly string[]): WordCounts {
  const right = markRight(truth, read).filter(Boolean).length;
  return { right, truth: truth.length, read: read.length };
}

/** For every word read whether it is one of the truth; a word of the truth counts once. */
export function markRight(truth: readonly string[], read: readonly string[]): boolean[] {
  const left = new Map<string, number>();
  for (const word of truth) left.set(word, (left.get(word) ?? 0) + 1);
  return read.map((word) => {
    const count = left.get(word) ?? 0;
    if (count > 0) left.set(word, count - 1);
    return count > 0;
  });
}

/** A word with what its reader thought of it. */
export interface JudgedWord {
  confidence: number;
  right: boolean;
}

/**
 * The chance that a right word is surer than a wrong one (area under the ROC curve, by ranks): 0.5 for a confidence
 * that says nothing, 1 for one that tells every error. NaN when all words are right, or all wrong.
 */
export function rankingPower(words: readonly JudgedWord[]): number {
  const sorted = words.toSorted((a, b) => a.confidence - b.confidence);
  let rankSum = 0;
  let right = 0;
  for (let from = 0; from < sorted.length;) {
    let to = from;
    while (to < sorted.length && sorted[to]?.confidence === sorted[from]?.confidence) to++;
    const rank = (from + 1 + to) / 2;
    for (const word of sorted.slice(from, to)) {
      if (!word.right) continue;
      right++;
      rankSum += rank;
    }
    from = to;
  }
  return (rankSum - (right * (right + 1)) / 2) / (right * (words.length - right));
}

/** Share of wrong words in each tenth of the words, from the least to the most sure. */
export function errorsByTenth(words: readonly JudgedWord[]): number[] {
  const sorted = words.toSorted((a, b) => a.confidence - b.confidence);
  return Array.from({ length: 10 }, (_, tenth) => {
    const part = sorted.slice(
      Math.floor((tenth * sorted.length) / 10),
      Math.floor(((tenth + 1) * sorted.length) / 10),
    );
    return part.length === 0 ? 0 : part.filter(({ right }) => !right).length / part.length;
  });
}
