import { PDFArray, PDFDict, PDFName, type PDFObject, PDFRef } from '@cantoo/pdf-lib';
import type { PageNode } from './page-tree.ts';

const names = {
  contents: PDFName.of('Contents'),
  resources: PDFName.of('Resources'),
  font: PDFName.of('Font'),
};

export interface TextLayerObjects {
  /** Number of the font object. */
  font: number;
  /** Number of the content stream with the text. */
  content: number;
  /** Number of a stream that takes the place of the content the page had. */
  instead?: number;
}

/**
 * The dictionary of a page as it is once its text is there: the text before its other content, the font
 * among its resources, which are its own from then on. Nothing else changes.
 */
export function updatePage(
  { dictionary, resources }: PageNode,
  { font, content, instead }: TextLayerObjects,
): { body: Buffer; fontName: string } {
  const { context } = dictionary;
  const page = copyOf(dictionary);
  const ownResources = resources === undefined ? context.obj({}) : copyOf(resources);
  const known = context.lookup(ownResources.get(names.font));
  const fonts = known instanceof PDFDict ? copyOf(known) : context.obj({});
  const fontName = freeName(fonts);
  fonts.set(PDFName.of(fontName), PDFRef.of(font));
  ownResources.set(names.font, fonts);
  page.set(names.resources, ownResources);
  const others = instead === undefined ? contentsOf(page) : [PDFRef.of(instead)];
  page.set(names.contents, context.obj([PDFRef.of(content), ...others]));
  return { body: bytesOf(page), fontName };
}

/** An object as it is written to a file. */
export function bytesOf(object: PDFObject): Buffer {
  const bytes = Buffer.alloc(object.sizeInBytes());
  object.copyBytesInto(bytes, 0);
  return bytes;
}

/** The streams of a page, by reference; `Contents` may be a stream, a list, or a list somewhere else. */
export function contentsOf(page: PDFDict): PDFObject[] {
  const contents = page.get(names.contents);
  const found = page.context.lookup(contents);
  if (found instanceof PDFArray) return found.asArray();
  return contents instanceof PDFRef && found !== undefined ? [contents] : [];
}

function copyOf(dictionary: PDFDict): PDFDict {
  return PDFDict.fromMapWithContext(new Map(dictionary.entries()), dictionary.context);
}

function freeName(fonts: PDFDict): string {
  for (let number = 0; ; number += 1) {
    const name = `DmText${number === 0 ? '' : number}`;
    if (!fonts.has(PDFName.of(name))) return name;
  }
}
