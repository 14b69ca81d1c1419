import type { Evidence } from './document-type.ts';
import type { SampleText } from './sample-text.ts';

const figure = /^[-+(]?[$€£]?\d[\d.,'’ ]*[)%]?$/;

/** What speaks for a sheet that is a table and little else. */
export function tableEvidence({ rows, tableShare, proseShare }: SampleText): Evidence[] {
  if (proseShare > 0.4) return [];
  const tabular = rows.filter((row) => row.cells.length >= 3);
  const share = rows.length === 0 ? 0 : tabular.length / rows.length;
  const cells = tabular.flatMap((row) => row.cells);
  const figures = cells.filter((cell) => figure.test(cell)).length;
  const evidence: Evidence[] = [];
  if (tableShare >= 0.5) {
    evidence.push({
      weight: 0.5,
      reason: `${Math.round(tableShare * 100)} % of the words in tables`,
    });
  }
  if (tabular.length >= 5 && share >= 0.5) {
    const reason = `${tabular.length} of ${rows.length} rows have three cells or more`;
    evidence.push({ weight: share >= 0.7 ? 0.5 : 0.4, reason });
  }
  if (evidence.length > 0 && figures >= 0.3 * cells.length && figures >= 5) {
    evidence.push({ weight: 0.15, reason: `${figures} of ${cells.length} cells hold a figure` });
  }
  return evidence;
}
