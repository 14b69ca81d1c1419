import type { PageText } from '#engines/searchable-pdf.ts';
import type { PageReading } from '../page-reading.ts';
import { linesOf } from './reading-lines.ts';

/** Whether the words of a page of a PDF have to be added: they came from recognition and not from the file. */
export function lacksText({
  textSource,
  wordCount,
}: {
  textSource: PageReading['textSource'];
  wordCount: number;
}): boolean {
  return textSource !== 'text_layer' && wordCount > 0;
}

/** Readings as the searchable PDF wants them: zones in reading order, line by line. */
export async function* textOfPages(pages: AsyncIterable<PageReading>): AsyncGenerator<PageText> {
  for await (const page of pages) {
    const { number, widthPt, heightPt } = page;
    yield { number, widthPt, heightPt, lines: linesOf(page) };
  }
}
