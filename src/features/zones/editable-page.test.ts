import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type VersionId, type ZoneId, asId, newId } from '#kernel/ids.ts';
import type { PageReading, ZoneReading } from '#pipeline/page-reading.ts';
import { makeReading } from '#test/support/factories.ts';
import {
  addZone,
  changeZone,
  mergeZones,
  removeZone,
  reorderZones,
  splitZone,
} from './arrange-zones.ts';
import { correctZone } from './correct-zone.ts';
import { type EditablePage, composePage, openPage } from './editable-page.ts';
import { splitTexts } from './lay-words.ts';
import type { ZoneRow } from './page-repository.ts';
import { packWords } from './stored-words.ts';

const versionId = asId<VersionId>('00000000-0000-7000-8000-000000000050');

/** A reading as the database gives it back. */
function open(reading: PageReading): EditablePage {
  const { widthPt, heightPt, words, zones, ...page } = reading;
  const content = {
    ...page,
    width: widthPt,
    height: heightPt,
    wordCount: words.length,
    wordBoxes: packWords(words),
  };
  return openPage(
    versionId,
    content,
    zones.map((zone) => rowOf(zone, page.number)),
  );
}

function rowOf({ data, wordFrom, wordTo, ...zone }: ZoneReading, pageNumber: number): ZoneRow {
  const has = wordTo >= wordFrom;
  return {
    ...zone,
    id: newId<ZoneId>(),
    pageNumber,
    polygon: null,
    data: data === undefined ? null : { ...data },
    status: 'extracted',
    wordFrom: has ? wordFrom : null,
    wordTo: has ? wordTo : null,
    rowVersion: 1,
  };
}

/** What must hold of every stored page. */
function checkPage(page: EditablePage): void {
  const { text, words, zones } = composePage(page);
  expect(splitTexts(text)).toEqual(words.map((word) => word.text));
  for (const [index, { wordFrom, wordTo, data }] of zones.entries()) {
    const zone = page.zones[index];
    const own = wordFrom === null || wordTo === null ? [] : words.slice(wordFrom, wordTo + 1);
    expect(own.map((word) => word.text)).toEqual(splitTexts(zone?.content ?? ''));
    for (const cell of data?.cells ?? []) {
      const inside =
        cell.wordFrom === undefined ? [] : words.slice(cell.wordFrom, (cell.wordTo ?? -1) + 1);
      expect(inside.map((word) => word.text)).toEqual(splitTexts(cell.text));
    }
  }
}

/** A page with a paragraph, a table of two by two and another paragraph. */
function withTable(): PageReading {
  const page = makeReading(1, 'Before the table', 'A\tB\n1\t2 3', 'After it');
  const table = page.zones[1];
  if (table !== undefined) {
    table.kind = 'table';
    const cell = (row: number, column: number, text: string, from: number, to: number) => ({
      row,
      column,
      rowSpan: 1,
      columnSpan: 1,
      x: column / 4,
      y: row / 4,
      width: 0.25,
      height: 0.25,
      text,
      wordFrom: from,
      wordTo: to,
    });
    table.data = {
      rows: 2,
      columns: 2,
      headerRows: 1,
      cells: [
        cell(0, 0, 'A', 3, 3),
        cell(0, 1, 'B', 4, 4),
        cell(1, 0, '1', 5, 5),
        cell(1, 1, '2\n3', 6, 7),
      ],
    };
  }
  return page;
}

const idAt = (page: EditablePage, index: number): ZoneId =>
  page.zones[index]?.id ?? asId<ZoneId>('');
const contents = (page: EditablePage): string[] => page.zones.map((zone) => zone.content);

test('a page put together again is the page that was taken apart', () => {
  const reading = withTable();
  const page = open(reading);
  const composed = composePage(page);
  expect(composed.text).toBe(reading.text);
  expect(packWords(composed.words)).toEqual(packWords(reading.words));
  expect(composed.zones.map(({ wordFrom, wordTo }) => [wordFrom, wordTo])).toEqual([
    [0, 2],
    [3, 7],
    [8, 9],
  ]);
  expect(composed.zones[1]?.data).toEqual(reading.zones[1]?.data);
});

test('words that no zone holds stay where they are', () => {
  const reading = makeReading(1, 'one two', 'three four', 'five');
  reading.zones.splice(1, 1);
  const page = open(reading);
  expect(composePage(page).text).toBe(reading.text);
  const corrected = changeZone(page, idAt(page, 0), (zone) =>
    correctZone(zone, { content: 'ONE' }),
  );
  expect(composePage(corrected).text).toBe('ONE\n\nthree four\n\nfive');
});

