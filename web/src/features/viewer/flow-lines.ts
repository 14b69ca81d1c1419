/** Mean length from which the lines of a zone are taken for running text. */
const proseLength = 45;

/**
 * Text of a zone as it should flow in a column of another width: the line ends of running text go,
 * those of addresses, lists and receipts stay. A line that ends in a hyphen keeps it.
 */
export function flowLines(content: string): string {
  const lines = content.split('\n');
  const [last = ''] = lines.slice(-1);
  const full = lines.slice(0, -1);
  if (full.length === 0) return content;
  const mean = (content.length - last.length) / full.length;
  return mean >= proseLength ? lines.join(' ') : content;
}
