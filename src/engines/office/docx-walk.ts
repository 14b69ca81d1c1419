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
  notedBreak,
  type Paragraph,
} from './docx-paragraph.ts';
import { outlineLevel, type ParagraphStyle } from './docx-styles.ts';
import { noteParagraphProperty, noteTableProperty } from './docx-properties.ts';
import { DocxSections } from './docx-sections.ts';
import { DocxSkip } from './docx-skip.ts';
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

/**
 * Walks through the XML of a document, header, footer or notes part and collects its blocks. Deleted text is
 * left out and inserted text kept; hidden text is left out; of alternate contents the first is taken.
 */
export class DocxWalk implements XmlHandler {
  readonly blocks: FlowBlock[] = [];
  /** Notes of a notes part by their id. */
  readonly notes = new Map<string, FlowBlock[]>();
  readonly sections = new DocxSections();

  readonly #context: WalkContext;
  readonly #containers: FlowBlock[][] = [];
  readonly #paragraphs: Paragraph[] = [];
  readonly #tables: DocxTable[] = [];
  readonly #fields: DocxFields;
  readonly #controls = new DocxControls();
  readonly #skip = new DocxSkip();
  #isText = false;
  #isHidden = false;
  #isInstruction = false;
  #properties: 'paragraph' | 'row' | undefined;
  /** A paragraph whose end was deleted. */
  #joined: Paragraph | undefined;

  constructor(context: WalkContext) {
    this.#context = context;
    this.#fields = new DocxFields(context.marksPages);
  }

  open(name: string, attributes: string, isEmpty: boolean): void {
    const wasSkipping = this.#skip.isActive;
    if (this.#skip.opens(name, isEmpty)) {
      if (name === 'w:del' && isEmpty && !wasSkipping) this.#noteDeletion();
      return;
    }
    this.#openStructure(name, attributes, isEmpty);
    this.#openProperty(name, attributes, isEmpty);
    this.#openContent(name, attributes, isEmpty);
  }

  close(name: string): void {
    if (this.#skip.closes(name)) return;
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
        this.sections.close(this.#paragraphs.at(-1));
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
    }
  }

  text(text: string): void {
    if (this.#skip.isActive) return;
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
    }
  }

  #openProperty(name: string, attributes: string, isEmpty: boolean): void {
    if (!name.startsWith('w:')) return;
    if (name === 'w:pPr' || name === 'w:trPr') {
      if (!isEmpty) this.#properties = name === 'w:pPr' ? 'paragraph' : 'row';
    } else if (name === 'w:vanish') {
      if (this.#properties === undefined) this.#isHidden = isOn(attributes);
    } else if (
      !noteParagraphProperty(name, attributes, this.#paragraphs.at(-1)) &&
      !noteTableProperty(name, attributes, this.#tables.at(-1))
    ) {
      this.sections.openProperty(name, attributes);
      if (name === 'w:sectPr' && isEmpty) this.sections.close(this.#paragraphs.at(-1));
    }
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
        this.#skip.begin(name);
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
      this.sections.ends.push({ at: this.blocks.length, section: paragraph.section });
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
}
