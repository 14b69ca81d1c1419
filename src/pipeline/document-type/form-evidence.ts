import type { Evidence } from './document-type.ts';
import type { SampleText } from './sample-text.ts';
import { fieldNames, fillingWords, formWords } from './type-vocabulary.ts';

/** "Date: 12/5", "Name / Address:", "FAX NO." with a value or a blank; no clock and no sentence. */
const label =
  /^[^\p{L}\d]{0,3}(?:\p{L}[\p{L}\p{M}\d.'’()/&#-]*\s?){1,5}(?:\([^)]{1,30}\)\s?)?:(?!\d|\/\/)/u;
/** Lines to write on, as recognition sees them. */
const blank = /_{3,}|(?:_ ){3,}|\.{8,}|(?:\. ){8,}|…{3,}/g;
const box = /[☐☑☒□▢❏❑]|\[ ?\]|\( \)/g;
/** Rows at the head of a page. */
const headRows = 8;

/** What speaks for a form, filled in or not. */
export function formEvidence(sample: SampleText): Evidence[] {
  const { rows, firstRows, proseShare } = sample;
  const labels = rows.reduce(
    (sum, row) => sum + row.cells.filter((cell) => cell.includes(':') && label.test(cell)).length,
    0,
  );
  const evidence = [
    ...labelEvidence(labels, rows.length),
    ...fieldEvidence(rows),
    ...countEvidence(rows, blank, [2, 4], 'blanks to write on'),
    ...countEvidence(rows, box, [2, 4], 'boxes to tick'),
    ...askingEvidence(rows),
  ];
  const [name] = firstRows.slice(0, headRows).flatMap((row) => row.text.match(formWords) ?? []);
  if (name !== undefined) evidence.push({ weight: 0.25, reason: `"${name}" at the head` });
  if (evidence.length > 0 && proseShare > 0.6) {
    evidence.push({ weight: -0.25, reason: 'most words stand in paragraphs' });
  }
  return evidence;
}

function labelEvidence(labels: number, rows: number): Evidence[] {
  if (labels < 3 || labels < 0.08 * rows) return [];
  const isDense = labels >= 5 && labels >= 0.2 * rows;
  const weight = isDense ? 0.5 : labels >= 8 ? 0.45 : labels >= 5 ? 0.4 : 0.25;
  return [{ weight, reason: `${labels} labels with a colon` }];
}

/** Fields are short, so that a sentence that begins with such a word is none. */
const longestField = 8;

function fieldEvidence(rows: SampleText['rows']): Evidence[] {
  const cells = rows
    .flatMap((row) => row.cells)
    .filter((cell) => cell.split(' ').length <= longestField);
  const names = cells.flatMap((cell) => fieldNames.exec(cell)?.[1]?.toLowerCase() ?? []);
  const different = [...new Set(names)];
  if (different.length < 3) return [];
  const named = different.slice(0, 4).map((name) => `"${name}"`);
  const reason = `${different.length} names of fields: ${named.join(', ')}`;
  return [{ weight: different.length >= 6 ? 0.3 : different.length >= 4 ? 0.25 : 0.15, reason }];
}

function countEvidence(
  rows: SampleText['rows'],
  pattern: RegExp,
  [some, many]: readonly [number, number],
  noun: string,
): Evidence[] {
  const count = rows.reduce((sum, row) => sum + (row.text.match(pattern)?.length ?? 0), 0);
  if (count < some) return [];
  return [{ weight: count >= many ? 0.3 : 0.2, reason: `${count} ${noun}` }];
}

function askingEvidence(rows: SampleText['rows']): Evidence[] {
  const found = rows.flatMap((row) => row.text.match(fillingWords) ?? []);
  const words = [...new Set(found.map((word) => word.toLowerCase()))];
  if (words.length === 0) return [];
  const named = words.slice(0, 3).map((word) => `"${word}"`);
  return [
    { weight: words.length > 1 ? 0.25 : 0.15, reason: `asks to be filled in: ${named.join(', ')}` },
  ];
}
