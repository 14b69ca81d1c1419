import { type BenchRow, isSkipped } from './figure.ts';

const heads = ['name', 'value', 'unit', 'against', 'reference', 'ratio', 'bar', 'ok'];
/** Columns of numbers, set to the right. */
const numeric = new Set(['value', 'reference', 'ratio']);

/** The figures as a Markdown table with aligned columns; skipped rows say why. */
export function formatTable(rows: readonly BenchRow[]): string {
  const cells = [heads, ...rows.map(cellsOf)];
  const widths = heads.map((_, column) =>
    Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string => {
    const padded = heads.map((head, column) => {
      const cell = row[column] ?? '';
      const width = widths[column] ?? 0;
      return numeric.has(head) ? cell.padStart(width) : cell.padEnd(width);
    });
    return `| ${padded.join(' | ')} |`;
  };
  const rule = heads.map((head, column) => {
    const dashes = '-'.repeat(widths[column] ?? 3);
    return numeric.has(head) ? `${dashes.slice(1)}:` : dashes;
  });
  return [line(heads), line(rule), ...cells.slice(1).map(line)].join('\n');
}

function cellsOf(row: BenchRow): string[] {
  if (isSkipped(row)) return [row.name, '', '', `skipped: ${row.skipped}`, '', '', '', ''];
  return [
    row.name,
    round(row.value),
    row.unit,
    row.against ?? '',
    row.reference === null ? '' : round(row.reference),
    row.ratio === null ? '' : row.ratio.toFixed(2),
    row.bar ?? '',
    row.bar === null ? '' : row.ok ? 'yes' : 'NO',
  ];
}

/** Three digits that count are all that a measurement on a shared machine carries. */
function round(value: number): string {
  if (value === 0 || Math.abs(value) >= 100) return value.toFixed(0);
  return String(Number(value.toPrecision(3)));
}
