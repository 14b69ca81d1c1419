import type { Evidence } from './document-type.ts';
import type { SampleText } from './sample-text.ts';
import { closings, salutations } from './type-vocabulary.ts';

/** A letter greets on its first page, below head, address and date. */
const greetingRows = 30;
/** Longer writings that open like a letter are reports with a covering page. */
const mostPages = 8;
const dateLine =
  /(?<!\d)(?:\d{1,2}(?:st|nd|rd|th|\.)? (?:de )?\p{L}{3,9}\.?,? (?:de )?(?:19|20)\d{2}|\p{L}{3,9}\.? \d{1,2}(?:st|nd|rd|th)?, (?:19|20)\d{2}|\d{1,2}[./]\d{1,2}[./](?:19|20)?\d{2})(?!\d)/u;

/** What speaks for a letter. */
export function letterEvidence(sample: SampleText): Evidence[] {
  const { rows, firstRows, proseShare, pageCount } = sample;
  const greeting = firstRows
    .slice(0, greetingRows)
    .find((row) => beginsWith(row.cells, salutations));
  const closing = rows.find((row) => beginsWith(row.cells, closings));
  const evidence: Evidence[] = [];
  if (greeting)
    evidence.push({ weight: 0.45, reason: `a greeting: "${shortened(greeting.text)}"` });
  if (closing) evidence.push({ weight: 0.35, reason: `a closing: "${shortened(closing.text)}"` });
  if (evidence.length === 0) return [];
  if (firstRows.slice(0, greetingRows / 2).some((row) => dateLine.test(row.text))) {
    evidence.push({ weight: 0.1, reason: 'a date near the top' });
  }
  if (proseShare >= 0.3) {
    evidence.push({ weight: 0.15, reason: `${percent(proseShare)} of the words in paragraphs` });
  }
  if (pageCount > mostPages) evidence.push({ weight: -0.3, reason: `${pageCount} pages` });
  return evidence;
}

function beginsWith(cells: readonly string[], pattern: RegExp): boolean {
  return cells.some((cell) => pattern.test(cell));
}

const longestQuote = 30;

function shortened(text: string): string {
  const letters = Array.from(text);
  return letters.length <= longestQuote ? text : `${letters.slice(0, longestQuote).join('')}…`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
