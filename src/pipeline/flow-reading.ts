import type { FlowPage, FlowZone } from '#engines/flow-engine.ts';
import { readingOfBlank } from './build-reading.ts';
import { meanCharacterConfidence } from './page-confidence.ts';
import type { PageReading, ZoneReading } from './page-reading.ts';

/**
 * A page of a file without pages of its own: text and zones are the file's, the boxes those of the plain
 * layout. It is certain but for characters that could not be decoded.
 */
export function readingOfFlowPage(page: FlowPage, tool: string): PageReading {
  const { number, widthPt, heightPt, words, zones } = page;
  const frame = { number, widthPt, heightPt, rotation: 0 };
  if (words.length === 0) return readingOfBlank(frame, 'text_layer', tool);
  return {
    ...frame,
    words,
    text: zones.map((zone) => zone.content).join('\n\n'),
    textSource: 'text_layer',
    tool,
    confidence: meanCharacterConfidence(words),
    zones: zones.map((zone, index) => readingOfZone(zone, index + 1, page, tool)),
    warnings: [],
  };
}

function readingOfZone(
  zone: FlowZone,
  position: number,
  { words }: FlowPage,
  tool: string,
): ZoneReading {
  const { headingLevel, list, table, ...place } = zone;
  const data = {
    ...(headingLevel !== undefined && { headingLevel }),
    ...(list !== undefined && { list }),
    ...table,
  };
  return {
    ...place,
    position,
    confidence: meanCharacterConfidence(words.slice(zone.wordFrom, zone.wordTo + 1)),
    tool,
    ...(Object.keys(data).length > 0 && { data }),
  };
}
