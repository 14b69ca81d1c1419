import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TextLayerWord } from '#engines/page-engine.ts';
import type { Word } from '#kernel/word.ts';
import { cleanWords } from '../clean-words.ts';
import { a4, asRecognised, numbersOf, setColumn, setLine } from '../sample-words.ts';
import { layOutRecognised, layOutTextLayer, type PageLayout } from './lay-out-page.ts';

const tool = 'fake 1';
const layOut = (words: TextLayerWord[]): PageLayout => layOutTextLayer(words, a4, tool);

function twoColumns(offset = 0, widthPt = 235): TextLayerWord[][][] {
  const left = setColumn({ left: 50, top: 100, widthPt, lines: 30, firstWord: 1 });
  const next = left.flat().length + 1;
  return [left, setColumn({ left: 305, top: 100 + offset, widthPt, lines: 30, firstWord: next })];
}

function threeColumns(): TextLayerWord[][][] {
  let firstWord = 1;
  return [40, 220, 400].map((left) => {
    const column = setColumn({ left, top: 90, widthPt: 160, lines: 25, firstWord });
    firstWord += column.flat().length;
    return column;
  });
}

function rowByRow(columns: TextLayerWord[][][]): TextLayerWord[] {
  return (columns[0] ?? []).flatMap((_, row) => columns.flatMap((column) => column[row] ?? []));
}

function expectInOrder(words: PageLayout['words']): void {
  expect(numbersOf(words)).toEqual(words.map((_, index) => index + 1));
}

