import { pageMark, type FlowBlock } from '../flow/flow-block.ts';
import { cleanText } from '../flow/clean-text.ts';
import { DocxControls } from './docx-controls.ts';
import { DocxFields } from './docx-fields.ts';
import type { Numbering } from './docx-numbering.ts';
import {
  appendBlock,
  authorBreak,
  blocksOfParagraph,
  newParagraph,
  newSection,
  notedBreak,
  type DocxSection,
  type Paragraph,
} from './docx-paragraph.ts';
import { outlineLevel, type ParagraphStyle } from './docx-styles.ts';
import { DocxTable } from './docx-table.ts';
import { symbolOf } from './docx-symbols.ts';
import { isOn, xmlAttribute, type XmlHandler } from './xml-scanner.ts';

/** What a walk needs to know of the rest of the file. */
export interface WalkContext {
  styles: ReadonlyMap<string, ParagraphStyle>;
  numbering: Numbering;
  /** The text of a note with its sign, such as `[1] See there.`, and the sign alone; undefined when there is none. */
  note(kind: 'footnote' | 'endnote', id: string): { sign: string; text: string } | undefined;
  /** Fields of page numbers become `pageMark`: right for headers and footers, whose text stands on many pages. */
  marksPages: boolean;
}

/** Kept out of the text: what is deleted, what was so before a change, and what is no text. */
const skipped = new Set([
  'w:del',
  'w:moveFrom',
  'w:rPrChange',
  'w:pPrChange',
  'w:sectPrChange',
  'w:tblPrChange',
  'w:trPrChange',
  'w:tcPrChange',
  'w:tblGridChange',
  'w:rt',
]);

/**
 * Walks through the XML of a document, header, footer or notes part and collects its blocks. Deleted text is
 * left out and inserted text kept; hidden text is left out; of alternate contents the first is taken.
 */
export class DocxWalk implements XmlHandler {
  readonly blocks: FlowBlock[] = [];
  /** Notes of a notes part by their id. */
  readonly notes = new Map<string, FlowBlock[]>();
  /** Of the last section, whose properties stand outside all paragraphs. */
  lastSection: DocxSection | undefined;
  /** A section ends before the block of this index. */
  readonly sectionEnds: { at: number; section: DocxSection }[] = [];

  readonly #context: WalkContext;
  readonly #containers: FlowBlock[][] = [];
  readonly #paragraphs: Paragraph[] = [];
  readonly #tables: DocxTable[] = [];
  /** Whether one of the contents was taken, for each open alternative. */
  readonly #alternatives: boolean[] = [];
  readonly #fields: DocxFields;
  readonly #controls = new DocxControls();
  #skip: { name: string; depth: number } | undefined;
  #isText = false;
  #isHidden = false;
  #isInstruction = false;
  #properties: 'paragraph' | 'row' | undefined;
  #section: DocxSection | undefined;
  /** A paragraph whose end was deleted. */
  #joined: Paragraph | undefined;

  constructor(context: WalkContext) {
    this.#context = context;
    this.#fields = new DocxFields(context.marksPages);
  }

