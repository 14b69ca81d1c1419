import type { FlowBlock } from '../flow/flow-block.ts';

/** Plain text: paragraphs end at empty lines, pages at form feeds. Lines and the spaces in them are kept. */
export function readPlainText(text: string): FlowBlock[] {
  const blocks: FlowBlock[] = [];
  // A form feed at the very end finishes the last page and opens none.
  for (const [index, page] of text
    .replace(/\f\s*$/, '')
    .split('\f')
    .entries()) {
    if (index > 0) blocks.push({ kind: 'break', cause: 'author' });
    pushParagraphs(page.split('\n'), blocks);
  }
  return blocks;
}

function pushParagraphs(lines: readonly string[], blocks: FlowBlock[]): void {
  let open: string[] = [];
  const close = (): void => {
    if (open.length > 0) blocks.push({ kind: 'fixed', lines: open });
    open = [];
  };
  for (const line of lines) {
    if (/\S/.test(line)) open.push(line.trimEnd());
    else close();
  }
  close();
}
