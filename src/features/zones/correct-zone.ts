import type { Box } from '#kernel/word.ts';
import { type ListItem, type ZoneData, tableOf } from '#pipeline/zone-data.ts';
import { type CellText, correctCells, correctTableText } from './correct-table.ts';
import type { EditableZone } from './editable-page.ts';
import { layWords } from './lay-words.ts';
import { checkBox, type ZoneKind } from './zone.ts';
import { checkContent, pageTextOf } from './zone-content.ts';

/** What a person may change of one zone; what is not named stays. */
export interface ZoneEdit {
  content?: string | undefined;
  /** Of a table, instead of its whole text. */
  cells?: readonly CellText[] | undefined;
  kind?: ZoneKind | undefined;
  box?: Box | undefined;
  /** Points as fractions of the page; null removes the outline. */
  polygon?: [number, number][] | null | undefined;
}

export type RevisionKind =
  | 'extraction'
  | 'correction'
  | 'geometry'
  | 'retype'
  | 'revert'
  | 'removal';

/** What an edit that changes several things at once is called: by the weightiest of them. */
export function revisionKindOf(edit: ZoneEdit): RevisionKind {
  if (edit.content !== undefined || edit.cells !== undefined) return 'correction';
  return edit.kind === undefined ? 'geometry' : 'retype';
}

/**
 * The zone as a person wants it. A text that was read over by a person is certain, also when it stays as it was.
 * Throws `zone.invalid`.
 */
export function correctZone(zone: EditableZone, edit: ZoneEdit): EditableZone {
  let next: EditableZone = { ...zone, status: 'corrected' };
  if (edit.box !== undefined) {
    checkBox(edit.box);
    next = { ...next, ...edit.box };
  }
  if (edit.polygon !== undefined) next = { ...next, polygon: edit.polygon };
  if (edit.content !== undefined) next = correctContent(next, edit.content);
  if (edit.cells !== undefined) {
    for (const { text } of edit.cells) checkContent(text);
    next = { ...next, ...correctCells(next, edit.cells), confidence: 1 };
  }
  if (edit.kind !== undefined) next = retypeZone(next, edit.kind);
  return next;
}

function correctContent(zone: EditableZone, content: string): EditableZone {
  checkContent(content);
  if (content === zone.content) return confirmZone(zone);
  if (tableOf(zone.data) !== undefined) {
    return { ...zone, ...correctTableText(zone, content), confidence: 1 };
  }
  const text = pageTextOf(content);
  return {
    ...zone,
    content,
    text,
    words: layWords(zone.words, text, zone),
    data: relist(zone.data, content),
    confidence: 1,
  };
}

/** A zone that a person looked at and found right. */
function confirmZone(zone: EditableZone): EditableZone {
  const words = zone.words.map((word) => ({ ...word, confidence: 1 }));
  return { ...zone, words, confidence: 1, status: 'corrected' };
}

/** Structure belongs to a kind; what the new kind does not know goes. */
function retypeZone(zone: EditableZone, kind: ZoneKind): EditableZone {
  if (kind === zone.kind) return zone;
  const { headingLevel = 2, list, image, ...table } = zone.data ?? {};
  const data: ZoneData =
    kind === 'heading'
      ? { headingLevel }
      : kind === 'table'
        ? table
        : kind === 'figure' || kind === 'diagram' || kind === 'image'
          ? { ...(image && { image }) }
          : { ...(list && { list }) };
  return { ...zone, kind, data: Object.keys(data).length === 0 ? undefined : data };
}

/** The entries of a list in its new text, as long as every marker still begins a line. */
function relist(data: ZoneData | undefined, content: string): ZoneData | undefined {
  if (data?.list === undefined) return data;
  const { list, ...rest } = data;
  const items: ListItem[] = [];
  for (const line of content.split('\n')) {
    const next = list[items.length];
    const last = items.at(-1);
    if (next !== undefined && line.startsWith(next.marker)) {
      items.push({ ...next, text: line.slice(next.marker.length).trim() });
    } else if (last !== undefined) last.text += `\n${line}`;
    else return rest;
  }
  return items.length === list.length ? { ...rest, list: items } : rest;
}
