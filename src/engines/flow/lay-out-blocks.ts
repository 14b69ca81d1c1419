import { AppError } from '#kernel/app-error.ts';
import { completeTable } from './complete-table.ts';
import { breakFixedLine, breakLines, type SetLine } from './break-lines.ts';
import type { BlockTable, FlowBlock } from './flow-block.ts';
import { fillTable, placeRows } from './lay-out-table.ts';
import { columnWidths } from './table-columns.ts';
import type { FlowListItem } from '../flow-engine.ts';
import { LineCollector, type LaidPage, type LaidZone } from './laid-page.ts';
import { PageFrame } from './page-frame.ts';
import { bodySize, fixedSize, headingSize, lineFactor, sheet, tableSize } from './sheet.ts';

/** More pages than any setting allows to be read. */
const mostPages = 20_000;
const gap = bodySize * 0.7;
const listIndent = 18;

/**
 * Sets blocks on pages. A page ends where the file says so, and where the sheet is full. When the file
 * notes where another program's pages ended, a sheet grows up to twice its height before it counts as full,
 * so that those pages stay whole. Tables are kept together where a page can hold them.
 * There is always one page. Throws `file.too_many_pages`, `file.page_too_large`.
 */
export function layOutBlocks(blocks: readonly FlowBlock[]): LaidPage[] {
  const setter = new BlockSetter(blocks.some(notesPages));
  for (const block of blocks) setter.add(block);
  return setter.finish();
}

function notesPages(block: FlowBlock): boolean {
  if (block.kind === 'break') return block.cause === 'noted';
  return block.kind === 'table' && (block.table.breaksBefore?.length ?? 0) > 0;
}

/** How the lines of a zone are set. */
interface LineStyle {
  size: number;
  /** Points from the left margin. */
  indent: number;
  zone: Pick<LaidZone, 'kind' | 'face' | 'headingLevel'>;
}

const plain: LineStyle = { size: bodySize, indent: 0, zone: { kind: 'text', face: 'plain' } };

class BlockSetter {
  readonly #pages: LaidPage[] = [];
  readonly #frame: PageFrame;

  constructor(isHinted: boolean) {
    this.#frame = new PageFrame(isHinted);
  }

  add(block: FlowBlock): void {
    switch (block.kind) {
      case 'section':
        this.#frame.startSection(block.section);
        return;
      case 'break':
        if (block.cause === 'author' || this.#frame.hasContent) this.#endPage();
        return;
      case 'heading':
        this.#addHeading(block.level, block.text);
        break;
      case 'text':
        this.#addLines(breakLines(block.text, sheet.width - 2 * sheet.margin, plain), plain);
        break;
      case 'fixed':
        this.#addFixed(block.lines);
        break;
      case 'list':
        this.#addList(block.items);
        break;
      case 'table':
        this.#addTable(block.table);
        break;
    }
    // On the page where the block ends: that is where most readers look for them.
    const notes = 'notes' in block ? block.notes : undefined;
    for (const note of notes ?? []) this.#frame.addNote(note);
  }

  finish(): LaidPage[] {
    // A break at the very end opens no page.
    if (this.#frame.isOpen || this.#pages.length === 0) this.#endPage();
    return this.#pages;
  }

  #endPage(): void {
    if (this.#pages.length >= mostPages) throw tooManyPages();
    this.#pages.push(this.#frame.finish(this.#pages.length + 1));
  }

  #addHeading(level: number, text: string): void {
    const size = headingSize(level);
    const style: LineStyle = {
      size,
      indent: 0,
      zone: { kind: 'heading', face: 'bold', headingLevel: level },
    };
    const lines = breakLines(text, sheet.width - 2 * sheet.margin, { size, isBold: true });
    // Not at the foot of a page, apart from what it is the heading of.
    const needed = (lines.length * size + 2 * bodySize) * lineFactor;
    if (this.#frame.hasContent && needed > this.#frame.room(this.#pages.length + 1))
      this.#endPage();
    this.#frame.skip(gap);
    this.#addLines(lines, style);
  }

  /** Sets lines as one zone, or one on each page that they reach over. */
  #addLines(lines: readonly SetLine[], style: LineStyle): void {
    const height = style.size * lineFactor;
    let collector = new LineCollector();
    for (const line of lines) {
      if (height > this.#frame.room(this.#pages.length + 1) && this.#frame.hasContent) {
        this.#closeZone(collector, style);
        collector = new LineCollector();
        this.#endPage();
      }
      const y = this.#frame.take(height, this.#pages.length + 1);
      collector.add(line, sheet.margin + style.indent, y, style.size);
    }
    this.#closeZone(collector, style);
    if (lines.length > 0) this.#frame.skip(gap);
  }

  #closeZone(collector: LineCollector, { zone }: LineStyle): void {
    if (collector.words > 0) this.#frame.addZone({ ...zone, ...collector.finish() });
  }

