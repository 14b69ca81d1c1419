import { readFileSync, statSync } from 'node:fs';
import { AppError } from '#kernel/app-error.ts';
import { layOutBlocks } from '../flow/lay-out-blocks.ts';
import { documentOf, type FlowDocument } from '../flow/laid-page.ts';
import { csvDocument } from './csv-text.ts';
import { decodeText } from './decode-text.ts';
import { readHtml } from './html-text.ts';
import { readMarkdown } from './markdown-text.ts';
import { readPlainText } from './plain-text.ts';

/** Thousands of pages; a longer text would need more memory than a reader is given. */
const mostBytes = 32 * 1024 * 1024;

/** Reads a text file by its media type. Throws `file.too_many_pages`, `file.page_too_large`. */
export function readTextFile(path: string, mediaType: string): FlowDocument {
  if (statSync(path).size > mostBytes) {
    throw new AppError(
      'file.too_many_pages',
      `The text is longer than ${mostBytes / 1024 / 1024} MiB. Split it.`,
      { details: { maxBytes: mostBytes } },
    );
  }
  return readText(readFileSync(path), mediaType);
}

/** The same for bytes in memory. Any bytes give a document, of one empty page at least. */
export function readText(bytes: Uint8Array, mediaType: string): FlowDocument {
  const text = decodeText(bytes, mediaType === 'text/html');
  switch (mediaType) {
    case 'text/csv':
      return csvDocument(text);
    case 'text/markdown':
      return documentOf(layOutBlocks(readMarkdown(text)), {});
    case 'text/html': {
      const { blocks, title } = readHtml(text);
      return documentOf(layOutBlocks(blocks), title === undefined ? {} : { title });
    }
    default:
      return documentOf(layOutBlocks(readPlainText(text)), {});
  }
}
