import { inflateSync } from 'node:zlib';
import {
  type PDFContext,
  PDFDict,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFRef,
} from '@cantoo/pdf-lib';
import { removeHiddenText } from './hidden-text.ts';
import { bytesOf, contentsOf } from './page-update.ts';
import type { PageNode } from './page-tree.ts';
import { pdfStream } from './pdf-syntax.ts';
import type { ReplacedObject } from './update-plan.ts';

const names = {
  filter: PDFName.of('Filter'),
  parameters: PDFName.of('DecodeParms'),
  length: PDFName.of('Length'),
  subtype: PDFName.of('Subtype'),
  resources: PDFName.of('Resources'),
  font: PDFName.of('Font'),
  xObject: PDFName.of('XObject'),
};
const contentBytesAtMost = 32 * 1024 * 1024;
const formsDeepAtMost = 4;

/** A page without the invisible text that another program left on it. */
export interface WithoutOldText {
  /** The whole content of the page, where it had such text itself. */
  content?: Buffer;
  /** Forms that had such text, in their new shape. */
  forms: ReplacedObject[];
}

/**
 * Takes the invisible text off a page that is to get better words: a search would find both, and copying
 * would bring both. What cannot be decoded or followed stays as it is. `seen` holds forms that were
 * looked at before, for other pages.
 */
export function withoutOldText(page: PageNode, seen: Set<PDFRef>): WithoutOldText {
  const { context } = page.dictionary;
  const streams = contentsOf(page.dictionary).map((stream) => decode(context.lookup(stream)));
  const whole = streams.every((stream) => stream !== undefined)
    ? Buffer.concat(streams.flatMap((stream) => [stream, Buffer.from('\n')]))
    : undefined;
  const content = whole && removeHiddenText(whole, type3Fonts(context, page.resources));
  const forms = cleanForms(context, page.resources, { seen, depth: 0 });
  return { forms, ...(content && { content }) };
}

interface FormWalk {
  seen: Set<PDFRef>;
  depth: number;
}

function cleanForms(
  context: PDFContext,
  resources: PDFDict | undefined,
  { seen, depth }: FormWalk,
): ReplacedObject[] {
  const objects = context.lookup(resources?.get(names.xObject));
  if (!(objects instanceof PDFDict) || depth > formsDeepAtMost) return [];
  const replaced: ReplacedObject[] = [];
  for (const reference of objects.values()) {
    if (!(reference instanceof PDFRef) || seen.has(reference)) continue;
    seen.add(reference);
    const form = context.lookup(reference);
    if (!(form instanceof PDFRawStream) || !isForm(form)) continue;
    const own = context.lookup(form.dict.get(names.resources));
    const known = own instanceof PDFDict ? own : resources;
    const decoded = decode(form);
    const content = decoded && removeHiddenText(decoded, type3Fonts(context, known));
    if (content !== undefined) replaced.push(replaceStream(reference, form, content));
    if (own instanceof PDFDict) {
      replaced.push(...cleanForms(context, own, { seen, depth: depth + 1 }));
    }
  }
  return replaced;
}

function isForm(stream: PDFRawStream): boolean {
  return stream.dict.get(names.subtype) === PDFName.of('Form');
}

function replaceStream(reference: PDFRef, { dict }: PDFRawStream, content: Buffer): ReplacedObject {
  const entries = dict
    .entries()
    .filter(([name]) => ![names.filter, names.parameters, names.length].includes(name));
  const others = PDFDict.fromMapWithContext(new Map(entries), dict.context);
  const inside = bytesOf(others).toString('latin1').replace(/^<</, '').replace(/>>$/, '');
  return {
    number: reference.objectNumber,
    generation: reference.generationNumber,
    body: pdfStream(inside, content),
  };
}

/** The bytes of a plain or deflated stream; undefined for any other and for what is too large. */
function decode(stream: PDFObject | undefined): Buffer | undefined {
  if (!(stream instanceof PDFRawStream)) return undefined;
  const { context } = stream.dict;
  const filter = context.lookup(stream.dict.get(names.filter));
  const bytes = Buffer.from(stream.contents);
  if (filter === undefined) return bytes;
  if (filter !== PDFName.of('FlateDecode') || stream.dict.has(names.parameters)) return undefined;
  try {
    return inflateSync(bytes, { maxOutputLength: contentBytesAtMost });
  } catch {
    return undefined;
  }
}

/** Tells fonts of type 3, whose glyphs are painted whatever the text rendering mode is. */
function type3Fonts(
  context: PDFContext,
  resources: PDFDict | undefined,
): (name: string) => boolean {
  const fonts = context.lookup(resources?.get(names.font));
  return (name) => {
    const font = fonts instanceof PDFDict ? context.lookup(fonts.get(PDFName.of(name))) : undefined;
    return font instanceof PDFDict && font.get(names.subtype) === PDFName.of('Type3');
  };
}
