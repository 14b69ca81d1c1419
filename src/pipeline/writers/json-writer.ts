import type { DocumentContents } from '#engines/document-contents.ts';
import type { Box, Word } from '#kernel/word.ts';
import type { ReadingSettings } from '../reading-settings.ts';
import type { PageReading, TextSource, ZoneReading } from '../page-reading.ts';
import type { ZoneData } from '../zone-data.ts';

/** What the caller knows about the document as a whole; written out as it is. */
export interface JsonDocumentInfo {
  title: string;
  pageCount: number;
  mediaType: string;
  /** Lower-case hex of the source file. */
  sha256: string;
  metadata: Record<string, string>;
  /** What the file lists of itself; null when it lists nothing. */
  contents: DocumentContents | null;
  /** How it was read; null for runs that did not note it. */
  settings: ReadingSettings | null;
}

/** The version of the shape below; raised when a field changes its meaning or goes. */
const jsonFormat = 'docmill/1';

/**
 * A document as JSON, written page by page:
 *
 *     { "format": "docmill/1",
 *       "document": { title, pageCount, mediaType, sha256, metadata, contents },
 *       "pages": [ { number, width, height, rotation, text, textSource, tool, confidence, warnings,
 *                    words: [ { text, x, y, width, height, confidence } ],
 *                    zones: [ { kind, position, x, y, width, height, content, confidence, tool,
 *                               wordFrom, wordTo, data? } ] } ],
 *       "provenance": { tools, textSources, meanConfidence, settings } }
 *
 * Page sizes are points, boxes fractions of the page from the top left, confidences 0..1; wordFrom and
 * wordTo are indexes into the words of the page, both inclusive; `data` is that of zone-data.ts (heading level,
 * list, table cells, picture). Fractions are rounded to six places,
 * a thousandth of a point. Nothing depends on the time of writing. One page a line.
 */
export async function* writeJson(
  document: JsonDocumentInfo,
  pages: AsyncIterable<PageReading>,
): AsyncGenerator<string> {
  const { title, pageCount, mediaType, sha256, metadata, contents, settings } = document;
  const head = JSON.stringify({ title, pageCount, mediaType, sha256, metadata, contents });
  yield `{"format":${JSON.stringify(jsonFormat)},\n"document":${head},\n"pages":[`;
  const tally = new ProvenanceTally();
  for await (const page of pages) {
    yield `${tally.pages === 0 ? '\n' : ',\n'}${JSON.stringify(presentPage(page))}`;
    tally.add(page);
  }
  yield `\n],\n"provenance":${JSON.stringify({ ...tally.sum(), settings })}}\n`;
}

class ProvenanceTally {
  pages = 0;
  private confidence = 0;
  private readonly tools = new Set<string>();
  private readonly textSources: Record<TextSource, number> = { text_layer: 0, local_ocr: 0 };

  add(page: PageReading): void {
    this.pages++;
    this.confidence += page.confidence;
    this.tools.add(page.tool);
    this.textSources[page.textSource]++;
  }

  sum(): object {
    return {
      tools: [...this.tools].sort(),
      textSources: this.textSources,
      meanConfidence: this.pages === 0 ? null : rounded(this.confidence / this.pages),
    };
  }
}

function presentPage(page: PageReading): object {
  return {
    number: page.number,
    width: rounded(page.widthPt),
    height: rounded(page.heightPt),
    rotation: page.rotation,
    text: page.text,
    textSource: page.textSource,
    tool: page.tool,
    confidence: rounded(page.confidence),
    warnings: page.warnings,
    words: page.words.map(presentWord),
    zones: page.zones.map(presentZone),
  };
}

function presentWord(word: Word): object {
  return { text: word.text, ...roundedBox(word), confidence: rounded(word.confidence) };
}

function presentZone(zone: ZoneReading): object {
  return {
    kind: zone.kind,
    position: zone.position,
    ...roundedBox(zone),
    content: zone.content,
    confidence: rounded(zone.confidence),
    tool: zone.tool,
    wordFrom: zone.wordFrom,
    wordTo: zone.wordTo,
    ...(zone.data === undefined ? {} : { data: presentData(zone.data) }),
  };
}

function presentData({ cells, image, ...data }: ZoneData): ZoneData {
  return {
    ...data,
    ...(cells && { cells: cells.map((cell) => ({ ...cell, ...roundedBox(cell) })) }),
    ...(image && { image: roundedBox(image) }),
  };
}

function roundedBox(box: Box): Box {
  return {
    x: rounded(box.x),
    y: rounded(box.y),
    width: rounded(box.width),
    height: rounded(box.height),
  };
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
