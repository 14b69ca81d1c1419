/** The process in which pdf.js runs: the second reader of PDF files. It serves one host and never outlives it. */
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { isAppError } from '#kernel/app-error.ts';
import { type PackedPage, unreadablePage } from '../pdfium/packed-words.ts';
import { endWithParent, serveCalls } from '../sandbox/call-server.ts';
import { readFields, readNumber, readString } from '../sandbox/reply-fields.ts';
import { readContents } from './pdfjs-contents.ts';
import { openPdfjs, type PdfjsDocument } from './pdfjs-document.ts';
import { wordsOfPieces } from './pdfjs-words.ts';

let opened: PdfjsDocument | undefined;

endWithParent();

serveCalls({
  inspect: async (payload) => {
    const document = await openDocument(payload);
    return { pageCount: document.proxy.numPages, metadata: await readMetadata(document) };
  },
  contents: async (payload) => readContents(await openDocument(payload)),
  readText: async (payload) => {
    const fields = readFields(payload);
    const document = await openDocument(payload);
    const pages: PackedPage[] = [];
    const to = readNumber(fields, 'to');
    for (let number = readNumber(fields, 'from'); number <= to; number += 1) {
      pages.push(await readPage(document, number));
    }
    return { pages };
  },
});

async function openDocument(payload: unknown): Promise<PdfjsDocument> {
  const path = readString(readFields(payload), 'path');
  if (opened?.path === path) return opened;
  await opened?.proxy.loadingTask.destroy();
  opened = undefined;
  opened = await openPdfjs(path);
  return opened;
}

async function readPage(document: PdfjsDocument, number: number): Promise<PackedPage> {
  try {
    return await document.withPage(number, (page) => readWords(page, number));
  } catch (error) {
    if (isAppError(error)) return unreadablePage(number, error.message);
    throw error;
  }
}

async function readWords(page: PDFPageProxy, number: number): Promise<PackedPage> {
  const view = page.getViewport({ scale: 1 });
  const { items, styles } = await page.getTextContent();
  const pieces = items.flatMap((item) => {
    if (!('str' in item)) return [];
    const { ascent, descent } = styles[item.fontName] ?? {};
    const transform: readonly unknown[] = item.transform;
    return {
      str: item.str,
      transform: transform.map(Number),
      width: item.width,
      hasEOL: item.hasEOL,
      ascent: sane(ascent, 0.8),
      descent: sane(descent, -0.2),
    };
  });
  const shown = {
    widthPt: view.width,
    heightPt: view.height,
    toShown: (x: number, y: number) => view.convertToViewportPoint(x, y).map(Number),
  };
  return {
    number,
    // What is drawn is not looked at.
    imageCoverage: 0,
    images: new Float32Array(),
    drawnRules: 0,
    widthPt: view.width,
    heightPt: view.height,
    rotation: view.rotation,
    ...wordsOfPieces(pieces, shown),
  };
}

/** Shares of the type size as a font states them; some state nothing or nonsense. */
function sane(value: number | undefined, otherwise: number): number {
  return value !== undefined && Math.abs(value) > 0.05 && Math.abs(value) < 2 ? value : otherwise;
}

const metadataNames = {
  title: 'Title',
  author: 'Author',
  subject: 'Subject',
  keywords: 'Keywords',
  creator: 'Creator',
  producer: 'Producer',
  createdAt: 'CreationDate',
  modifiedAt: 'ModDate',
  pdfVersion: 'PDFFormatVersion',
} as const;

async function readMetadata({ proxy }: PdfjsDocument): Promise<Record<string, string>> {
  const { info } = await proxy.getMetadata().catch(() => ({ info: {} }));
  const stated = readFields(info);
  const facts: Record<string, string> = {};
  for (const [name, key] of Object.entries(metadataNames)) {
    const value = stated[key];
    if (typeof value === 'string' && value !== '') {
      facts[name] = value
        .slice(0, 2_000)
        .toWellFormed()
        .replaceAll(/\p{Cc}+/gu, ' ');
    }
  }
  return facts;
}
