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
};

test('JSON has the documented shape and parses', async () => {
  const text = await collect(writeJson(info, each([reading(1), reading(2)])));
  const parsed: unknown = JSON.parse(text);
  expect(parsed).toMatchObject({
    format: 'docmill/1',
    document: info,
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
