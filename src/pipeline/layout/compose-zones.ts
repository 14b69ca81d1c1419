import { boundingBox, clampBox, type Box, type Word } from '#kernel/word.ts';
import { meanCharacterConfidence } from '../page-confidence.ts';
import type { PageReading, ZoneReading } from '../page-reading.ts';
import type { Block } from './blocks.ts';
import { bodyTypeOf, headingLevelOf } from './headings.ts';
import type { PageExtent, PlacedWord } from './placed-word.ts';
import { describeTable } from './table-zone.ts';

/** Words in reading order with their zones and text, as a PageReading holds them. */
export type PageLayout = Pick<PageReading, 'words' | 'zones' | 'text'>;

/** Makes the zones of blocks in reading order. `placed` are the words of the page in content order. */
export function composeZones(
  blocks: readonly Block[],
  placed: readonly PlacedWord[],
  page: PageExtent,
  tool: string,
): PageLayout {
  const body = bodyTypeOf(blocks);
  const words: Word[] = [];
  const zones: ZoneReading[] = [];
  blocks.forEach((block, index) => {
    const found = contentOf(block, { placed, page, wordFrom: words.length });
    const box = boundingBox(found.boxes);
    if (box === undefined) return;
    const level =
      found.kind === 'text' && body ? headingLevelOf(block, blocks[index - 1], body) : undefined;
    const data = level === undefined ? found.data : { headingLevel: level };
    zones.push({
      kind: level === undefined ? found.kind : 'heading',
      position: zones.length + 1,
      ...box,
      content: found.content,
      confidence: found.words.length > 0 ? meanCharacterConfidence(found.words) : found.confidence,
      tool,
      wordFrom: words.length,
      wordTo: words.length + found.words.length - 1,
      ...(data === undefined ? {} : { data }),
    });
    for (const word of found.words) words.push(word);
  });
  const texts = zones.map((zone) => zone.content).filter((content) => content !== '');
  return { words, zones, text: texts.join('\n\n') };
}

interface BlockContent extends Pick<ZoneReading, 'kind' | 'content'> {
  words: Word[];
  /** What the zone has to contain. */
  boxes: readonly Box[];
  data: ZoneReading['data'];
  /** For want of words. */
  confidence: number;
}

function contentOf(
  block: Block,
  at: { placed: readonly PlacedWord[]; page: PageExtent; wordFrom: number },
): BlockContent {
  if (block.table !== undefined) {
    const table = describeTable(block.table, at.placed, at.page, at.wordFrom);
    const cells = table.data.cells.map(clampBox);
    return { kind: 'table', ...table, boxes: [...table.words, ...cells], confidence: 1 };
  }
  const words = block.lines.flatMap((line) => line.words.map(({ word }) => word));
  const content = textOf(block);
  if (block.figure !== undefined) {
    const { box, confidence } = block.figure;
    return {
      kind: 'figure',
      words,
      content,
      boxes: [...words, box],
      data: { image: box },
      confidence,
    };
  }
  const data = block.list === undefined ? undefined : { list: block.list };
  return { kind: 'text', words, content, boxes: words, data, confidence: 1 };
}

function textOf(block: Block): string {
  return block.lines
    .map((line) => line.words.map((placed) => placed.word.text).join(' '))
    .join('\n');
}
