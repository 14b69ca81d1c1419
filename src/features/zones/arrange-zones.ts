import type { ZoneId } from '#kernel/ids.ts';
import { type Box, boundingBox } from '#kernel/word.ts';
import { type ZoneData, tableOf } from '#pipeline/zone-data.ts';
import type { EditablePage, EditableZone } from './editable-page.ts';
import { layWords } from './lay-words.ts';
import { checkBox, type ZoneKind, zoneConflict, zoneNotFound } from './zone.ts';
import { checkContent, contentInvalid, pageTextOf } from './zone-content.ts';

/** A zone that a person draws. */
export interface NewZone {
  id: ZoneId;
  kind: ZoneKind;
  box: Box;
  content: string;
  /** Place in the reading order, from 1; undefined for the end. */
  position: number | undefined;
}

/** What drew a zone that no engine found. */
export const humanTool = 'person';

/** Adds a zone; those behind it move up. Throws `zone.invalid`. */
export function addZone(page: EditablePage, wanted: NewZone): EditablePage {
  checkBox(wanted.box);
  checkContent(wanted.content);
  const { id, kind, box, content, position } = wanted;
  const text = pageTextOf(content);
  const zone: EditableZone = {
    id,
    kind,
    ...box,
    polygon: null,
    content,
    data: undefined,
    confidence: 1,
    tool: humanTool,
    status: 'corrected',
    rowVersion: 1,
    words: layWords([], text, box),
    text,
  };
  return insertZone(page, zone, position);
}

/** Puts a zone at its place; beyond the end means the end. */
export function insertZone(
  page: EditablePage,
  zone: EditableZone,
  position: number | undefined,
): EditablePage {
  const at = position === undefined ? page.zones.length : position - 1;
  return { ...page, zones: page.zones.toSpliced(at, 0, zone) };
}

/** Takes a zone and its words off the page. */
export function removeZone(page: EditablePage, id: ZoneId): EditablePage {
  return { ...page, zones: page.zones.filter((zone) => zone.id !== id) };
}

/** Throws `zone.conflict` unless `ids` are exactly the zones of the page. */
export function reorderZones(page: EditablePage, ids: readonly ZoneId[]): EditablePage {
  const wanted = new Set(ids);
  const isSame = wanted.size === ids.length && page.zones.every((zone) => wanted.has(zone.id));
  if (!isSame || ids.length !== page.zones.length) {
    throw zoneConflict('The order must name each zone of the page once. Read the page again.', {
      field: 'zoneIds',
      zones: page.zones.length,
    });
  }
  return { ...page, zones: ids.map((id) => zoneOf(page, id)) };
}

/**
 * Puts zones together into the first of `ids`: texts in reading order, a line each, the box around them all.
 * Throws `zone.not_found`, or `zone.conflict` for tables, whose cells cannot be put together.
 */
export function mergeZones(page: EditablePage, ids: readonly ZoneId[]): EditablePage {
  const wanted = new Set(ids);
  const parts = page.zones.filter((zone) => wanted.has(zone.id));
  const missing = ids.find((id) => !parts.some((part) => part.id === id));
  if (missing !== undefined) throw zoneNotFound(missing);
  const target = zoneOf(page, ids[0]);
  if (parts.length < 2)
    throw zoneConflict('A merge takes two or more zones.', { field: 'zoneIds' });
  if (parts.some((part) => tableOf(part.data) !== undefined)) {
    throw zoneConflict('Tables cannot be merged: their cells would not fit together.', {
      field: 'zoneIds',
    });
  }
  const merged: EditableZone = {
    ...target,
    ...boundingBox(parts),
    polygon: null,
    content: joinTexts(parts.map((part) => part.content)),
    text: joinTexts(parts.filter((part) => part.words.length > 0).map((part) => part.text)),
    words: parts.flatMap((part) => part.words),
    data: withoutList(target.data),
    confidence: meanConfidence(parts),
    status: 'corrected',
  };
  const first = page.zones.findIndex((zone) => wanted.has(zone.id));
  const rest = page.zones.filter((zone) => !wanted.has(zone.id));
  return { ...page, zones: rest.toSpliced(first, 0, merged) };
}

function joinTexts(texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n');
}

function withoutList(data: ZoneData | undefined): ZoneData | undefined {
  const { list: _list, ...rest } = data ?? {};
  return Object.keys(rest).length === 0 ? undefined : rest;
}

function lengthOf(zone: EditableZone): number {
  return Math.max(1, zone.content.length);
}

/** Weighted by length, as the confidence of a zone is that of its words. */
function meanConfidence(parts: readonly EditableZone[]): number {
  const whole = parts.reduce((sum, part) => sum + lengthOf(part), 0);
  return parts.reduce((sum, part) => sum + part.confidence * lengthOf(part), 0) / whole;
}

/**
 * Cuts a zone in two before one of its words; the second part gets `newId` and stands behind the first.
 * Throws `zone.conflict` for a table, `zone.invalid` for a place that is not between two words.
 */
export function splitZone(
  page: EditablePage,
  id: ZoneId,
  beforeWord: number,
  newId: ZoneId,
): EditablePage {
  const zone = zoneOf(page, id);
  if (tableOf(zone.data) !== undefined) {
    throw zoneConflict('A table cannot be split.', { field: 'id' });
  }
  const starts = [...zone.content.matchAll(/\S+/gu)];
  const cut = starts[beforeWord]?.index;
  if (cut === undefined || beforeWord < 1 || starts.length !== zone.words.length) {
    throw contentInvalid(`can be split before word 2 to ${zone.words.length}`);
  }
  const part = (content: string, words: EditableZone['words']): EditableZone => ({
    ...zone,
    ...boundingBox(words),
    polygon: null,
    content,
    text: pageTextOf(content),
    words,
    data:
      zone.data?.headingLevel === undefined ? undefined : { headingLevel: zone.data.headingLevel },
    status: 'corrected',
  });
  const first = part(zone.content.slice(0, cut).trimEnd(), zone.words.slice(0, beforeWord));
  const second = {
    ...part(zone.content.slice(cut), zone.words.slice(beforeWord)),
    id: newId,
    rowVersion: 1,
  };
  const at = page.zones.indexOf(zone);
  return { ...page, zones: page.zones.toSpliced(at, 1, first, second) };
}

/** Replaces one zone. Throws `zone.not_found`. */
export function changeZone(
  page: EditablePage,
  id: ZoneId,
  change: (zone: EditableZone) => EditableZone,
): EditablePage {
  const zone = zoneOf(page, id);
  return { ...page, zones: page.zones.with(page.zones.indexOf(zone), change(zone)) };
}

/** Throws `zone.not_found`. */
export function zoneOf(page: EditablePage, id: ZoneId | undefined): EditableZone {
  const zone = page.zones.find((candidate) => candidate.id === id);
  if (zone === undefined) throw zoneNotFound(id ?? '');
  return zone;
}
