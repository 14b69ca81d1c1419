import type { VersionId, ZoneId } from '#kernel/ids.ts';
import type { ZoneStatus } from '#kernel/state-machines.ts';
import type { Box, Word } from '#kernel/word.ts';
import { type ZoneData, parseZoneData } from '#pipeline/zone-data.ts';
import type { PageContent, ZoneRow } from './page-repository.ts';
import { unpackWords } from './stored-words.ts';
import type { ZoneKind } from './zone.ts';

/** A zone with its own words, free of where they are counted on the page. */
export interface EditableZone extends Box {
  id: ZoneId;
  kind: ZoneKind;
  polygon: [number, number][] | null;
  content: string;
  /** Word ranges of cells count from the first word of the zone. */
  data: ZoneData | undefined;
  confidence: number;
  tool: string;
  status: ZoneStatus;
  rowVersion: number;
  words: readonly Word[];
  /** How its words stand in the text of the page. */
  text: string;
}

/** Words of the page that no zone holds; they stay behind the zone they followed. */
interface LooseText {
  after: ZoneId | null;
  words: readonly Word[];
  text: string;
}

/** A page taken apart so that its zones can be changed one by one; zones stand in reading order. */
export interface EditablePage {
  versionId: VersionId;
  number: number;
  confidence: number;
  zones: readonly EditableZone[];
  loose: readonly LooseText[];
}

/** The page put together again: what its row and the rows of its zones hold. */
export interface ComposedPage {
  text: string;
  words: Word[];
  /** In reading order. */
  zones: { id: ZoneId; wordFrom: number | null; wordTo: number | null; data: ZoneData | null }[];
}

/** Takes a stored page apart; `zones` are all of the page in reading order. */
export function openPage(
  versionId: VersionId,
  page: PageContent,
  zones: readonly ZoneRow[],
): EditablePage {
  const words = unpackWords(page.text, page.wordBoxes);
  const places = [...page.text.matchAll(/\S+/gu)];
  const textOf = (from: number, to: number): string => {
    const [first, last] = [places[from], places[to]];
    if (first === undefined || last === undefined) return '';
    return page.text.slice(first.index, last.index + last[0].length);
  };
  const holder = words.map((): ZoneId | undefined => undefined);
  for (const { id, wordFrom, wordTo } of zones) {
    if (wordFrom !== null && wordTo !== null) holder.fill(id, wordFrom, wordTo + 1);
  }
  const editable = zones.map((zone): EditableZone => {
    const range =
      zone.wordFrom === null || zone.wordTo === null ? [0, -1] : [zone.wordFrom, zone.wordTo];
    const [from = 0, to = -1] = range;
    return {
      ...zone,
      data: relativeData(parseZoneData(zone.data)),
      words: words.slice(from, to + 1),
      text: textOf(from, to),
    };
  });
  return {
    versionId,
    number: page.number,
    confidence: page.confidence,
    zones: editable,
    loose: looseRuns(holder).map(({ after, from, to }) => ({
      after,
      words: words.slice(from, to + 1),
      text: textOf(from, to),
    })),
  };
}

function looseRuns(
  holder: readonly (ZoneId | undefined)[],
): { after: ZoneId | null; from: number; to: number }[] {
  const runs: { after: ZoneId | null; from: number; to: number }[] = [];
  let after: ZoneId | null = null;
  for (const [index, id] of holder.entries()) {
    const run = runs.at(-1);
    if (id !== undefined) after = id;
    else if (run !== undefined && run.to === index - 1) run.to = index;
    else runs.push({ after, from: index, to: index });
  }
  return runs;
}

/** Puts the page together. Splitting the text on white space gives the words, in order. */
export function composePage(page: EditablePage): ComposedPage {
  const words: Word[] = [];
  const texts: string[] = [];
  const zones: ComposedPage['zones'] = [];
  const known = new Set(page.zones.map((zone) => zone.id));
  const append = (part: { words: readonly Word[]; text: string }): void => {
    words.push(...part.words);
    if (part.words.length > 0) texts.push(part.text);
  };
  for (const part of page.loose.filter(({ after }) => after === null || !known.has(after))) {
    append(part);
  }
  for (const zone of page.zones) {
    const from = words.length;
    append(zone);
    const has = words.length > from;
    zones.push({
      id: zone.id,
      wordFrom: has ? from : null,
      wordTo: has ? words.length - 1 : null,
      data: absoluteData(zone.data, from),
    });
    for (const part of page.loose) if (part.after === zone.id) append(part);
  }
  return { text: texts.join('\n\n'), words, zones };
}

/** Word ranges of cells counted from the first word of the table. */
export function relativeData(data: ZoneData | undefined): ZoneData | undefined {
  const first = Math.min(...(data?.cells ?? []).flatMap((cell) => cell.wordFrom ?? []));
  return Number.isFinite(first) ? shiftCells(data, -first) : data;
}

function absoluteData(data: ZoneData | undefined, from: number): ZoneData | null {
  return (data?.cells === undefined ? data : shiftCells(data, from)) ?? null;
}

function shiftCells(data: ZoneData | undefined, by: number): ZoneData | undefined {
  if (data?.cells === undefined) return data;
  return {
    ...data,
    cells: data.cells.map((cell) =>
      cell.wordFrom === undefined || cell.wordTo === undefined
        ? cell
        : { ...cell, wordFrom: cell.wordFrom + by, wordTo: cell.wordTo + by },
    ),
  };
}
