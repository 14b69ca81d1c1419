import type { Evidence } from './document-type.ts';
import type { SampleText } from './sample-text.ts';
import { articleWords } from './type-vocabulary.ts';

/** What speaks for an article, a report or a book: paragraphs under headings. */
export function articleEvidence(sample: SampleText): Evidence[] {
  const { proseShare, headings, wordCount, pageCount } = sample;
  if (proseShare < 0.35) return [];
  const weight = proseShare >= 0.75 ? 0.35 : proseShare >= 0.5 ? 0.3 : 0.2;
  const evidence = [
    { weight, reason: `${Math.round(proseShare * 100)} % of the words in paragraphs` },
  ];
  if (headings.length > 0) {
    const reason = headings.length === 1 ? 'a heading' : `${headings.length} headings`;
    evidence.push({ weight: headings.length === 1 ? 0.1 : 0.2, reason });
  }
  if (wordCount >= 300)
    evidence.push({ weight: 0.1, reason: `${wordCount} words on the pages looked at` });
  if (pageCount > 1) evidence.push({ weight: 0.1, reason: `${pageCount} pages` });
  return [...evidence, ...partEvidence(sample)];
}

function partEvidence({ rows }: SampleText): Evidence[] {
  const parts = rows.flatMap(({ text }) => {
    const [part] = text.match(articleWords) ?? [];
    // In a line of its own, at most with a number before it: the title of a part, not a word of prose.
    return part !== undefined && part.length > text.length - 8 ? [part] : [];
  });
  const [part] = parts;
  return part === undefined ? [] : [{ weight: 0.15, reason: `a part called "${part}"` }];
}
