import * as fc from 'fast-check';
import { text as collectText } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { elementsOfClass, parseXml, type XmlElement } from '#test/support/xml-tree.ts';
import { readingOfBlank, readingOfTextLayer } from '../build-reading.ts';
import type { PageReading } from '../page-reading.ts';
import { setLine, textLayerPage } from '../sample-words.ts';
import { writeHocr } from './hocr-writer.ts';

async function* each<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  yield* items;
}

async function write(pages: readonly PageReading[], title = 'T'): Promise<XmlElement> {
  const pieces = writeHocr({ title, pageCount: pages.length }, each(pages));
  return parseXml(await collectText(pieces));
}

function reading(number: number, ...lines: string[]): PageReading {
  const words = lines.flatMap((text, row) => setLine({ text, left: 72, top: 72 + row * 14 }));
  return readingOfTextLayer(
    textLayerPage(words, { number }),
    { trusted: true, reason: 'ok' },
    'fake 1.0',
  );
}

const titleOf = (element: XmlElement | undefined): string => element?.attributes['title'] ?? '';

test('pages, areas, paragraphs, lines and words stand inside each other', async () => {
  const document = await write([
    reading(1, 'first line here', 'and a second one'),
    reading(2, 'x'),
  ]);
  const [first, second] = elementsOfClass(document, 'ocr_page');
  if (first === undefined || second === undefined) throw new Error('two pages were written');
  const [area] = elementsOfClass(first, 'ocr_carea');
  expect(area?.children.map(({ attributes }) => attributes['class'])).toEqual(['ocr_par']);
  const lines = elementsOfClass(first, 'ocr_line');
  expect(lines.map(({ text }) => text)).toEqual(['first line here', 'and a second one']);
  expect(elementsOfClass(first, 'ocrx_word')).toHaveLength(7);
  expect(elementsOfClass(second, 'ocrx_word').map(({ text }) => text)).toEqual(['x']);
});

test('boxes are pixels at the stated resolution, confidences per cent', async () => {
  const page = reading(3, 'word');
  const [word] = page.words;
  if (word === undefined) throw new Error('the page has a word');
  word.confidence = 0.876;
  const document = await write([page]);
  const [shown] = elementsOfClass(document, 'ocr_page');
  // A4 is 595 x 842 points: 2479 x 3508 pixels at 300 dpi.
  expect(titleOf(shown)).toBe('bbox 0 0 2479 3508; ppageno 2; scan_res 300 300');
  const [left, top] = [Math.round(word.x * 2479), Math.round(word.y * 3508)];
  const right = Math.round((word.x + word.width) * 2479);
  const bottom = Math.round((word.y + word.height) * 3508);
  const [shownWord] = elementsOfClass(document, 'ocrx_word');
  expect(titleOf(shownWord)).toBe(`bbox ${left} ${top} ${right} ${bottom}; x_wconf 88`);
});

test('a box holds the boxes inside it', async () => {
  const document = await write([reading(1, 'some words', 'on two lines')]);
  const boxOf = (element: XmlElement): number[] =>
    (/bbox ([\d ]+)/.exec(titleOf(element))?.[1] ?? '').split(' ').map(Number);
  const check = (outer: XmlElement): void => {
    for (const inner of outer.children) {
      const [left = 0, top = 0, right = 0, bottom = 0] = boxOf(outer);
      const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = boxOf(inner);
      expect(x0 >= left && y0 >= top && x1 <= right && y1 <= bottom).toBe(true);
      check(inner);
    }
  };
  for (const page of elementsOfClass(document, 'ocr_page')) check(page);
});

test('ids are unique in the whole document', async () => {
  const document = await write([reading(1, 'a b', 'c'), reading(2, 'a b', 'c'), reading(11, 'd')]);
  const idsOf = (element: XmlElement): string[] => [
    ...(element.attributes['id'] === undefined ? [] : [element.attributes['id']]),
    ...element.children.flatMap(idsOf),
  ];
  const ids = idsOf(document);
  expect(new Set(ids).size).toBe(ids.length);
});

test('a document without pages and a page without words are whole too', async () => {
  expect(elementsOfClass(await write([]), 'ocr_page')).toEqual([]);
  const blank = readingOfBlank(
    { number: 1, widthPt: 595, heightPt: 842, rotation: 0 },
    'local_ocr',
    'x',
  );
  const [page] = elementsOfClass(await write([blank]), 'ocr_page');
  expect(page?.children).toEqual([]);
});

test('any characters make well-formed XML and come back where XML knows them', async () => {
  const unknown = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1 }), async (text) => {
      const page = reading(1, 'word');
      const [word] = page.words;
      if (word !== undefined) word.text = text;
      const document = await write([page], text);
      const [written] = elementsOfClass(document, 'ocrx_word');
      expect(written?.text).toBe(text.toWellFormed().replace(unknown, '\ufffd'));
    }),
  );
});

test('the first pages are written before the last ones are asked for', async () => {
  let asked = 0;
  async function* pages(): AsyncGenerator<PageReading> {
    for (asked = 1; asked <= 2_000; asked += 1) yield reading(asked, 'word');
  }
  let pieces = 0;
  for await (const piece of writeHocr({ title: 'T', pageCount: 2_000 }, pages())) {
    expect(piece.length).toBeGreaterThan(0);
    if (++pieces === 5) break;
  }
  expect(asked).toBeLessThanOrEqual(5);
});
