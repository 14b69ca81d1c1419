import type { FlowBlock } from '../flow/flow-block.ts';
import type { FlowListItem } from '../flow-engine.ts';
import { tableOfRows } from './table-of-rows.ts';

const headingMark = /^ {0,3}(#{1,6})(?=[ \t]|$)/;
const underline = /^ {0,3}(=+|-+)[ \t]*$/;
const fence = /^ {0,3}(`{3,}|~{3,})/;
const thematicBreak = /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const listItem = /^([ \t]*)([-*+]|\d{1,9}[.)])[ \t]+(\S.*)$/;
const tableRule = /^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$/;
const quoteMark = /^ {0,3}(?:> ?)+/;
/** Deeper indents are taken for this depth. */
const deepestList = 8;

/**
 * Markdown as text: headings, lists, tables and code are told apart, everything inside a line stays as it was
 * typed. Form feeds part pages.
 */
export function readMarkdown(text: string): FlowBlock[] {
  const reader = new MarkdownReader();
  for (const [index, page] of text.split('\f').entries()) {
    if (index > 0) reader.breakPage();
    reader.read(page.split('\n'));
  }
  return reader.blocks;
}

class MarkdownReader {
  readonly blocks: FlowBlock[] = [];
  #paragraph: string[] = [];
  #isQuoted = false;
  #items: FlowListItem[] = [];

  breakPage(): void {
    this.blocks.push({ kind: 'break', cause: 'author' });
  }

  read(lines: readonly string[]): void {
    for (let at = 0; at < lines.length;) {
      const raw = lines[at] ?? '';
      const code = fence.exec(raw)?.[1];
      if (code !== undefined) at = this.#readCode(lines, at + 1, code);
      else if (this.#startsTable(lines, at)) at = this.#readTable(lines, at);
      else {
        this.#readLine(raw.replace(quoteMark, ''), quoteMark.test(raw));
        at += 1;
      }
    }
    this.#close();
  }

  #readLine(line: string, isQuoted: boolean): void {
    const heading = headingMark.exec(line);
    // A line below a quotation does not belong to it.
    const rule = isQuoted === this.#isQuoted ? underline.exec(line) : null;
    this.#isQuoted = isQuoted;
    const item = listItem.exec(line);
    if (!/\S/.test(line)) this.#closeParagraph();
    else if (heading !== null) {
      this.#pushHeading(heading[1]?.length ?? 1, withoutClosing(line.slice(heading[0].length)));
    } else if (rule !== null && this.#paragraph.length > 0 && this.#items.length === 0) {
      const text = this.#paragraph.join(' ');
      this.#paragraph = [];
      this.#pushHeading(rule[1]?.startsWith('=') === true ? 1 : 2, text);
    } else if (thematicBreak.test(line)) this.#close();
    else if (item !== null) this.#pushItem(item);
    else if (this.#items.length > 0 && (this.#paragraph.length > 0 || /^\s/.test(line))) {
      this.#continueItem(line);
    } else {
      this.#closeList();
      this.#paragraph.push(line.trim());
    }
  }

  #pushHeading(level: number, text: string): void {
    this.#close();
    if (/\S/.test(text)) this.blocks.push({ kind: 'heading', level, text: text.trim() });
  }

  #pushItem([, indent = '', mark = '', text = '']: RegExpExecArray): void {
    this.#closeParagraph();
    const isOrdered = /^\d/.test(mark);
    this.#items.push({
      level: Math.min(deepestList, Math.floor(indent.replaceAll('\t', '    ').length / 2)),
      ordered: isOrdered,
      marker: isOrdered ? mark : '•',
      text: text.trim(),
    });
    // While it is open, lines that follow belong to the item.
    this.#paragraph = [''];
  }

  #continueItem(line: string): void {
    const item = this.#items.at(-1);
    if (item !== undefined) item.text = `${item.text} ${line.trim()}`;
    this.#paragraph = [''];
  }

  #closeParagraph(): void {
    const text = this.#paragraph.join(' ').trim();
    this.#paragraph = [];
    if (text !== '') this.blocks.push({ kind: 'text', text });
  }

  #closeList(): void {
    if (this.#items.length === 0) return;
    this.blocks.push({ kind: 'list', items: this.#items });
    this.#items = [];
    this.#paragraph = [];
  }

  #close(): void {
    this.#closeList();
    this.#closeParagraph();
  }

  /** Code up to the closing fence, as typed; returns the line after it. */
  #readCode(lines: readonly string[], from: number, opening: string): number {
    this.#close();
    let to = from;
    while (to < lines.length && !isClosing(lines[to] ?? '', opening)) to += 1;
    const code = lines.slice(from, to);
    if (code.some((line) => /\S/.test(line))) this.blocks.push({ kind: 'fixed', lines: code });
    return to + 1;
  }

  #startsTable(lines: readonly string[], at: number): boolean {
    const head = lines[at] ?? '';
    const rule = (lines[at + 1] ?? '').trim();
    return (
      head.includes('|') &&
      rule.includes('|') &&
      tableRule.test(rule) &&
      cellsOf(head).length === cellsOf(rule).length
    );
  }

  #readTable(lines: readonly string[], at: number): number {
    this.#close();
    const rows = [cellsOf(lines[at] ?? '')];
    let next = at + 2;
    while (
      next < lines.length &&
      /\S/.test(lines[next] ?? '') &&
      (lines[next] ?? '').includes('|')
    ) {
      rows.push(cellsOf(lines[next] ?? ''));
      next += 1;
    }
    this.blocks.push({ kind: 'table', table: tableOfRows(rows, 1) });
    return next;
  }
}

/** The text of a heading without the run of # that may close it. */
function withoutClosing(line: string): string {
  const text = line.trim();
  let end = text.length;
  while (text[end - 1] === '#') end -= 1;
  const isMark = end === 0 || /\s/.test(text[end - 1] ?? '');
  return isMark ? text.slice(0, end) : text;
}

function isClosing(line: string, opening: string): boolean {
  const mark = fence.exec(line)?.[1];
  return mark !== undefined && mark.startsWith(opening) && line.trim() === mark;
}

/** The cells of a line of a table; an escaped bar is text. */
function cellsOf(line: string): string[] {
  const inner = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll(String.raw`\|`, '|'));
}