  #addFixed(lines: readonly string[]): void {
    const width = sheet.width - 2 * sheet.margin;
    const style: LineStyle = { size: fixedSize, indent: 0, zone: { kind: 'text', face: 'fixed' } };
    this.#addLines(
      lines.flatMap((line) => breakFixedLine(line, width, fixedSize)),
      style,
    );
  }

  /** One zone for the items of a page. */
  #addList(items: readonly FlowListItem[]): void {
    const height = bodySize * lineFactor;
    let collector = new LineCollector();
    let set: FlowListItem[] = [];
    const close = (): void => {
      if (collector.words > 0) {
        this.#frame.addZone({ ...plain.zone, ...collector.finish(), list: set });
      }
      collector = new LineCollector();
      set = [];
    };
    for (const item of items) {
      const indent = Math.min(8, item.level) * listIndent;
      const width = sheet.width - 2 * sheet.margin - indent;
      const lines = breakLines(`${item.marker} ${item.text}`.trim(), width, plain);
      for (const [index, line] of lines.entries()) {
        if (height > this.#frame.room(this.#pages.length + 1) && this.#frame.hasContent) {
          close();
          this.#endPage();
        }
        const y = this.#frame.take(height, this.#pages.length + 1);
        collector.add(line, sheet.margin + indent, y, bodySize);
        if (index === 0) set.push(item);
      }
    }
    close();
    this.#frame.skip(gap);
  }

  #addTable(raw: BlockTable): void {
    const table = completeTable(raw);
    const widths = columnWidths(table, sheet.width - 2 * sheet.margin, tableSize);
    const filled = fillTable(table, widths);
    const breaks = new Set(table.breaksBefore);
    if (breaks.has(0) && this.#frame.hasContent) this.#endPage();
    this.#frame.widen(widths.reduce((sum, width) => sum + width, 0) + 2 * sheet.margin);
    for (let from = 0; from < table.rows;) {
      const to = nextBreak(breaks, from, table.rows);
      this.#addRows(filled, from, to);
      if (to < table.rows && this.#frame.hasContent) this.#endPage();
      from = to;
    }
    this.#frame.skip(gap);
  }

  /** Rows between two breaks of the file, on as many pages as they need. */
  #addRows(filled: ReturnType<typeof fillTable>, first: number, last: number): void {
    const total = filled.heights.slice(first, last).reduce((sum, height) => sum + height, 0);
    const number = (): number => this.#pages.length + 1;
    if (total > this.#frame.room(number()) && total <= this.#frame.roomOfFreshPage(number() + 1)) {
      if (this.#frame.hasContent) this.#endPage();
    }
    for (let from = first; from < last;) {
      const room = this.#frame.room(number());
      let to = from;
      let height = 0;
      while (to < last && (height + (filled.heights[to] ?? 0) <= room || to === from)) {
        if (to === from && this.#frame.hasContent && (filled.heights[to] ?? 0) > room) break;
        height += filled.heights[to] ?? 0;
        to += 1;
      }
      if (to > from) {
        const y = this.#frame.take(height, number());
        this.#frame.addZone(placeRows(filled, { from, to }, { x: sheet.margin, y }));
      }
      if (to < last) this.#endPage();
      from = to;
    }
  }
}

function nextBreak(breaks: ReadonlySet<number>, from: number, rows: number): number {
  for (let row = from + 1; row < rows; row += 1) if (breaks.has(row)) return row;
  return rows;
}

function tooManyPages(): AppError {
  return new AppError(
    'file.too_many_pages',
    `The file fills more than ${mostPages} pages. Split it.`,
    { details: { maxPages: mostPages } },
  );
}
