import type { OcrWord } from '#engines/ocr-engine.ts';
import type { TextLayerPage, TextLayerWord } from '#engines/page-engine.ts';
import { cleanWords } from './clean-words.ts';
import {
  layOutRecognised,
  layOutTextLayer,
  type PageLayout,
  type PageParts,
} from './layout/lay-out-page.ts';
import { pageConfidence } from './page-confidence.ts';
import type { PageReading, PageWarning, TextSource } from './page-reading.ts';
import { hiddenTextConfidence, unmappedShare, type Trust } from './text-layer-trust.ts';
import { tableOf } from './zone-data.ts';

/** Where a page stands and how large it is. */
export type PageFrame = Pick<PageReading, 'number' | 'widthPt' | 'heightPt' | 'rotation'>;

/** A page whose text layer is taken as its text. Its words are as sure as the layer is. */
export function readingOfTextLayer(
  page: TextLayerPage,
  trust: Trust,
  tool: string,
  parts: PageParts = {},
): PageReading {
  const hidden = trust.reason === 'image_page_with_hidden_text';
  const clean = cleanWords(page.words);
  const words = hidden ? clean.map(withHiddenConfidence) : clean;
  const usedTool = page.readBy ?? tool;
  const layout = layOutTextLayer(words, frameOf(page), usedTool, parts);
  const warnings: PageWarning[] = hidden ? ['hidden_text_layer'] : [];
  if (page.readBy !== undefined) warnings.push('second_reader');
  return {
    ...frameOf(page),
    ...layout,
    textSource: 'text_layer',
    tool: usedTool,
    confidence: (hidden ? hiddenTextConfidence : 1) * (1 - unmappedShare(page)),
    warnings,
  };
}

function withHiddenConfidence(word: TextLayerWord): TextLayerWord {
  return { ...word, confidence: Math.min(word.confidence, hiddenTextConfidence) };
}

/** More unread ink than this is worth a warning. */
const warningInk = 0.1;
/** Ink on the page and not a word: a picture, or text that was missed. A person should look once. */
const nothingFoundConfidence = 0.5;

/**
 * A recognised page. `unreadInkShareOf` gives the share of text-like ink outside the words handed to it
 * (see ink.ts).
 */
export function readingOfRecognition(
  frame: PageFrame,
  recognised: readonly OcrWord[],
  tool: string,
  unreadInkShareOf: (words: PageReading['words']) => number,
  parts: PageParts = {},
): PageReading {
  const layout = layOutRecognised(cleanWords(recognised), frameOf(frame), tool, parts);
  const unreadInk = unreadInkShareOf(layout.words);
  const found = layout.words.length > 0;
  const warnings: PageWarning[] = [];
  if (!found) warnings.push('no_text_found');
  else if (unreadInk > warningInk) warnings.push('text_left_unread');
  return {
    ...frameOf(frame),
    ...layout,
    textSource: 'local_ocr',
    tool,
    confidence: found
      ? pageConfidence({ words: layout.words, lineLengths: lineLengthsOf(layout), unreadInk })
      : nothingFoundConfidence,
    warnings,
  };
}

/** A page on which nothing is printed: complete, and surely so. */
export function readingOfBlank(
  frame: PageFrame,
  textSource: TextSource,
  tool: string,
): PageReading {
  return emptyReading(frame, textSource, tool, 1, 'blank_page');
}

/** A page that could not be opened, so that the rest of its document can be finished. */
export function readingOfUnreadable(
  frame: PageFrame,
  textSource: TextSource,
  tool: string,
): PageReading {
  return emptyReading(frame, textSource, tool, 0, 'page_unreadable');
}

function emptyReading(
  frame: PageFrame,
  textSource: TextSource,
  tool: string,
  confidence: number,
  warning: PageWarning,
): PageReading {
  return {
    ...frameOf(frame),
    words: [],
    zones: [],
    text: '',
    textSource,
    tool,
    confidence,
    warnings: [warning],
  };
}

/** A4 in points, for a page of which not even the size is known: every page can be shown and divided by. */
const assumedSize = { widthPt: 595, heightPt: 842 };

function frameOf({ number, widthPt, heightPt, rotation }: PageFrame): PageFrame {
  if (!(widthPt > 0 && heightPt > 0)) return { number, ...assumedSize, rotation };
  return { number, widthPt, heightPt, rotation };
}

function lineLengthsOf(layout: PageLayout): number[] {
  return layout.zones
    .flatMap((zone) => tableOf(zone.data)?.cells.map((cell) => cell.text) ?? [zone.content])
    .filter((text) => text !== '')
    .flatMap((text) => text.split('\n').map((line) => line.split(' ').length));
}
