/** A word in points from the top left of the upright page. */
export interface LooseWord {
  left: number;
  top: number;
  right: number;
  bottom: number;
  text: string;
}

/** Words of one line without a wide gap between them. */
export interface Chunk {
  left: number;
  top: number;
  right: number;
  bottom: number;
  text: string;
}

export interface ChunkLine {
  top: number;
  bottom: number;
  chunks: Chunk[];
}

/** Words whose centres lie within this share of the text height stand on one line. */
export const sameLine = 0.45;
/** A gap of so many text heights parts two columns. */
export const columnGap = 1.5;

/** Median height of the words, in points. */
export function textHeightOf(words: readonly LooseWord[]): number {
  const heights = new Float64Array(words.length);
  words.forEach((word, index) => {
    heights[index] = word.bottom - word.top;
  });
  heights.sort();
  return heights[heights.length >> 1] ?? 10;
}

/** Parts words into lines from the top, and lines into chunks from the left. O(n log n). */
export function chunkLines(words: readonly LooseWord[], textHeight: number): ChunkLine[] {
  const lines: { centre: number; words: LooseWord[] }[] = [];
  for (const word of [...words].sort((a, b) => a.top + a.bottom - b.top - b.bottom)) {
    const centre = (word.top + word.bottom) / 2;
    const open = lines.at(-1);
    if (open !== undefined && centre - open.centre < textHeight * sameLine) {
      open.words.push(word);
      open.centre += (centre - open.centre) / open.words.length;
    } else {
      lines.push({ centre, words: [word] });
    }
  }
  return lines.map((line) => chunked(line.words, textHeight * columnGap));
}

function chunked(words: LooseWord[], gap: number): ChunkLine {
  const chunks: Chunk[] = [];
  for (const word of words.sort((a, b) => a.left - b.left)) {
    const open = chunks.at(-1);
    if (open === undefined || word.left - open.right >= gap) {
      chunks.push({ ...word });
      continue;
    }
    open.right = Math.max(open.right, word.right);
    open.top = Math.min(open.top, word.top);
    open.bottom = Math.max(open.bottom, word.bottom);
    open.text += ` ${word.text}`;
  }
  return {
    top: Math.min(...words.map((word) => word.top)),
    bottom: Math.max(...words.map((word) => word.bottom)),
    chunks,
  };
}
