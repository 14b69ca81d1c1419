import { CharacterCodes } from './character-codes.ts';
import { RangeReader } from './file-ranges.ts';
import { fontObjectCount, fontObjects } from './glyphless-font.ts';
import { invisibleText } from './invisible-text.ts';
import { objectEnd, ObjectLedger } from './object-ledger.ts';
import type { PagePicture } from './page-picture.ts';
import type { PageText } from './page-text.ts';
import { decimal, pdfStream, pdfText, streamEnd, streamHead } from './pdf-syntax.ts';
import { pictureEntries, placePicture, plainSpace } from './picture-object.ts';

export interface PictureDocument {
  /** Of the source, for pictures that are parts of it. */
  path: string;
  title: string;
  producer: string;
  /** Lower-case hex of the source: the same source and words give the same file. */
  sha256: string;
  pages: AsyncIterable<PageText>;
  pictureOf(page: number): Promise<PagePicture>;
}

const catalog = 1;
const pageTree = 2;
const info = 3;
const font = 4;
const firstOfPages = font + fontObjectCount;
const fontName = 'F';

/**
 * A new PDF whose pages show pictures, with the words of each page invisibly over it. One page is in
 * memory at a time. Nothing is handed out before the first picture is ready.
 */
export async function* composePictures(document: PictureDocument): AsyncGenerator<Uint8Array> {
  const source = await RangeReader.open(document.path);
  const state: WriterState = {
    ledger: new ObjectLedger(),
    codes: new CharacterCodes(),
    source,
    next: firstOfPages,
  };
  const kids: number[] = [];
  try {
    for await (const page of document.pages) {
      const picture = await document.pictureOf(page.number);
      if (kids.length === 0) yield state.ledger.pass(fileHead);
      kids.push(state.next);
      yield* writePage(state, page, picture);
    }
    yield* writeEnd(state, document, kids);
  } finally {
    await source.close();
  }
}

/** Bytes above 127 in the second line tell programs that the file is not text. */
const fileHead = Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1');

interface WriterState {
  readonly ledger: ObjectLedger;
  readonly codes: CharacterCodes;
  readonly source: RangeReader;
  /** The first number that no object has. */
  next: number;
}

/** The largest side that PDF readers agree on (ISO 32000-1, annex C): 200 inches. */
const sideAtMostPt = 14_400;

async function* writePage(
  state: WriterState,
  { widthPt, heightPt, lines }: PageText,
  picture: PagePicture,
): AsyncGenerator<Uint8Array> {
  const { ledger, codes } = state;
  const fit = Math.min(1, sideAtMostPt / Math.max(widthPt, heightPt));
  const [width, height] = [widthPt * fit, heightPt * fit];
  const frame = { left: 0, bottom: 0, right: width, top: height, rotation: 0 };
  const [page, content, image] = [state.next++, state.next++, state.next++];
  const text = invisibleText(lines, frame, codes, fontName);
  const drawing = `q ${placePicture(picture.orientation, width, height)} /P Do Q\n${text}`;
  yield ledger.object(
    page,
    Buffer.from(
      `<</Type/Page/Parent ${pageTree} 0 R/MediaBox[0 0 ${decimal(width)} ${decimal(height)}]` +
        `/Contents ${content} 0 R/Resources<</XObject<</P ${image} 0 R>>` +
        `/Font<</${fontName} ${font} 0 R>>>>>>`,
    ),
  );
  yield ledger.object(content, pdfStream('', Buffer.from(drawing)));
  yield* writePicture(state, image, picture);
}

async function* writePicture(
  state: WriterState,
  image: number,
  picture: PagePicture,
): AsyncGenerator<Uint8Array> {
  const { ledger } = state;
  const profile = picture.profile === undefined ? 0 : state.next++;
  const palette = picture.palette === undefined ? 0 : state.next++;
  const { length, pieces } = bytesOf(picture, state.source);
  const entries = pictureEntries(picture, { profile, palette });
  yield ledger.open(image, streamHead(entries, length));
  for await (const bytes of pieces) yield ledger.pass(bytes);
  yield ledger.pass(Buffer.concat([streamEnd, objectEnd]));
  if (picture.profile !== undefined) {
    const channels = picture.palette === undefined ? picture.channels : 3;
    const form = `/N ${channels}/Alternate${plainSpace(picture)}`;
    yield ledger.object(profile, pdfStream(form, picture.profile));
  }
  if (picture.palette !== undefined) {
    yield ledger.object(palette, pdfStream('', picture.palette));
  }
}

function bytesOf({ source }: PagePicture, file: RangeReader) {
  if ('bytes' in source) return { length: source.bytes.length, pieces: [source.bytes] };
  const length = source.ranges.reduce((sum, { from, to }) => sum + to - from, 0);
  return { length, pieces: file.read(source.ranges) };
}

function* writeEnd(
  { ledger, codes, next }: WriterState,
  { title, producer, sha256 }: PictureDocument,
  kids: readonly number[],
): Generator<Uint8Array> {
  const fontParts = fontObjects(font, codes);
  for (const [index, body] of fontParts.entries()) yield ledger.object(font + index, body);
  const references = kids.map((number) => `${number} 0 R`).join(' ');
  const tree = `<</Type/Pages/Count ${kids.length}/Kids[${references}]>>`;
  yield ledger.object(pageTree, Buffer.from(tree));
  const facts = `<</Title${pdfText(title)}/Producer${pdfText(producer)}>>`;
  yield ledger.object(info, Buffer.from(facts));
  const preferences = '/ViewerPreferences<</DisplayDocTitle true>>';
  const root = `<</Type/Catalog/Pages ${pageTree} 0 R${preferences}>>`;
  yield ledger.object(catalog, Buffer.from(root));
  ledger.noteFreeHead();
  const id = `<${sha256.slice(0, 32)}>`;
  yield ledger.table(`/Root ${catalog} 0 R/Info ${info} 0 R/ID[${id}${id}]`, next);
}
