import type { Evidence } from './document-type.ts';
import type { SampleText } from './sample-text.ts';
import { billWords, paymentWords, totalWords } from './type-vocabulary.ts';

/** 12.50, 1,234.50, €3,80, 4.75-; recognition may put a blank behind the point. */
const amount =
  /(?<![\p{L}\d.,:/-])(?:[$€£¥₽₴₺]|RM|USD|EUR)?\s?-?\d{1,3}(?:[., '’]?\d{3})*[.,]\s?\d{2}(?![\d%:/-]|[.,]\d|\s?(?:%|[ap]m\b|Uhr))/gu;
/** A total stands among the figures of a report as well; there they are few among many words. */
const leastAmountShare = 0.02;

/** What speaks for an invoice or a till receipt. */
export function billEvidence(sample: SampleText): Evidence[] {
  const { rows, wordCount } = sample;
  const amounts = rows.reduce((sum, row) => sum + countAmounts(row.text), 0);
  if (amounts === 0) return nameEvidence(sample);
  const total = rows.some(
    (row) => matches(row.text, totalWords).length > 0 && countAmounts(row.text) > 0,
  );
  const evidence: Evidence[] = [];
  if (amounts >= leastAmountShare * wordCount) {
    const weight = amounts >= 5 ? 0.25 : amounts >= 2 ? 0.2 : 0.1;
    evidence.push({ weight, reason: `${counted(amounts, 'amount')} with two decimals` });
    if (total) evidence.push({ weight: 0.25, reason: 'a word for total beside an amount' });
  } else {
    evidence.push({
      weight: 0.05,
      reason: `${counted(amounts, 'amount')} among ${wordCount} words`,
    });
  }
  return [...evidence, ...nameEvidence(sample), ...payEvidence(sample)];
}

function countAmounts(text: string): number {
  return text.match(amount)?.length ?? 0;
}

function nameEvidence({ firstRows }: SampleText): Evidence[] {
  const [name] = firstRows.flatMap((row) => matches(row.text, billWords));
  return name === undefined ? [] : [{ weight: 0.25, reason: `the word "${name}"` }];
}

function payEvidence({ rows, wordCount }: SampleText): Evidence[] {
  const words = new Set(rows.flatMap((row) => matches(row.text, paymentWords)));
  // In long texts each of them has another reason to be there.
  if (words.size === 0 || wordCount > 600) return [];
  const named = [...words].slice(0, 4).map((word) => `"${word}"`);
  return [
    { weight: Math.min(0.3, 0.1 * words.size), reason: `words of paying: ${named.join(', ')}` },
  ];
}

function matches(text: string, words: RegExp): string[] {
  return (text.match(words) ?? []).map((word) => word.toLowerCase());
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
