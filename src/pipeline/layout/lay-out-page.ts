import type { OcrWord } from '#engines/ocr-engine.ts';
import type { TextLayerWord } from '#engines/page-engine.ts';
import { boundingBox, type Word } from '#kernel/word.ts';
import { meanCharacterConfidence } from '../page-confidence.ts';
import type { PageReading, ZoneReading } from '../page-reading.ts';
import { blocksOfRecogniser, buildBlocks, type Block } from './blocks.ts';
import { bodyTypeOf, headingLevelOf } from './headings.ts';
import { buildLineFragments, linesInContentOrder, linesOfRecogniser } from './lines.ts';
import { placeOcrWords, placeTextLayerWords, type PageExtent } from './placed-word.ts';
import { orderIntoRegions } from './reading-order.ts';
import { isMostlyRightToLeft, isTilted } from './text-direction.ts';

/** Words in reading order with their zones and text, as a PageReading holds them. */
export type PageLayout = Pick<PageReading, 'words' | 'zones' | 'text'>;

/**
 * Lays out the words of a text layer, given clean (see clean-words.ts) and in content order.
 * Content order is a hint only; right-to-left and tilted pages keep it as it is.
 * `tool` is stored on every zone.
 */
export function layOutTextLayer(
  words: readonly TextLayerWord[],
  page: PageExtent,
  tool: string,
): PageLayout {
  const placed = placeTextLayerWords(words, page);
  if (isMostlyRightToLeft(placed)) return compose(buildBlocks(linesInContentOrder(placed)), tool);
  const fragments = buildLineFragments(placed);
  if (isTilted(fragments)) {
    const drawn = fragments.sort((a, b) => (a.words[0]?.index ?? 0) - (b.words[0]?.index ?? 0));
    return compose(buildBlocks(drawn), tool);
  }
  return compose(orderIntoRegions(fragments).flatMap(buildBlocks), tool);
}

/** Lays out recognised words, given clean, by the recogniser's own lines, paragraphs and order. */
export function layOutRecognised(
  words: readonly OcrWord[],
  page: PageExtent,
  tool: string,
): PageLayout {
  const lines = linesOfRecogniser(words, placeOcrWords(words, page));
  return compose(blocksOfRecogniser(words, lines), tool);
}

function compose(blocks: readonly Block[], tool: string): PageLayout {
  const body = bodyTypeOf(blocks);
  const words: Word[] = [];
  const zones: ZoneReading[] = [];
  blocks.forEach((block, index) => {
    const own = block.lines.flatMap((line) => line.words.map((placed) => placed.word));
    const box = boundingBox(own);
    if (box === undefined || body === undefined) return;
    const level = headingLevelOf(block, blocks[index - 1], body);
    zones.push({
      kind: level === undefined ? 'text' : 'heading',
      position: zones.length + 1,
      ...box,
      content: textOf(block),
      confidence: meanCharacterConfidence(own),
      tool,
      wordFrom: words.length,
      wordTo: words.length + own.length - 1,
      ...(level === undefined ? {} : { data: { headingLevel: level } }),
    });
    for (const word of own) words.push(word);
  });
  return { words, zones, text: zones.map((zone) => zone.content).join('\n\n') };
}

function textOf(block: Block): string {
  return block.lines
    .map((line) => line.words.map((placed) => placed.word.text).join(' '))
    .join('\n');
}
