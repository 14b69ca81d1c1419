import type { PageReading } from '../page-reading.ts';

/**
 * A document as plain text, one piece per page: lines as on the page, a blank line between zones, a
 * form feed between pages (also before and after empty ones), so that page n is piece n of the file.
 */
export async function* writePlainText(
  pages: AsyncIterable<Pick<PageReading, 'text'>>,
): AsyncGenerator<string> {
  let first = true;
  for await (const page of pages) {
    const text = page.text === '' ? '' : `${page.text}\n`;
    yield first ? text : `\f${text}`;
    first = false;
  }
}
