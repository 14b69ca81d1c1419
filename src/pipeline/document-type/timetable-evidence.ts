import type { Evidence } from './document-type.ts';
import type { SampleText } from './sample-text.ts';
import { timetableWords, weekdayNames } from './type-vocabulary.ts';

const time = String.raw`(?:[01]?\d|2[0-3])[:.h][0-5]\d`;
const timeOfDay = new RegExp(String.raw`(?<![\d:.,])${time}(?![\d:.,]*\d|\s*%)`, 'g');
const timeSpan = new RegExp(String.raw`^\W*${time}\s*(?:-|–|—|to|bis|à|a)\s*${time}`, 'u');
/** Rows at the head of a page. */
const headRows = 6;

/** What speaks for a week of lessons or a table of departures. */
export function timetableEvidence({ rows, firstRows, wordCount }: SampleText): Evidence[] {
  return [...weekEvidence(rows), ...timeEvidence(rows, wordCount), ...titleEvidence(firstRows)];
}

function weekEvidence(rows: SampleText['rows']): Evidence[] {
  const across = Math.max(0, ...rows.map((row) => countDays(row.text)));
  if (across >= 4) return [{ weight: 0.5, reason: `${across} weekday names in one row` }];
  const down = countDays(rows.map((row) => /^\P{L}*(\p{L}+)/u.exec(row.text)?.[1] ?? '').join(' '));
  return down >= 4
    ? [{ weight: 0.35, reason: `${down} weekday names at the left, one a row` }]
    : [];
}

/** Different weekday names of one language; in two letters only in a row of nothing else. */
function countDays(text: string): number {
  const words = text.toLowerCase().match(/[\p{L}ʼ]+/gu) ?? [];
  const present = new Set(words);
  const counts = weekdayNames.map((names) => {
    const found = names.filter((name) => present.has(name)).length;
    const isShort = names.every((name) => name.length < 3);
    return isShort && words.length > found + 2 ? 0 : found;
  });
  return Math.max(...counts);
}

function timeEvidence(rows: SampleText['rows'], wordCount: number): Evidence[] {
  const spans = rows.filter((row) => timeSpan.test(row.text)).length;
  const times = rows.reduce((sum, row) => sum + (row.text.match(timeOfDay)?.length ?? 0), 0);
  const evidence: Evidence[] = [];
  if (spans >= 3)
    evidence.push({ weight: 0.25, reason: `${spans} rows begin with a span of time` });
  if (times >= 12 && times > 0.35 * wordCount) {
    evidence.push({ weight: 0.5, reason: `${times} times among ${wordCount} words` });
  } else if (times >= 5) evidence.push({ weight: 0.15, reason: `${times} times of day` });
  return evidence;
}

function titleEvidence(rows: SampleText['rows']): Evidence[] {
  const [word] = rows.slice(0, headRows).flatMap((row) => row.text.match(timetableWords) ?? []);
  return word === undefined ? [] : [{ weight: 0.2, reason: `"${word}" at the head` }];
}