  open(name: string, attributes: string, isEmpty: boolean): void {
    if (this.#skip !== undefined) {
      if (name === this.#skip.name && !isEmpty) this.#skip.depth += 1;
      return;
    }
    if (skipped.has(name)) {
      if (!isEmpty) this.#skip = { name, depth: 1 };
      else if (name === 'w:del') this.#noteDeletion();
      return;
    }
    this.#openStructure(name, attributes, isEmpty);
    this.#openProperty(name, attributes, isEmpty);
    this.#openContent(name, attributes, isEmpty);
  }

  close(name: string): void {
    if (this.#skip !== undefined) {
      if (name === this.#skip.name) this.#skip.depth -= 1;
      if (this.#skip.depth === 0) this.#skip = undefined;
      return;
    }
    switch (name) {
      case 'w:t':
      case 'm:t':
        this.#isText = false;
        break;
      case 'w:instrText':
        this.#isInstruction = false;
        break;
      case 'w:r':
      case 'm:r':
        this.#isHidden = false;
        break;
      case 'w:pPr':
      case 'w:trPr':
        this.#properties = undefined;
        break;
      case 'w:p':
        this.#endParagraph();
        break;
      case 'w:tc':
        this.#tables.at(-1)?.endCell();
        break;
      case 'w:tbl':
        this.#endTable();
        break;
      case 'w:txbxContent':
        this.#endTextBox();
        break;
      case 'w:sectPr':
        this.#endSection();
        break;
      case 'w:sdtContent':
        this.#paragraphs.at(-1)?.pieces.push(this.#controls.closeContent() ?? '');
        break;
      case 'w:sdt':
        this.#controls.closeControl();
        break;
      case 'w:footnote':
      case 'w:endnote':
        this.#containers.pop();
        break;
      case 'mc:AlternateContent':
        this.#alternatives.pop();
        break;
    }
  }

  text(text: string): void {
    if (this.#skip !== undefined) return;
    if (this.#isInstruction) {
      this.#fields.addInstruction(text);
    } else if (this.#isText) this.#write(cleanText(text).replace(/[\n\f]/g, ' '));
  }

  #openStructure(name: string, attributes: string, isEmpty: boolean): void {
    switch (name) {
      case 'w:p':
        this.#paragraphs.push(this.#startParagraph());
        if (isEmpty) this.#endParagraph();
        break;
      case 'w:tbl':
        if (!isEmpty) this.#tables.push(new DocxTable());
        break;
      case 'w:tr':
        this.#tables.at(-1)?.startRow();
        break;
      case 'w:tc':
        this.#tables.at(-1)?.startCell();
        if (isEmpty) this.#tables.at(-1)?.endCell();
        break;
      case 'w:txbxContent':
        if (!isEmpty) this.#containers.push([]);
        break;
      case 'w:footnote':
      case 'w:endnote':
        if (!isEmpty) this.#openNote(attributes);
        break;
      case 'mc:AlternateContent':
        if (!isEmpty) this.#alternatives.push(false);
        break;
      case 'mc:Choice':
      case 'mc:Fallback':
        this.#openAlternative(name, isEmpty);
        break;
    }
  }

  #openProperty(name: string, attributes: string, isEmpty: boolean): void {
    const paragraph = this.#paragraphs.at(-1);
    const table = this.#tables.at(-1);
    const value = name.startsWith('w:') ? xmlAttribute(attributes, 'val') : undefined;
    switch (name) {
      case 'w:pPr':
      case 'w:trPr':
        if (!isEmpty) this.#properties = name === 'w:pPr' ? 'paragraph' : 'row';
        break;
      case 'w:pStyle':
        if (paragraph !== undefined) paragraph.styleId = value;
        break;
      case 'w:numId':
        if (paragraph !== undefined) paragraph.listId = value;
        break;
      case 'w:ilvl':
        if (paragraph !== undefined) paragraph.listLevel = Number(value) || 0;
        break;
      case 'w:outlineLvl':
        if (paragraph !== undefined) paragraph.outline = value;
        break;
      case 'w:pageBreakBefore':
        if (paragraph !== undefined) paragraph.breaksBefore = isOn(attributes);
        break;
      case 'w:vanish':
        if (this.#properties === undefined) this.#isHidden = isOn(attributes);
        break;
      case 'w:gridSpan':
        table?.spanColumns(Number(value));
        break;
      case 'w:vMerge':
        table?.merge('down', value);
        break;
      case 'w:hMerge':
        table?.merge('across', value);
        break;
      case 'w:gridBefore':
        table?.skipColumns(Number(value));
        break;
      case 'w:tblHeader':
        if (isOn(attributes)) table?.markHeader();
        break;
      default:
        this.#openSectionProperty(name, attributes, isEmpty);
    }
  }

  #openSectionProperty(name: string, attributes: string, isEmpty: boolean): void {
    if (name === 'w:sectPr') {
      this.#section = newSection();
      if (isEmpty) this.#endSection();
    }
    if (this.#section === undefined) return;
    const id = xmlAttribute(attributes, 'id');
    const type = xmlAttribute(attributes, 'type') ?? 'default';
    if (name === 'w:headerReference' && id !== undefined) this.#section.headers.set(type, id);
    else if (name === 'w:footerReference' && id !== undefined) this.#section.footers.set(type, id);
    else if (name === 'w:titlePg') this.#section.hasFirst = isOn(attributes);
    else if (name === 'w:type') this.#section.type = xmlAttribute(attributes, 'val') ?? 'nextPage';
  }

  #openContent(name: string, attributes: string, isEmpty: boolean): void {
    switch (name) {
      case 'w:t':
      case 'm:t':
        this.#isText = !isEmpty;
        break;
      case 'w:tab':
        // A tab stop of the paragraph's properties is no tab.
        if (this.#properties === undefined) this.#write('\t');
        break;
      case 'w:ptab':
        this.#write('\t');
        break;
      case 'w:cr':
        this.#write('\n');
        break;
      case 'w:br':
        this.#write(xmlAttribute(attributes, 'type') === 'page' ? authorBreak : '\n');
        break;
      case 'w:lastRenderedPageBreak':
        this.#write(notedBreak);
        break;
      case 'w:noBreakHyphen':
        this.#write('\u2011');
        break;
      case 'w:sym':
        this.#write(symbolOf(xmlAttribute(attributes, 'font'), xmlAttribute(attributes, 'char')));
        break;
      case 'w:footnoteReference':
      case 'w:endnoteReference':
        this.#refer(name === 'w:footnoteReference' ? 'footnote' : 'endnote', attributes);
        break;
      default:
        this.#openFieldOrControl(name, attributes, isEmpty);
    }
  }

  #openFieldOrControl(name: string, attributes: string, isEmpty: boolean): void {
    switch (name) {
      case 'w:fldChar':
        this.#write(this.#fields.turn(attributes) ?? '');
        break;
      case 'w:instrText':
        this.#isInstruction = !isEmpty;
        break;
      case 'w:fldSimple':
        if (isEmpty || !this.#fields.isPageNumber(xmlAttribute(attributes, 'instr') ?? '')) break;
        this.#write(pageMark);
        this.#skip = { name, depth: 1 };
        break;
      case 'w:checkBox':
      case 'w:checked':
      case 'w:default':
        this.#fields.addOption(name, attributes);
        break;
      case 'w:sdt':
        if (!isEmpty) this.#controls.openControl();
        break;
      case 'w14:checkbox':
        this.#controls.markCheckBox();
        break;
      case 'w14:checked':
        this.#controls.setChecked(isOn(attributes));
        break;
      case 'w:sdtContent':
        if (!isEmpty) this.#controls.openContent();
        break;
    }
  }

  #write(raw: string): void {
    const paragraph = this.#paragraphs.at(-1);
    if (paragraph === undefined || this.#isHidden || raw === '') return;
    if (this.#fields.isCode && raw !== notedBreak) return;
    const text = this.#controls.replace(raw);
    const isBreak = text === authorBreak || text === notedBreak;
    // Of tables in each other the outer one is parted.
    if (isBreak && this.#isInCell) this.#tables[0]?.markBreak();
    else paragraph.pieces.push(text);
  }

  #refer(kind: 'footnote' | 'endnote', attributes: string): void {
    const note = this.#context.note(kind, xmlAttribute(attributes, 'id') ?? '');
    const paragraph = this.#paragraphs.at(-1);
    if (note === undefined || paragraph === undefined || this.#isHidden) return;
    paragraph.pieces.push(` ${note.sign}`);
    if (kind === 'footnote') paragraph.notes.push(note.text);
  }

  #openAlternative(name: string, isEmpty: boolean): void {
    const isTaken = this.#alternatives.at(-1);
    if (isTaken === true && !isEmpty) this.#skip = { name, depth: 1 };
    if (isTaken === false) this.#alternatives.splice(-1, 1, true);
  }

  #noteDeletion(): void {
    const paragraph = this.#paragraphs.at(-1);
    if (this.#properties === 'row') this.#tables.at(-1)?.markDeleted();
    else if (this.#properties === 'paragraph' && paragraph !== undefined) paragraph.isJoined = true;
  }

  get #isInCell(): boolean {
    return this.#tables.at(-1)?.cellBlocks !== undefined;
  }

  #openNote(attributes: string): void {
    const blocks: FlowBlock[] = [];
    this.#containers.push(blocks);
    // Separators are notes as well, by their type.
    const isNote = xmlAttribute(attributes, 'type') === undefined;
    if (isNote) this.notes.set(xmlAttribute(attributes, 'id') ?? '', blocks);
  }

  #startParagraph(): Paragraph {
    const { pieces, notes, boxes } = this.#joined ?? newParagraph();
    this.#joined = undefined;
    return { ...newParagraph(), pieces, notes, boxes };
  }

  /** Where finished blocks go: the innermost of text box, note, cell and document. */
  #target(): FlowBlock[] {
    const container = this.#containers.at(-1);
    return this.#tables.at(-1)?.cellBlocks ?? container ?? this.blocks;
  }

  #endParagraph(): void {
    const paragraph = this.#paragraphs.pop();
    if (paragraph === undefined) return;
    if (paragraph.isJoined) {
      this.#joined = paragraph;
      return;
    }
    const target = this.#target();
    const style = this.#context.styles.get(paragraph.styleId ?? '') ?? {};
    if ((paragraph.breaksBefore ?? style.breaksBefore ?? false) && !this.#isInCell) {
      target.push({ kind: 'break', cause: 'section' });
    }
    for (const block of blocksOfParagraph(paragraph, this.#lookOf(paragraph, style))) {
      appendBlock(target, block);
    }
    if (this.#isInCell) this.#tables.at(-1)?.addNotes(paragraph.notes);
    for (const block of paragraph.boxes) appendBlock(target, block);
    if (paragraph.section !== undefined) {
      this.sectionEnds.push({ at: this.blocks.length, section: paragraph.section });
    }
  }

  #lookOf(paragraph: Paragraph, style: ParagraphStyle): Parameters<typeof blocksOfParagraph>[1] {
    const listId = paragraph.listId ?? style.list?.listId;
    const listLevel = paragraph.listLevel ?? style.list?.level ?? 0;
    const isShown = paragraph.pieces.some((piece) => /\S/.test(piece));
    // An empty paragraph of a list has a number on paper, but then no word to go with it.
    const marker =
      listId === undefined || listId === '0' || !isShown
        ? undefined
        : this.#context.numbering.next({ listId, level: listLevel });
    const stated = paragraph.outline;
    const headingLevel = stated === undefined ? style.headingLevel : outlineLevel(stated);
    return { headingLevel, marker, listLevel };
  }

  #endTable(): void {
    const block = this.#tables.pop()?.finish();
    if (block !== undefined) appendBlock(this.#target(), block);
  }

  #endTextBox(): void {
    // Pages do not end in the middle of a box.
    const blocks = (this.#containers.pop() ?? []).filter((block) => block.kind !== 'break');
    const paragraph = this.#paragraphs.at(-1);
    if (paragraph !== undefined) paragraph.boxes.push(...blocks);
    else for (const block of blocks) appendBlock(this.#target(), block);
  }

  #endSection(): void {
    const section = this.#section;
    this.#section = undefined;
    const paragraph = this.#paragraphs.at(-1);
    if (paragraph === undefined) this.lastSection = section;
    else paragraph.section = section;
  }
}
