import { emptyContents } from '#engines/document-contents.ts';
import { defaultReadingSettings } from '../reading-settings.ts';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readingOfTextLayer } from '../build-reading.ts';
import type { PageReading } from '../page-reading.ts';
import { setLine, textLayerPage } from '../sample-words.ts';
import { writeJson } from './json-writer.ts';
import { escapeMarkdown } from './markdown-escape.ts';
import { writeMarkdown, type MarkdownPage } from './markdown-writer.ts';
import { joinParagraph, hyphenatedWordsOf } from './paragraph-joining.ts';
import { writePlainText } from './plain-text-writer.ts';

async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

async function collect(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

function page(
  number: number,
  ...zones: [MarkdownPage['zones'][number]['kind'], string, number?][]
): MarkdownPage {
  return {
    number,
    text: zones.map(([, content]) => content).join('\n\n'),
    zones: zones.map(([kind, content, level]) =>
      level === undefined ? { kind, content } : { kind, content, data: { headingLevel: level } },
    ),
  };
}

test('a table is written in GitHub dialect, its spans left empty, its pipes escaped', async () => {
  const place = { rowSpan: 1, columnSpan: 1, x: 0, y: 0, width: 0.1, height: 0.1 };
  const cells = [
    { row: 0, column: 0, text: 'Time', ...place },
    { row: 0, column: 1, text: 'Monday', ...place },
    { row: 0, column: 2, text: 'Tuesday', ...place },
    { row: 1, column: 0, text: '9 | 10', ...place },
    { row: 1, column: 1, text: 'Art\nRoom *2*', ...place, columnSpan: 2 },
  ];
  const data = { rows: 2, columns: 3, headerRows: 1, cells };
  const zone = { kind: 'table' as const, content: 'x', data };
  const written = await collect(writeMarkdown(each([{ number: 1, text: '', zones: [zone] }])));
  expect(written.split('\n')).toEqual([
    '| Time | Monday | Tuesday |',
    '| --- | --- | --- |',
    String.raw`| 9 \| 10 | Art<br>Room \*2\* |  |`,
    '',
  ]);
  const headless = { ...zone, data: { ...data, headerRows: 0 } };
  const plain = await collect(writeMarkdown(each([{ number: 1, text: '', zones: [headless] }])));
  expect(plain.split('\n').slice(0, 3)).toEqual([
    '|  |  |  |',
    '| --- | --- | --- |',
    '| Time | Monday | Tuesday |',
  ]);
});

test('figures are captions in italics, headers and footers are left out, lists keep their depth', async () => {
  const item = { ordered: false, marker: '•' };
  const list = [
    { ...item, level: 0, text: 'the weir, which was re-\nbuilt' },
    { level: 1, ordered: true, marker: '2.', text: 'its crest' },
    { level: 2, ordered: true, marker: 'b)', text: 'its foot' },
    { ...item, level: 0, text: 'the wheel' },
  ];
  const zones: MarkdownPage['zones'] = [
    { kind: 'header', content: 'Annual Report' },
    { kind: 'text', content: 'x', data: { list } },
    { kind: 'figure', content: 'Figure 1. The *wheel*', data: {} },
    { kind: 'figure', content: '', data: {} },
    { kind: 'footer', content: 'Page 1' },
  ];
  expect(await collect(writeMarkdown(each([{ number: 1, text: '', zones }])))).toBe(
    [
      '- the weir, which was rebuilt',
      '  2. its crest',
      '     - b) its foot',
      '- the wheel',
      '',
      String.raw`*Figure 1. The \*wheel\**`,
      '',
    ].join('\n'),
  );
});

test('plain text parts pages by form feeds, also empty ones', async () => {
  const pages = [{ text: 'one\ntwo' }, { text: '' }, { text: 'three' }];
  expect(await collect(writePlainText(each(pages)))).toBe('one\ntwo\n\f\fthree\n');
  expect(await collect(writePlainText(each([])))).toBe('');
});

test('Markdown has headings, joined paragraphs, lists and page marks', async () => {
  const text = await collect(
    writeMarkdown(
      each([
        page(1, ['heading', 'The\ntitle', 1], ['text', 'A line that is bro-\nken and goes\non.']),
        page(2),
        page(3, ['text', 'We need:\n• nuts\n• long\nbolts'], ['heading', '1. C #', 3]),
      ]),
    ),
  );
  expect(text).toBe(
    [
      '# The title',
      '',
      'A line that is broken and goes on.',
      '',
      '<!-- page 2 -->',
      '',
      '<!-- page 3 -->',
      '',
      'We need:',
      '',
      '- nuts',
      '- long bolts',
      '',
      '### 1. C \\#',
      '',
    ].join('\n'),
  );
});

test.each([
  [['a well-', 'known word'], ['well-known'], 'a well-known word'],
  [['a well-', 'known word'], [], 'a wellknown word'],
  [['soft\u00ad', 'ware'], [], 'software'],
  [['Nord-', 'Süd'], [], 'Nord-Süd'],
  [['1990-', '1995'], [], '1990- 1995'],
  [['a -', 'b'], [], 'a - b'],
  [['one', 'two'], [], 'one two'],
  [[], [], ''],
])('lines %j with %j known become %j', (lines, known, expected) => {
  expect(joinParagraph(lines, (word) => known.includes(word))).toBe(expected);
});

test('words with a hyphen inside a line are known, bare and in lower case', () => {
  expect([...hyphenatedWordsOf('The (Well-Known) x-ray, bro-\nken')]).toEqual([
    'well-known',
    'x-ray',
  ]);
});

test.each([
  ['plain words, nothing else.', 'plain words, nothing else.'],
  ['*stars* and `code` [link](x)', '\\*stars\\* and \\`code\\` \\[link\\](x)'],
  ['snake_case but _emphasis_', 'snake_case but \\_emphasis\\_'],
  ['# no heading', '\\# no heading'],
  ['#hash', '#hash'],
  ['> no quote', '\\> no quote'],
  ['- no list', '\\- no list'],
  ['-5 degrees', '-5 degrees'],
  ['1. no list', '1\\. no list'],
  ['2024) no list', '2024\\) no list'],
  ['3.14 is pi', '3.14 is pi'],
  ['---', '\\---'],
  ['- - -', '\\- - -'],
  ['===', '\\==='],
  ['a < b & c &amp; d', 'a \\< b & c \\&amp; d'],
  ['| a | b |', '\\| a \\| b \\|'],
  ['~~no~~', '\\~\\~no\\~\\~'],
  ['C:\\dir', 'C:\\\\dir'],
])('%j is escaped as %j', (text, expected) => {
  expect(escapeMarkdown(text)).toBe(expected);
});

test('escaping only adds backslashes', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const escaped = escapeMarkdown(text);
      expect(escaped.replace(/\\([!-/:-@[-`{-~])/g, '$1')).toBe(text);
    }),
  );
});

function reading(number: number): PageReading {
  const words = setLine({ text: 'some "quoted" words', left: 50, top: 60 });
  return readingOfTextLayer(
    textLayerPage(words, { number }),
    { trusted: true, reason: 'ok' },
    'fake 1.0',
  );
}

const info = {
  title: 'T',
  pageCount: 2,
  mediaType: 'application/pdf',
  sha256: 'ab',
  metadata: { a: 'b' },
  contents: { ...emptyContents, fields: [{ name: 'n', type: 'text', value: 'v', page: 1 }] },
  settings: defaultReadingSettings,
};

test('JSON has the documented shape and parses', async () => {
  const text = await collect(writeJson(info, each([reading(1), reading(2)])));
  const parsed: unknown = JSON.parse(text);
  expect(parsed).toMatchObject({
    format: 'docmill/1',
    document: {
      title: 'T',
      pageCount: 2,
      mediaType: 'application/pdf',
      sha256: 'ab',
      metadata: { a: 'b' },
      contents: { fields: [{ name: 'n', type: 'text', value: 'v', page: 1 }], outline: [] },
    },
    pages: [
      {
        number: 1,
        width: 595,
        height: 842,
        text: 'some "quoted" words',
        words: [{ text: 'some', x: 0.084034, confidence: 1 }, {}, {}],
        zones: [{ kind: 'text', position: 1, wordFrom: 0, wordTo: 2 }],
      },
      { number: 2 },
    ],
    provenance: {
      tools: ['fake 1.0'],
      textSources: { text_layer: 2, local_ocr: 0 },
      meanConfidence: 1,
      settings: { languages: ['eng'], ocrDpi: 200 },
    },
  });
});

test('a document without pages is JSON too', async () => {
  const parsed: unknown = JSON.parse(await collect(writeJson(info, each([]))));
  expect(parsed).toMatchObject({ pages: [], provenance: { meanConfidence: null } });
});

test('writers hand out a page before they ask for the next', async () => {
  for (const write of [
    writePlainText,
    writeMarkdown,
    (pages: AsyncIterable<PageReading>) => writeJson(info, pages),
  ]) {
    let asked = 0;
    async function* pages(): AsyncGenerator<PageReading> {
      for (asked = 1; asked <= 2_000; asked++) yield reading(asked);
    }
    let pieces = 0;
    for await (const piece of write(pages())) {
      expect(piece.length).toBeGreaterThan(0);
      if (++pieces === 5) break;
    }
    expect(asked).toBeLessThanOrEqual(5);
  }
});
