import { readFileSync } from 'node:fs';
import {
  linesOfBlocks,
  type FlowBlock,
  type FlowSection,
  type PageFurniture,
} from '../flow/flow-block.ts';
import { documentOf, type FlowDocument } from '../flow/laid-page.ts';
import { layOutBlocks } from '../flow/lay-out-blocks.ts';
import { formatNumber, Numbering } from './docx-numbering.ts';
import { DocxPackage } from './docx-package.ts';
import { newSection, type DocxSection } from './docx-paragraph.ts';
import { readStyles } from './docx-styles.ts';
import { DocxWalk, type WalkContext } from './docx-walk.ts';
import { isOn, scanXml } from './xml-scanner.ts';
import type { ZipLimits } from './zip-archive.ts';

/** Reads a DOCX file. Throws `file.damaged`, `file.password_protected`, `file.type_mismatch`, `file.too_many_pages`. */
export function readDocxFile(path: string): FlowDocument {
  return readDocx(readFileSync(path));
}

/** The same for bytes in memory. */
export function readDocx(bytes: Uint8Array, limits?: ZipLimits): FlowDocument {
  const file = new DocxPackage(bytes, limits);
  return documentOf(layOutBlocks(readBlocks(file)), file.readMetadata());
}

/** Everything the document says, in order: sections with their furniture, text, notes of the end. */
function readBlocks(file: DocxPackage): FlowBlock[] {
  const styles = file.textOfType('styles');
  const context: WalkContext = {
    styles: styles === undefined ? new Map() : readStyles(styles),
    numbering: new Numbering(file.textOfType('numbering')),
    note: () => undefined,
    marksPages: false,
  };
  const notes = new NoteBook(file, context);
  const walk = new DocxWalk({ ...context, note: (kind, id) => notes.cite(kind, id) });
  scanXml(file.mainText, 'word/document.xml', walk);
  return [...withSections(walk, file, context), ...notes.endnotes];
}

/** Foot and end notes, numbered in the order in which the text refers to them. */
class NoteBook {
  readonly endnotes: FlowBlock[] = [];
  readonly #notes: Record<'footnote' | 'endnote', ReadonlyMap<string, FlowBlock[]>>;
  readonly #counts = { footnote: 0, endnote: 0 };

  constructor(file: DocxPackage, context: WalkContext) {
    this.#notes = {
      footnote: readNotes(file.textOfType('footnotes'), 'word/footnotes.xml', context),
      endnote: readNotes(file.textOfType('endnotes'), 'word/endnotes.xml', context),
    };
  }

  cite(kind: 'footnote' | 'endnote', id: string): { sign: string; text: string } | undefined {
    const blocks = this.#notes[kind].get(id);
    if (blocks === undefined) return undefined;
    const number = ++this.#counts[kind];
    const sign = kind === 'footnote' ? `[${number}]` : `[${formatNumber(number, 'lowerRoman')}]`;
    const text = `${sign} ${linesOfBlocks(blocks)}`.trim();
    if (kind === 'endnote') this.endnotes.push({ kind: 'text', text });
    return { sign, text };
  }
}

function readNotes(
  xml: string | undefined,
  part: string,
  context: WalkContext,
): ReadonlyMap<string, FlowBlock[]> {
  if (xml === undefined) return new Map();
  const walk = new DocxWalk(context);
  scanXml(xml, part, walk);
  return walk.notes;
}

/** The blocks with a mark at the start of every section: its furniture, and the page end before it. */
function withSections(walk: DocxWalk, file: DocxPackage, context: WalkContext): FlowBlock[] {
  const last = { at: walk.blocks.length, section: walk.sections.last ?? newSection() };
  const usesEven = readsEvenPages(file.textOfType('settings'));
  const furniture = new FurnitureReader(file, context);
  const blocks: FlowBlock[] = [];
  let from = 0;
  for (const [index, { at, section }] of [...walk.sections.ends, last].entries()) {
    // A column or line is enough for these; every other kind begins a page.
    const isSamePage = section.type === 'continuous' || section.type === 'nextColumn';
    if (index > 0 && !isSamePage) blocks.push({ kind: 'break', cause: 'section' });
    blocks.push({ kind: 'section', section: furniture.read(section, usesEven) });
    for (let next = from; next < at; next += 1) {
      const block = walk.blocks[next];
      if (block !== undefined) blocks.push(block);
    }
    from = at;
  }
  return blocks;
}

/** Reads headers and footers; a section without one of a kind has that of the section before. */
class FurnitureReader {
  readonly #file: DocxPackage;
  readonly #context: WalkContext;
  readonly #headers = new Map<string, string>();
  readonly #footers = new Map<string, string>();
  readonly #texts = new Map<string, string>();

  constructor(file: DocxPackage, context: WalkContext) {
    this.#file = file;
    this.#context = { ...context, marksPages: true };
  }

  read(section: DocxSection, usesEven: boolean): FlowSection {
    for (const [kind, id] of section.headers) this.#headers.set(kind, id);
    for (const [kind, id] of section.footers) this.#footers.set(kind, id);
    return {
      ordinary: this.#furniture('default'),
      ...(section.hasFirst && { first: this.#furniture('first') }),
      ...(usesEven && { even: this.#furniture('even') }),
    };
  }

  #furniture(kind: string): PageFurniture {
    return {
      header: this.#textOf(this.#headers.get(kind)),
      footer: this.#textOf(this.#footers.get(kind)),
    };
  }

  #textOf(id: string | undefined): string {
    if (id === undefined) return '';
    const known = this.#texts.get(id);
    if (known !== undefined) return known;
    const xml = this.#file.textOfRelation(id);
    let text = '';
    if (xml !== undefined) {
      const walk = new DocxWalk(this.#context);
      scanXml(xml, 'word/header.xml', walk);
      text = linesOfBlocks(walk.blocks).slice(0, longestFurniture);
    }
    this.#texts.set(id, text);
    return text;
  }
}

/** It stands on every page, so a document of text in it would be repeated without end. */
const longestFurniture = 2_000;

function readsEvenPages(settings: string | undefined): boolean {
  let isOnFlag = false;
  if (settings === undefined) return false;
  scanXml(settings, 'word/settings.xml', {
    open(name, attributes) {
      if (name === 'w:evenAndOddHeaders') isOnFlag = isOn(attributes);
    },
    close() {},
    text() {},
  });
  return isOnFlag;
}
