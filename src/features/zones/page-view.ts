import type { PageContent, PageRow, ZoneRow } from './page-repository.ts';
import { unpackWords } from './stored-words.ts';
import type { PageField, PageView, ZoneView } from './zone-schema.ts';

export function presentPageSummary(page: PageRow): Omit<PageView, PageField> {
  const { number, width, height, rotation, textSource, tool, confidence, wordCount, warnings } =
    page;
  return { number, width, height, rotation, textSource, tool, confidence, wordCount, warnings };
}

export function presentPage(
  page: PageContent,
  zones: readonly ZoneRow[],
  fields: readonly PageField[],
): PageView {
  return {
    ...presentPageSummary(page),
    ...(fields.includes('text') && { text: page.text }),
    ...(fields.includes('words') && { words: unpackWords(page.text, page.wordBoxes) }),
    ...(fields.includes('zones') && { zones: zones.map(presentZone) }),
  };
}

/** A zone says nothing of its page: it is always shown inside one. */
export function presentZone({ pageNumber, ...zone }: ZoneRow): ZoneView {
  void pageNumber;
  return zone;
}
