/** A Markdown table with its columns padded to one width, as the formatter leaves it. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, column) =>
    Math.max(3, ...cells.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]): string =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  const [first, ...others] = cells.map(line);
  return `${[first, rule, ...others].join('\n')}\n`;
}

/** Said at the top of every page that a script writes. */
export const generatedNote = '<!-- Written by scripts/write-reference.ts: do not edit. -->\n';