/** A fixed permutation, so that a failure repeats. */
function shuffled<T>(items: readonly T[]): T[] {
  let seed = 7;
  return items
    .map((item) => ({ item, key: (seed = (seed * 48_271) % 2_147_483_647) }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

test('two columns are read one after the other', () => {
  expectInOrder(layOut(twoColumns().flat(2)).words);
});

test('two columns drawn row by row across the page are read column by column', () => {
  expectInOrder(layOut(rowByRow(twoColumns())).words);
});

test('two columns with unequal baselines are read column by column', () => {
  expectInOrder(layOut(rowByRow(twoColumns(5))).words);
  expectInOrder(layOut(rowByRow(twoColumns(6))).words);
});

test('three columns drawn in any order are read column by column', () => {
  expectInOrder(layOut(threeColumns().flat(2)).words);
  expectInOrder(layOut(rowByRow(threeColumns())).words);
});

test('a page whose words are drawn in random order reads like any other', () => {
  expectInOrder(layOut(shuffled(twoColumns().flat(2))).words);
  expectInOrder(layOut(shuffled(threeColumns().flat(2))).words);
});

test('a title across the page comes before the columns and a footer after them', () => {
  const title = setLine({
    text: 'A title that runs across both columns',
    left: 80,
    top: 50,
    fontSizePt: 20,
  });
  const footer = setLine({ text: '17', left: 292, top: 800 });
  const { words, zones } = layOut([...footer, ...rowByRow(twoColumns()), ...title]);
  expect(words.slice(0, 7).map((word) => word.text)).toEqual(title.map((word) => word.text));
  expect(words.at(-1)?.text).toBe('17');
  expect(zones[0]).toMatchObject({ kind: 'heading', data: { headingLevel: 1 } });
});

test.each([0, 6])(
  'a paragraph right above columns %i pt apart in height is read before both',
  (offset) => {
    const opening = setColumn({ left: 50, top: 100, widthPt: 490, lines: 6, firstWord: 1 });
    let firstWord = opening.flat().length + 1;
    const columns = [50, 305].map((left, side) => {
      const top = 172 + side * offset;
      const column = setColumn({ left, top, widthPt: 235, lines: 12, firstWord });
      firstWord += column.flat().length;
      return column;
    });
    expectInOrder(layOut([...rowByRow(columns), ...opening.flat()]).words);
  },
);

test('a heading across the page between columns keeps what is above it above', () => {
  const above = twoColumns().map((column) => column.slice(0, 10));
  const below = [50, 305].map((left, side) =>
    setColumn({ left, top: 250, widthPt: 235, lines: 10, firstWord: 1_000 + side * 500 }),
  );
  const heading = setLine({
    text: 'Middle heading set wide enough to cross',
    left: 120,
    top: 226,
    fontSizePt: 16,
  });
  const { words } = layOut([...rowByRow(above), ...heading, ...rowByRow(below)]);
  const at = words.findIndex((word) => word.text === 'Middle');
  expect(at).toBe(above.flat(2).length);
  const before = numbersOf(words.slice(0, at));
  expect(before).toEqual([...before].sort((a, b) => a - b));
  const after = numbersOf(words.slice(at + heading.length));
  expect(after).toEqual([...after].sort((a, b) => a - b));
});

test('a table and a form are read row by row', () => {
  const cells = [
    'Item',
    'Pieces',
    'Price',
    'Nut',
    '12',
    '3.50',
    'Bolt',
    '7',
    '4.20',
    'Ring',
    '9',
    '0.90',
  ];
  const words = cells.flatMap((text, i) =>
    setLine({ text, left: 60 + (i % 3) * 150, top: 100 + Math.floor(i / 3) * 14 }),
  );
  expect(layOut(words).words.map((word) => word.text)).toEqual(cells);
  expect(layOut(words).text).toContain('Nut 12 3.50');
});

test('marginal notes drawn after the text are not mixed into its lines', () => {
  const body = setColumn({ left: 180, top: 100, widthPt: 360, lines: 20, firstWord: 1 });
  const notes = ['see p. 4', 'cf. note', 'and 12'].map((text, i) =>
    setLine({ text, left: 60, top: 130 + i * 60 }),
  );
  const { text } = layOut([...body.flat(), ...notes.flat()]);
  expect(text.includes('see p. 4\n')).toBe(true);
});

test('bullets stay with their items, also in two columns', () => {
  const columns = twoColumns(0, 215);
  const drawn = columns.flatMap((column) =>
    column.flatMap((line, row) => [
      ...setLine({ text: '•', left: (line[0]?.x ?? 0) * a4.widthPt - 17, top: 100 + row * 12 }),
      ...line,
    ]),
  );
  const { words, text } = layOut(drawn);
  expectInOrder(words.filter((word) => word.text !== '•'));
  expect(text.split('\n').every((line) => line === '' || line.startsWith('• n'))).toBe(true);
});

function paragraph(top: number, count: number, indent = 0): TextLayerWord[] {
  return Array.from({ length: count }, (_, i) =>
    setLine({
      text: 'some words of a paragraph that fill a line',
      left: 60 + (i === 0 ? indent : 0),
      top: top + i * 12,
    }),
  ).flat();
}

test('paragraphs part at white, at an indent and at a change of size', () => {
  expect(layOut([...paragraph(100, 4), ...paragraph(170, 4)]).zones).toHaveLength(2);
  expect(layOut([...paragraph(100, 4), ...paragraph(148, 4, 15)]).zones).toHaveLength(2);
  const small = setLine({ text: 'a footnote in small type', left: 60, top: 148, fontSizePt: 7 });
  expect(layOut([...paragraph(100, 4), ...small]).zones).toHaveLength(2);
  expect(layOut(paragraph(100, 8)).zones).toHaveLength(1);
});

test.each([
  ['twice the size', { fontSizePt: 20 }, 1],
  ['half as large again', { fontSizePt: 15 }, 2],
  ['a quarter larger', { fontSizePt: 12.5 }, 3],
  ['bold with white above', { fontWeight: 700 }, 3],
  ['hardly larger', { fontSizePt: 10.5 }, undefined],
  ['of the same type', {}, undefined],
])('a line %s becomes a heading of the right level, or none', (_, type, level) => {
  const heading = setLine({ text: 'Results and outlook', left: 60, top: 100, ...type });
  const body = paragraph(130, 12);
  const [first] = layOut([...heading, ...body]).zones;
  expect(first?.data?.headingLevel).toBe(level);
  expect(first?.content).toBe('Results and outlook');
});

function indexEntries(left: number, letter: string): TextLayerWord[] {
  const words = setLine({ text: letter, left, top: 100, fontSizePt: 14, fontWeight: 700 });
  for (let row = 0; row < 6; row++) {
    const line = setLine({
      text: `entry${letter} . . . . . . . . . . . . . . . 7`,
      left,
      top: 125 + row * 12,
    });
    for (const word of line) {
      if (word.text !== '.') continue;
      word.y += 0.6 * word.height;
      word.height *= 0.1;
    }
    words.push(...line);
  }
  return words;
}

test('an index of leaders in two columns is read column by column, and its entries are no headings', () => {
  const columns = [indexEntries(60, 'A'), indexEntries(320, 'M')];
  const { text, zones } = layOut(rowByRow(columns.map((column) => column.map((word) => [word]))));
  expect(text.indexOf('M')).toBeGreaterThan(text.lastIndexOf('entryA'));
  expect(zones.filter((zone) => zone.kind === 'heading')).toEqual([]);
});

test('a number alone is no heading however large', () => {
  const big = setLine({ text: '42', left: 60, top: 60, fontSizePt: 40 });
  const body = setColumn({ left: 60, top: 130, widthPt: 400, lines: 5, firstWord: 1 }).flat();
  expect(layOut([...big, ...body]).zones[0]?.kind).toBe('text');
});

test('right-to-left text keeps the order of the file', () => {
  const texts = ['שלום', 'עולם', 'טוב', 'היום', 'יפה', 'מאוד'];
  const words = texts.flatMap((text, i) =>
    setLine({ text, left: 400 - (i % 3) * 60, top: 100 + Math.floor(i / 3) * 12 }),
  );
  const layout = layOut(words);
  expect(layout.words.map((word) => word.text)).toEqual(texts);
  expect(layout.text).toBe('שלום עולם טוב\nהיום יפה מאוד');
});

test('the hidden text of a crooked scan keeps the order of the file', () => {
  const tilted = twoColumns().flat(2);
  for (const word of tilted) word.y += 0.06 * word.x;
  expectInOrder(layOut(tilted).words);
});

test('recognised words keep the lines and paragraphs of the recogniser', () => {
  const [left = []] = twoColumns();
  const words = asRecognised(left);
  for (const word of words) if (word.line > 10) word.paragraph = 2;
  const layout = layOutRecognised(words, a4, tool);
  expectInOrder(layout.words);
  expect(layout.zones).toHaveLength(2);
  expect(layout.zones[0]?.content.split('\n')).toHaveLength(10);
});

test('a page without words has no zones and no text', () => {
  expect(layOut([])).toEqual({ words: [], zones: [], text: '' });
  expect(layOutRecognised([], a4, tool)).toEqual({ words: [], zones: [], text: '' });
});

const anyWord: fc.Arbitrary<TextLayerWord> = fc.record({
  text: fc.oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.constantFrom('a b', '\u0000', '\ud800x', 'word', '-'),
  ),
  confidence: fc.double(),
  x: fc.double({ min: -0.2, max: 1.2 }),
  y: fc.double({ min: -0.2, max: 1.2 }),
  width: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 0.4 })),
  height: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 0.05 }), fc.double()),
  fontSizePt: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 60 })),
  fontWeight: fc.constantFrom(0, 400, 700),
});

