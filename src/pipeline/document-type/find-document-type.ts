import { articleEvidence } from './article-evidence.ts';
import { billEvidence } from './bill-evidence.ts';
import type { DocumentType, DocumentTypeVerdict, Evidence } from './document-type.ts';
import { formEvidence } from './form-evidence.ts';
import { letterEvidence } from './letter-evidence.ts';
import type { PageSample } from './page-sample.ts';
import { laySampleOut, type SampleText } from './sample-text.ts';
import { tableEvidence } from './table-evidence.ts';
import { timetableEvidence } from './timetable-evidence.ts';

/** A bill has the labels of a form as well, so that being like a form says nothing against it. */
const contained: ReadonlyMap<DocumentType, DocumentType> = new Map([
  ['invoice_or_receipt', 'form'],
]);

type Rule = (sample: SampleText) => Evidence[];

/** Types that are told by what they say. */
const rules: readonly (readonly [DocumentType, Rule])[] = [
  ['timetable', timetableEvidence],
  ['invoice_or_receipt', billEvidence],
  ['letter', letterEvidence],
  ['form', formEvidence],
  ['article', articleEvidence],
];

/** Weaker evidence gives no type … */
const leastScore = 0.5;
/** … and neither does evidence that speaks for two types nearly alike. */
const leastLead = 0.1;

/**
 * Finds the type of a document of `pageCount` pages by the sampled ones (see sampledRanges). Pure, and
 * the same for the same words; `unknown` when the evidence is weak or speaks for two types.
 */
export function findDocumentType(
  pages: readonly PageSample[],
  pageCount: number,
): DocumentTypeVerdict {
  const sample = laySampleOut(pages, pageCount);
  if (sample.wordCount === 0) return { type: 'unknown', score: 0, reasons: ['no words were read'] };
  const candidates = rules.map(([type, rule]) => weigh(type, rule(sample)));
  const [best, ...others] = candidates.sort((a, b) => b.score - a.score);
  if (best === undefined || best.score < leastScore) {
    // Timetables, bills and forms are tables too: the bare type is what remains.
    const table = weigh('table', tableEvidence(sample));
    return table.score >= leastScore ? table : unclear([best, table]);
  }
  // Compared in hundredths, so that 0.6 and 0.5 are a tenth apart whatever their sum left over.
  const second = others.find(({ type }) => contained.get(best.type) !== type);
  const lead = best.score - (second?.score ?? 0);
  return Math.round(lead * 100) >= leastLead * 100 ? best : unclear([best, second]);
}

function weigh(type: DocumentType, evidence: readonly Evidence[]): DocumentTypeVerdict {
  const sum = evidence.reduce((total, { weight }) => total + weight, 0);
  return {
    type,
    score: Math.round(Math.min(1, Math.max(0, sum)) * 100) / 100,
    reasons: evidence.toSorted((a, b) => b.weight - a.weight).map(({ reason }) => reason),
  };
}

function unclear(candidates: readonly (DocumentTypeVerdict | undefined)[]): DocumentTypeVerdict {
  const seen = candidates
    .filter((candidate) => candidate !== undefined)
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score);
  const reasons = seen.map(
    ({ type, score, reasons: why }) =>
      `not clear enough for ${type.replaceAll('_', ' ')} (${score.toFixed(2)}): ${why.join(', ')}`,
  );
  return {
    type: 'unknown',
    score: seen[0]?.score ?? 0,
    reasons: reasons.length > 0 ? reasons : ['nothing on the pages speaks for a type'],
  };
}