describe('a table', () => {
  test('is corrected cell by cell, and its text follows', () => {
    const page = open(withTable());
    const next = changeZone(page, idAt(page, 1), (zone) =>
      correctZone(zone, { cells: [{ row: 1, column: 0, text: 'one and a half' }] }),
    );
    expect(next.zones[1]?.content).toBe('A\tB\none and a half\t2 3');
    checkPage(next);
  });

  test('is corrected as a whole with a line per row, and keeps the lines of cells that stayed', () => {
    const page = open(withTable());
    const next = changeZone(page, idAt(page, 1), (zone) =>
      correctZone(zone, { content: 'A\t\n1\t2 3' }),
    );
    expect(next.zones[1]?.data?.cells?.map((cell) => cell.text)).toEqual(['A', '', '1', '2\n3']);
    checkPage(next);
  });

  test.each([['A\tB'], ['A\tB\tC\n1\t2\t3'], ['A B\n1 2']])(
    'of another shape is refused: %j',
    (content) => {
      const page = open(withTable());
      expect(() =>
        changeZone(page, idAt(page, 1), (zone) => correctZone(zone, { content })),
      ).toThrow('2 rows and 2 columns');
    },
  );

  test('cannot be merged or split', () => {
    const page = open(withTable());
    expect(() => mergeZones(page, [idAt(page, 0), idAt(page, 1)])).toThrow('cannot be merged');
    expect(() => splitZone(page, idAt(page, 1), 1, newId<ZoneId>())).toThrow('cannot be split');
  });

  test('moves along when a zone before it becomes longer', () => {
    const page = open(withTable());
    const next = changeZone(page, idAt(page, 0), (zone) =>
      correctZone(zone, { content: 'A much longer text before the table' }),
    );
    checkPage(next);
  });
});

test('a list keeps its entries as long as their markers stand', () => {
  const reading = makeReading(1, '1. one\n2. two');
  const [zone] = reading.zones;
  const item = { level: 0, ordered: true };
  if (zone !== undefined) {
    zone.data = {
      list: [
        { ...item, marker: '1.', text: 'one' },
        { ...item, marker: '2.', text: 'two' },
      ],
    };
  }
  const page = open(reading);
  const listAfter = (content: string) =>
    changeZone(page, idAt(page, 0), (one) => correctZone(one, { content })).zones[0]?.data?.list;
  expect(listAfter('1. ONE\nmore\n2. TWO')?.map(({ text }) => text)).toEqual(['ONE\nmore', 'TWO']);
  expect(listAfter('ONE and TWO')).toBeUndefined();
});

test('a merge joins in reading order into the first place; a split undoes it', () => {
  const page = open(makeReading(1, 'one', 'two three', 'four'));
  const merged = mergeZones(page, [idAt(page, 1), idAt(page, 0)]);
  expect(contents(merged)).toEqual(['one\ntwo three', 'four']);
  expect(idAt(merged, 0)).toBe(idAt(page, 1));
  checkPage(merged);
  const parted = splitZone(merged, idAt(merged, 0), 1, newId<ZoneId>());
  expect(contents(parted)).toEqual(['one', 'two three', 'four']);
  checkPage(parted);
});

test.each([
  ['a control character', 'a\u0002b', 'control character'],
  ['U+0000', 'a\0b', 'control character'],
  ['half a surrogate pair', 'a\ud800b', 'surrogates'],
  ['a carriage return', 'a\r\nb', 'control character'],
])('a text with %s is refused and says so', (_, content, reason) => {
  const page = open(makeReading(1, 'one'));
  expect(() => changeZone(page, idAt(page, 0), (zone) => correctZone(zone, { content }))).toThrow(
    reason,
  );
});

const paragraph = fc
  .array(fc.constantFrom('alpha', 'be', 'Γ', 'דלת', 'e\u0301', '😀', 'x-y', '1,234.50'), {
    minLength: 1,
    maxLength: 6,
  })
  .map((words) => words.join(' '));
/** Spaces of all kinds may stand between words, which a person pastes without knowing. */
const typed = fc
  .array(
    fc.tuple(
      fc.constantFrom('new', 'words', 'Σ', '1'),
      fc.constantFrom(' ', '\n', '\t', '\u00a0', '\u3000', '\ufeff'),
    ),
  )
  .map((parts) => parts.flat().join(''));
const step = fc.record({
  what: fc.constantFrom('correct', 'remove', 'add', 'merge', 'split', 'reorder', 'box'),
  at: fc.nat(20),
  other: fc.nat(20),
  text: typed,
});

test('whatever is done to a page, its text, words, zones and cells fit together', () => {
  fc.assert(
    fc.property(
      fc.array(paragraph, { minLength: 1, maxLength: 5 }),
      fc.array(step, { maxLength: 12 }),
      (texts, steps) => {
        let page = open(makeReading(1, ...texts));
        for (const { what, at, other, text } of steps) {
          const count = page.zones.length;
          const id = idAt(page, count === 0 ? 0 : at % count);
          if (what === 'add') {
            const box = { x: 0.1, y: 0.1, width: 0.5, height: 0.1 };
            page = addZone(page, {
              id: newId<ZoneId>(),
              kind: 'text',
              box,
              content: text,
              position: at + 1,
            });
          } else if (count === 0) continue;
          else if (what === 'correct')
            page = changeZone(page, id, (zone) => correctZone(zone, { content: text }));
          else if (what === 'remove') page = removeZone(page, id);
          else if (what === 'box') {
            const box = { x: 0.2, y: 0.2, width: 0.2, height: 0.2 };
            page = changeZone(page, id, (zone) => correctZone(zone, { box }));
          } else if (what === 'merge' && count > 1 && at % count !== other % count) {
            page = mergeZones(page, [id, idAt(page, other % count)]);
          } else if (what === 'split' && (page.zones[at % count]?.words.length ?? 0) > 1) {
            page = splitZone(page, id, 1, newId<ZoneId>());
          } else if (what === 'reorder') {
            page = reorderZones(page, page.zones.map((zone) => zone.id).toReversed());
          }
          checkPage(page);
        }
      },
    ),
    { numRuns: 300 },
  );
});