function identityOf(word: { text: string; x: number; y: number }): string {
  return `${word.text}|${word.x}|${word.y}`;
}

function expectSound(layout: PageLayout, given: readonly Word[]): void {
  expect(layout.words.map(identityOf).sort()).toEqual(given.map(identityOf).sort());
  expect(layout.text.split(/\s+/).filter((part) => part !== '')).toEqual(
    layout.words.map((word) => word.text),
  );
  let next = 0;
  layout.zones.forEach((zone, index) => {
    expect(zone.position).toBe(index + 1);
    expect(zone.wordFrom).toBe(next);
    next = zone.wordTo + 1;
    const own = layout.words.slice(zone.wordFrom, next);
    expect(own.length).toBeGreaterThan(0);
    expect(zone.content.split(/\s+/)).toEqual(own.map((word) => word.text));
    for (const word of own) {
      expect(word.x).toBeGreaterThanOrEqual(zone.x);
      expect(word.y).toBeGreaterThanOrEqual(zone.y);
      expect(word.x + word.width).toBeLessThanOrEqual(zone.x + zone.width + 1e-9);
      expect(word.y + word.height).toBeLessThanOrEqual(zone.y + zone.height + 1e-9);
    }
    expect(zone.confidence).toBeGreaterThanOrEqual(0);
    expect(zone.confidence).toBeLessThanOrEqual(1);
  });
  expect(next).toBe(layout.words.length);
}

test('every word lies in exactly one zone, zones contain their words, and text splits into the words', () => {
  fc.assert(
    fc.property(fc.array(anyWord, { maxLength: 60 }), (words) => {
      const clean = cleanWords(words);
      expectSound(layOutTextLayer(clean, a4, tool), clean);
    }),
    { numRuns: 400 },
  );
});

test('recognised pages keep the same promises', () => {
  fc.assert(
    fc.property(fc.array(anyWord, { maxLength: 60 }), fc.array(fc.nat(5)), (words, numbers) => {
      const clean = asRecognised(numbers.map(() => cleanWords(words.splice(0, 7))));
      expectSound(layOutRecognised(clean, a4, tool), clean);
    }),
  );
});

test('20,000 words are laid out without quadratic work', () => {
  const words = shuffled(
    Array.from({ length: 20_000 }, (_, i) =>
      setLine({
        text: `w${i}`,
        left: (i % 141) * 4.2,
        top: Math.floor(i / 141) * 5.9,
        fontSizePt: 3,
      }),
    ).flat(),
  );
  // Time on the processor, since other work on the machine must not fail the test.
  const start = process.cpuUsage();
  const layout = layOut(words);
  const ms = process.cpuUsage(start).user / 1_000;
  expect(layout.words).toHaveLength(20_000);
  expect(ms).toBeLessThan(1_500);
});
