import { PDFArray, type PDFContext, PDFDict, PDFName, PDFNumber, PDFRef } from '@cantoo/pdf-lib';
import type { PageFrame } from './page-placement.ts';
import { textNotAddable } from './text-not-addable.ts';

/** A page object with what it inherits. */
export interface PageNode {
  reference: PDFRef;
  dictionary: PDFDict;
  frame: PageFrame;
  resources: PDFDict | undefined;
}

const names = {
  pages: PDFName.of('Pages'),
  kids: PDFName.of('Kids'),
  resources: PDFName.of('Resources'),
  mediaBox: PDFName.of('MediaBox'),
  cropBox: PDFName.of('CropBox'),
  rotate: PDFName.of('Rotate'),
};

const inheritable = [names.resources, names.mediaBox, names.cropBox, names.rotate];
type Inherited = ReadonlyMap<PDFName, unknown>;

/** All pages of a file in order. Throws AppError `file.text_not_addable` when there is no page tree. */
export function listPages(context: PDFContext): PageNode[] {
  const catalog = context.lookup(context.trailerInfo.Root);
  const top = catalog instanceof PDFDict ? catalog.get(names.pages) : undefined;
  if (!(top instanceof PDFRef)) throw textNotAddable('damaged', 'it has no list of pages');
  const pages: PageNode[] = [];
  const seen = new Set<PDFRef>();
  // A stack and not recursion: a hostile tree may be as deep as it likes.
  const waiting: { reference: PDFRef; inherited: Inherited }[] = [
    { reference: top, inherited: new Map() },
  ];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const { reference } = node;
    const dictionary = context.lookup(reference);
    if (!(dictionary instanceof PDFDict)) continue;
    const kids = resolve(context, dictionary.get(names.kids));
    const inherited = inherit(context, dictionary, node.inherited);
    if (kids instanceof PDFArray) {
      if (seen.has(reference)) continue;
      seen.add(reference);
      for (const kid of kids.asArray().toReversed()) {
        if (kid instanceof PDFRef) waiting.push({ reference: kid, inherited });
      }
    } else {
      pages.push({ reference, dictionary, ...inheritedParts(context, inherited) });
    }
  }
  return pages;
}

function inherit(context: PDFContext, dictionary: PDFDict, from: Inherited): Inherited {
  const own = inheritable
    .map((name) => [name, resolve(context, dictionary.get(name))] as const)
    .filter(([, value]) => value !== undefined);
  return own.length === 0 ? from : new Map([...from, ...own]);
}

function inheritedParts(
  context: PDFContext,
  inherited: Inherited,
): Pick<PageNode, 'frame' | 'resources'> {
  const resources = inherited.get(names.resources);
  const media = boxOf(context, inherited.get(names.mediaBox)) ?? letter;
  const crop = boxOf(context, inherited.get(names.cropBox));
  const turns = inherited.get(names.rotate);
  const rotation = turns instanceof PDFNumber ? Math.trunc(turns.asNumber() / 90) * 90 : 0;
  return {
    resources: resources instanceof PDFDict ? resources : undefined,
    frame: {
      ...(crop === undefined ? media : intersect(crop, media)),
      rotation: ((rotation % 360) + 360) % 360,
    },
  };
}

type Rectangle = Omit<PageFrame, 'rotation'>;

/** What PDFium takes for a page without a box. */
const letter: Rectangle = { left: 0, bottom: 0, right: 612, top: 792 };

/** A rectangle by any two corners; undefined for nonsense and for one without area. */
function boxOf(context: PDFContext, value: unknown): Rectangle | undefined {
  if (!(value instanceof PDFArray)) return undefined;
  const [x0 = NaN, y0 = NaN, x1 = NaN, y1 = NaN] = value.asArray().map((item) => {
    const number = resolve(context, item);
    return number instanceof PDFNumber ? number.asNumber() : NaN;
  });
  const box = {
    left: Math.min(x0, x1),
    bottom: Math.min(y0, y1),
    right: Math.max(x0, x1),
    top: Math.max(y0, y1),
  };
  return box.right > box.left && box.top > box.bottom ? box : undefined;
}

function intersect(one: Rectangle, other: Rectangle): Rectangle {
  return {
    left: Math.max(one.left, other.left),
    bottom: Math.max(one.bottom, other.bottom),
    right: Math.min(one.right, other.right),
    top: Math.min(one.top, other.top),
  };
}

function resolve(context: PDFContext, value: Parameters<PDFContext['lookup']>[0]) {
  return context.lookup(value);
}
