import type { ListItem } from '../zone-data.ts';
import { edgesOf } from './block-placing.ts';
import type { Block } from './blocks.ts';
import type { Line } from './lines.ts';
import { markerOf, type Marker } from './list-marker.ts';

/** Lists may have white between their entries: up to so many type sizes. */
const widestGapEm = 2.2;
/** Entries that begin this many type sizes apart are of different depth. */
const indentEm = 0.8;
const deepest = 5;

/**
 * Finds the lists among blocks in reading order. A block with entries in it is parted before its first entry;
 * neighbouring blocks of entries become one list. Bullets make a list by themselves, dashes when two lines
 * begin with the same one, numbers when they count on.
 */
export function findLists(blocks: readonly Block[]): Block[] {
  const found: Block[] = [];
  for (const part of blocks.flatMap(partBeforeEntries)) {
    const open = found.at(-1);
    if (open !== undefined && continuesList(open, part)) open.lines.push(...part.lines);
    else found.push(part);
  }
  return found.map(asList);
}

function isPlain(block: Block): boolean {
  return block.table === undefined && block.figure === undefined;
}

/** A paragraph that leads to a list, and the list. */
function partBeforeEntries(block: Block): Block[] {
  if (!isPlain(block)) return [block];
  const at = block.lines.findIndex((line) => markerOf(line) !== undefined);
  if (at <= 0 || !isList(block.lines.slice(at))) return [{ lines: [...block.lines] }];
  return [{ lines: block.lines.slice(0, at) }, { lines: block.lines.slice(at) }];
}

function continuesList(open: Block, next: Block): boolean {
  if (!isPlain(open) || !isPlain(next)) return false;
  const [first] = open.lines;
  const [start] = next.lines;
  const above = edgesOf(open);
  const below = edgesOf(next);
  if (!first || !start || !above || !below) return false;
  const gap = below.top - above.bottom;
  if (gap < -first.em || gap > widestGapEm * first.em) return false;
  if (Math.abs(start.em - first.em) > 0.2 * first.em || start.bold !== first.bold) return false;
  if (markerOf(first) === undefined || markerOf(start) === undefined) return false;
  return isList([...open.lines, ...next.lines]);
}

/** Whether lines, the first of which begins with a marker, are entries of a list. */
function isList(lines: readonly Line[]): boolean {
  const markers = lines.map(markerOf).filter((marker) => marker !== undefined);
  const [first] = markers;
  if (first === undefined) return false;
  if (first.kind === 'bullet') return true;
  const alike = markers.filter((marker) => marker.kind === first.kind);
  if (alike.length < 2 || (lines[0]?.bold ?? false)) return false;
  if (first.kind === 'dash') return alike.every((marker) => marker.text === first.text);
  return countsOn(alike);
}

function countsOn(markers: readonly Marker[]): boolean {
  let steps = 0;
  for (let i = 1; i < markers.length; i++) {
    const step = (markers[i]?.order ?? 0) - (markers[i - 1]?.order ?? 0);
    // A list inside the list begins anew.
    if (step === 1) steps++;
    else if (markers[i]?.order !== 1) return false;
  }
  return steps > 0;
}

function asList(block: Block): Block {
  if (!isPlain(block) || block.lines[0] === undefined || !markerOf(block.lines[0])) return block;
  if (!isList(block.lines)) return block;
  const items: (ListItem & { left: number })[] = [];
  for (const line of block.lines) {
    const marker = markerOf(line);
    const open = items.at(-1);
    const words = line.words.map(({ word }) => word.text);
    if (marker === undefined || (open !== undefined && !isEntry(line, marker, block.lines))) {
      if (open !== undefined) open.text += `\n${words.join(' ')}`;
      continue;
    }
    const text = words.join(' ').slice(marker.text.length).trim();
    const ordered = marker.kind === 'number';
    items.push({ level: 0, ordered, marker: marker.text, text, left: line.left });
  }
  const depths = depthsOf(items, block.lines[0].em);
  const list = items.map(({ left, ...item }) => ({ ...item, level: depths(left) }));
  return { ...block, list };
}

/** A dash may begin a line in the middle of an entry by chance; two of them in the same place do not. */
function isEntry(line: Line, marker: Marker, lines: readonly Line[]): boolean {
  if (marker.kind !== 'dash') return true;
  return lines.some(
    (other) =>
      other !== line &&
      Math.abs(other.left - line.left) < indentEm * line.em &&
      markerOf(other)?.text === marker.text,
  );
}

function depthsOf(items: readonly { left: number }[], em: number): (left: number) => number {
  const lefts: number[] = [];
  for (const { left } of [...items].sort((a, b) => a.left - b.left)) {
    const last = lefts.at(-1);
    if (last === undefined || left - last > indentEm * em) lefts.push(left);
  }
  return (left) => {
    let depth = 0;
    while ((lefts[depth + 1] ?? Infinity) <= left + 0.01) depth++;
    return Math.min(deepest, depth);
  };
}
