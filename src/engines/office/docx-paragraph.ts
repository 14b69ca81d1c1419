import type { FlowBlock } from '../flow/flow-block.ts';
import type { ListMarker } from './docx-numbering.ts';

/** Stand in the text of a paragraph for page ends: those the author set, and those the program noted. */
export const authorBreak = '\u0002';
export const notedBreak = '\u0003';

const pageEnds = new RegExp(`([${authorBreak}${notedBreak}])`);

/** What is known of a paragraph when it ends. */
export interface Paragraph {
  /** Pieces of text; `\n` for line breaks, the marks above for page ends. */
  pieces: string[];
  styleId: string | undefined;
  listId: string | undefined;
  listLevel: number | undefined;
  outline: string | undefined;
  breaksBefore: boolean | undefined;
  /** Its end was deleted, so that the next paragraph goes on with it. */
  isJoined: boolean;
  /** Foot notes that it refers to. */
  notes: string[];
  /** Blocks of its text boxes, which follow it. */
  boxes: FlowBlock[];
  /** Relations and options of the section that it ends. */
  section: DocxSection | undefined;
}

/** A section as its properties say it; furniture by the id of its relation. */
export interface DocxSection {
  type: string;
  hasFirst: boolean;
  headers: Map<string, string>;
  footers: Map<string, string>;
}

export function newParagraph(): Paragraph {
  return {
    pieces: [],
    styleId: undefined,
    listId: undefined,
    listLevel: undefined,
    outline: undefined,
    breaksBefore: undefined,
    isJoined: false,
    notes: [],
    boxes: [],
    section: undefined,
  };
}

export function newSection(): DocxSection {
  return { type: 'nextPage', hasFirst: false, headers: new Map(), footers: new Map() };
}

/** How the text of a paragraph counts. */
export interface ParagraphLook {
  headingLevel: number | undefined;
  marker: ListMarker | undefined;
  listLevel: number;
}

/** The blocks of a paragraph: its text, parted at page ends. Foot notes go with the last part. */
export function blocksOfParagraph(paragraph: Paragraph, look: ParagraphLook): FlowBlock[] {
  const blocks: FlowBlock[] = [];
  let isFirst = true;
  for (const part of paragraph.pieces.join('').split(pageEnds)) {
    if (part === authorBreak || part === notedBreak) {
      blocks.push({ kind: 'break', cause: part === notedBreak ? 'noted' : 'author' });
      continue;
    }
    const block = blockOfText(part.trim(), look, isFirst);
    if (block === undefined) continue;
    blocks.push(block);
    isFirst = false;
  }
  const last = blocks.findLast((block) => 'text' in block || 'items' in block);
  if (last !== undefined && 'notes' in last) last.notes = paragraph.notes;
  return blocks;
}

function blockOfText(text: string, look: ParagraphLook, isFirst: boolean): FlowBlock | undefined {
  const { headingLevel, marker, listLevel } = look;
  const sign = isFirst ? (marker?.text ?? '') : '';
  if (text === '') return undefined;
  if (headingLevel !== undefined) {
    return { kind: 'heading', level: headingLevel, text: `${sign} ${text}`.trim(), notes: [] };
  }
  if (marker === undefined) return { kind: 'text', text, notes: [] };
  const item = { level: listLevel, ordered: marker.ordered, marker: sign, text };
  return { kind: 'list', items: [item], notes: [] };
}

/** Appends in place: a long list would else be copied for each of its items. */
function concat(notes: string[] | undefined, more: readonly string[] | undefined): string[] {
  const all = notes ?? [];
  all.push(...(more ?? []));
  return all;
}

/** Adds a block; items of a list that follow each other become one list. */
export function appendBlock(blocks: FlowBlock[], block: FlowBlock): void {
  const last = blocks.at(-1);
  if (block.kind === 'list' && last?.kind === 'list') {
    last.items.push(...block.items);
    last.notes = concat(last.notes, block.notes);
  } else blocks.push(block);
}
