import { makePdf, type PdfPage } from '#test/support/make-files.ts';
import { generateProse, type Prose, wrapText } from './generated-prose.ts';

/** A4 in points, and the type the pages are set in. */
const page = { width: 595, height: 842, margin: 50, size: 10, lineHeight: 13 };
/** Helvetica is about half its size wide on average. */
const characterWidth = 5;
const gutter = 20;

/** A word that stands on one page of one generated document only; letters, so that no stemmer cuts it. */
export function uniqueWord(seed: number): string {
  const letters = Array.from(String(seed), (digit) => 'bdfgklmprz'.charAt(Number(digit))).join('o');
  return `quo${letters}ak`;
}

export interface TextDocument {
  pages: number;
  seed: number;
  /** Default 500. */
  wordsPerPage?: number;
}

/**
 * A born-digital PDF full of text: every third page in two columns, a heading on every fifth.
 * The last line of the last page is `uniqueWord(seed)`.
 */
export async function makeTextDocument({
  pages,
  seed,
  wordsPerPage = 500,
}: TextDocument): Promise<Uint8Array> {
  const prose = generateProse(seed);
  const set = Array.from({ length: pages }, (_, index) =>
    setPage(prose, {
      columns: index % 3 === 2 ? 2 : 1,
      heading: index % 5 === 0,
      words: wordsPerPage,
    }),
  );
  const last = set.at(-1);
  if (last !== undefined) {
    const line = { text: uniqueWord(seed), x: page.margin, y: page.margin, size: page.size };
    set[set.length - 1] = { ...last, lines: [...(last.lines ?? []), line] };
  }
  return makePdf(set, { title: `Document ${seed}` });
}

/** One page of prose in points. */
export function setPage(
  prose: Prose,
  wanted: { columns: 1 | 2; heading: boolean; words: number; size?: number },
): PdfPage {
  const size = wanted.size ?? page.size;
  const scale = size / page.size;
  const columnWidth =
    (page.width - 2 * page.margin - (wanted.columns - 1) * gutter) / wanted.columns;
  const lines = wrapText(
    prose.paragraph(wanted.words),
    Math.floor(columnWidth / (characterWidth * scale)),
  );
  const top = page.height - page.margin - (wanted.heading ? 40 : 0);
  const perColumn = Math.ceil(lines.length / wanted.columns);
  const body = lines.map((text, index) => {
    const column = Math.floor(index / perColumn);
    const row = index % perColumn;
    return {
      text,
      x: page.margin + column * (columnWidth + gutter),
      y: top - row * page.lineHeight * scale,
      size,
    };
  });
  const title = { text: prose.title(), x: page.margin, y: top + 25, size: 16, bold: true };
  const { width, height } = page;
  return { width, height, lines: wanted.heading ? [title, ...body] : body };
}
