/** The process in which PDF files are parsed that get words. It serves one host and never outlives it. */
import { readFileSync } from 'node:fs';
import {
  PDFArray,
  type PDFContext,
  PDFHexString,
  PDFParser,
  PDFRef,
  PDFString,
  PDFWriter,
} from '@cantoo/pdf-lib';
import { endWithParent, serveCalls } from '../sandbox/call-server.ts';
import { readFields, readList, readNumber, readString } from '../sandbox/reply-fields.ts';
import { findCrossReferences } from './cross-references.ts';
import { fontObjectCount } from './glyphless-font.ts';
import { listPages } from './page-tree.ts';
import { withoutOldText } from './old-text-layer.ts';
import { type TextLayerObjects, updatePage } from './page-update.ts';
import { pdfStream } from './pdf-syntax.ts';
import { shownSize } from './page-placement.ts';
import { textNotAddable } from './text-not-addable.ts';
import type { PageUpdate, ReplacedObject, UpdatePlan } from './update-plan.ts';

endWithParent();

serveCalls({
  plan: (payload) => {
    const fields = readFields(payload);
    return planUpdate(readString(fields, 'path'), {
      pageCount: readNumber(fields, 'pageCount'),
      pages: readList(fields, 'pages').map(parseWantedPage),
    });
  },
});

interface WantedPage {
  number: number;
  widthPt: number;
  heightPt: number;
}

interface Wanted {
  pageCount: number;
  pages: readonly WantedPage[];
}

function parseWantedPage(item: unknown): WantedPage {
  const fields = readFields(item);
  return {
    number: readNumber(fields, 'number'),
    widthPt: readNumber(fields, 'widthPt'),
    heightPt: readNumber(fields, 'heightPt'),
  };
}

async function planUpdate(path: string, wanted: Wanted): Promise<UpdatePlan> {
  const file = readFileSync(path);
  const context = await parse(file);
  if (context.trailerInfo.Encrypt !== undefined) {
    throw textNotAddable('protected', 'it is protected against changes by a password of its owner');
  }
  let found = findCrossReferences(file);
  let repaired: Buffer | undefined;
  if (found === undefined) {
    repaired = Buffer.from(await PDFWriter.forContext(context, Infinity).serializeToBuffer());
    found = findCrossReferences(repaired);
    if (found === undefined)
      throw textNotAddable('damaged', 'its cross references cannot be repaired');
  }
  return { ...found, ...planObjects(context, wanted), ...(repaired && { repaired }) };
}

/** The linear parser of the library takes the last object of a number, as an updated file means it. */
async function parse(file: Buffer): Promise<PDFContext> {
  try {
    return await PDFParser.forBytesWithOptions(
      file,
      Infinity,
      false,
      false,
      false,
      undefined,
      true,
    ).parseDocument();
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 200) : 'nothing is known of it';
    throw textNotAddable('damaged', `its structure is broken (${why})`);
  }
}

function planObjects(
  context: PDFContext,
  { pageCount, pages: wantedPages }: Wanted,
): Pick<UpdatePlan, 'firstFree' | 'font' | 'pages' | 'replaced' | 'trailer'> {
  const pages = listPages(context);
  if (pages.length !== pageCount) {
    throw textNotAddable('damaged', `${pages.length} of its ${pageCount} pages can be found in it`);
  }
  const font = context.largestObjectNumber + 1;
  let next = font + fontObjectCount;
  const replaced: ReplacedObject[] = [];
  const seenForms = new Set<PDFRef>();
  const updates = wantedPages.map((wanted): PageUpdate => {
    const page = pages[wanted.number - 1];
    if (page === undefined || !hasSize(shownSize(page.frame), wanted)) {
      throw textNotAddable('damaged', `page ${wanted.number} has another size than it is shown in`);
    }
    const objects: TextLayerObjects = { font, content: next++ };
    const old = withoutOldText(page, seenForms);
    replaced.push(...old.forms);
    if (old.content !== undefined) {
      objects.instead = next++;
      replaced.push({ number: objects.instead, generation: 0, body: pdfStream('', old.content) });
    }
    const { objectNumber: number, generationNumber: generation } = page.reference;
    const update = { page: wanted.number, number, generation, frame: page.frame };
    return { ...update, content: objects.content, ...updatePage(page, objects) };
  });
  return { font, firstFree: next, pages: updates, replaced, trailer: trailerOf(context) };
}

const tolerancePt = 0.5;

function hasSize(
  { widthPt, heightPt }: { widthPt: number; heightPt: number },
  wanted: WantedPage,
): boolean {
  return (
    Math.abs(widthPt - wanted.widthPt) < tolerancePt &&
    Math.abs(heightPt - wanted.heightPt) < tolerancePt
  );
}

function trailerOf(context: PDFContext): string {
  const { Root, Info, ID } = context.trailerInfo;
  if (!(Root instanceof PDFRef)) throw textNotAddable('damaged', 'it has no catalogue');
  const info = Info instanceof PDFRef ? `/Info ${Info.toString()}` : '';
  return `/Root ${Root.toString()}${info}${identifierOf(context, ID)}`;
}

/** The two parts of the identifier in hexadecimal, whichever way the file wrote them. */
function identifierOf(context: PDFContext, id: PDFContext['trailerInfo']['ID']): string {
  const found = context.lookup(id);
  if (!(found instanceof PDFArray)) return '';
  const parts = found.asArray().map((item) => context.lookup(item));
  const hex = parts.map((part) =>
    part instanceof PDFHexString || part instanceof PDFString
      ? `<${Buffer.from(part.asBytes()).toString('hex')}>`
      : '<>',
  );
  return `/ID[${hex.join('')}]`;
}
