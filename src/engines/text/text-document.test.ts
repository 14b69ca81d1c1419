import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { packPage, parsePage } from '../flow/page-message.ts';
import { decodeText } from './decode-text.ts';
import { parseCsv } from './csv-text.ts';
import { decodeEntities } from './html-entities.ts';
import { readHtml } from './html-text.ts';
import { readMarkdown } from './markdown-text.ts';
import { readText } from './text-document.ts';

const types = ['text/plain', 'text/markdown', 'text/csv', 'text/html'] as const;
const markup = fc.constantFrom(
  '<p>',
  '<td rowspan=9>',
  '<table>',
  '</table>',
  '<tr>',
  '<li>',
  '<ol start=3>',
  '</ol>',
  '<pre>',
  '<!--',
  '<h2 a="b>c">',
  '</h2>',
  '&auml;',
  '&#x10ffff;',
  '<script>',
  '\f',
  '\n',
  '"',
  ';',
  ',',
  '\t',
  '|',
  '# ',
  '- ',
  '```',
  '| a | b |\n|--|--|\n',
  '1. ',
  'ä',
  '日本',
  '\ud800',
  '\u0000',
  '\u0085',
);
const anyText = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  fc
    .array(fc.oneof(markup, fc.string()), { maxLength: 60 })
    .map((parts) => Buffer.from(parts.join(''))),
);

test('any bytes give pages whose words, zones and text agree', () => {
  fc.assert(
    fc.property(anyText, fc.constantFrom(...types), (bytes, type) => {
      const document = readText(bytes, type);
      expect(document.pageCount).toBeGreaterThan(0);
      for (let number = 1; number <= document.pageCount; number += 1) {
        const page = parsePage(packPage(document.page(number), number));
        const text = page.zones.map((zone) => zone.content).join('\n\n');
        expect(text.split(/\s+/).filter(Boolean)).toEqual(page.words.map((word) => word.text));
        expect(text).not.toMatch(/[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/);
        expect(text.isWellFormed()).toBe(true);
      }
    }),
  );
});

test.for([
  ['UTF-8', Buffer.from('Größe €'), 'Größe €'],
  ['UTF-8 with a mark', Buffer.from('\ufeffGröße'), 'Größe'],
  ['UTF-16 little endian', Buffer.from('\ufeffGröße €', 'utf16le'), 'Größe €'],
  ['UTF-16 big endian', Buffer.from('\ufeffGröße', 'utf16le').swap16(), 'Größe'],
  ['Windows-1252', Buffer.from([0x80, 0x20, 0xe4, 0xf6]), '€ äö'],
  [
    'UTF-8 with one bad byte',
    Buffer.concat([Buffer.from('ä'.repeat(60)), Buffer.from([0xff])]),
    `${'ä'.repeat(60)}\ufffd`,
  ],
  ['line ends of every system', Buffer.from('a\r\nb\rc\u2028d\u0007'), 'a\nb\nc\nd'],
] as const)('%s is decoded', ([, bytes, text]) => {
  expect(decodeText(bytes)).toBe(text);
});

test('an HTML page may name its encoding', () => {
  const page = Buffer.from('<meta charset="koi8-r"><p>\xf0\xd2\xc9\xd7\xc5\xd4', 'latin1');
  expect(decodeText(page, true)).toContain('Привет');
  expect(decodeText(Buffer.from('<meta charset="no-such-thing">\xe4', 'latin1'), true)).toContain(
    'ä',
  );
});

test('a CSV text comes back as it was written, whatever its delimiter', () => {
  const field = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '1', 'é', ' ') });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(field, field, field), { minLength: 3, maxLength: 8 }),
      fc.constantFrom(',', ';', '\t', '|'),
      (rows, delimiter) => {
        const quote = (value: string): string => `"${value.replaceAll('"', '""')}"`;
        const text = `sep=${delimiter}\n${rows.map((row) => row.map(quote).join(delimiter)).join('\n')}`;
        const wanted = rows.map((row) => row.map((value) => value.trim()));
        expect(parseCsv(text)).toEqual(wanted.filter((row) => row.some((value) => value !== '')));
      },
    ),
  );
});

test.for([
  [
    'a;b\n1,5;2\n3,7;4',
    [
      ['a', 'b'],
      ['1,5', '2'],
      ['3,7', '4'],
    ],
  ],
  [
    'a\tb, c\n1\t2',
    [
      ['a', 'b, c'],
      ['1', '2'],
    ],
  ],
  ['one\ntwo', [['one'], ['two']]],
  [
    'a,"b\nc",\n,,\n5" wide,d,e',
    [
      ['a', 'b\nc', ''],
      ['5" wide', 'd', 'e'],
    ],
  ],
  [
    '"open,b\nc,d',
    [
      ['"open', 'b'],
      ['c', 'd'],
    ],
  ],
] as const)('%j is parted into its fields', ([text, records]) => {
  expect(parseCsv(text)).toEqual(records);
});

test('a CSV file has forty records a page, and its first row may name the columns', () => {
  const rows = Array.from({ length: 90 }, (_, row) => `${row},name ${row}`);
  const document = readText(Buffer.from(`id,name\n${rows.join('\n')}`), 'text/csv');
  expect(document.pageCount).toBe(3);
  const tables = [1, 2, 3].map((number) => document.page(number).zones[0]?.table);
  expect(tables.map((table) => [table?.rows, table?.headerRows])).toEqual([
    [40, 1],
    [40, 0],
    [11, 0],
  ]);
});

test('Markdown has headings, lists, tables and code, and stays as typed inside a line', () => {
  const text = [
    'Title',
    '=====',
    '',
    'Some *text*',
    'goes on.',
    '## Part ##',
    '- one',
    '  more',
    '  1. deep',
    '* two',
    '',

    '| a | b |',
    '|---|:-:|',
    '| 1 | x\\|y |',
    '',
    '```js',
    'if (a)   b',
    '# no heading',
    '```',
    '> quoted',
    '---',
  ].join('\n');
  const blocks = readMarkdown(text);
  expect(blocks.map((block) => block.kind)).toEqual([
    'heading',
    'text',
    'heading',
    'list',
    'table',
    'fixed',
    'text',
  ]);
  expect(blocks[0]).toMatchObject({ level: 1, text: 'Title' });
  expect(blocks[1]).toMatchObject({ text: 'Some *text* goes on.' });
  expect(blocks[2]).toMatchObject({ level: 2, text: 'Part' });
  expect(blocks[3]).toMatchObject({
    items: [
      { level: 0, marker: '•', text: 'one more' },
      { level: 1, ordered: true, marker: '1.', text: 'deep' },
      { level: 0, text: 'two' },
    ],
  });
  expect(blocks[4]).toMatchObject({ table: { rows: 2, columns: 2, headerRows: 1 } });
  expect(blocks[5]).toMatchObject({ lines: ['if (a)   b', '# no heading'] });
});

test('HTML keeps its blocks, and drops what is no text', () => {
  const { blocks, title } = readHtml(
    '<!doctype html><head><title>A &amp; B</title><style>p{}</style></head><body><!-- <p>no</p> -->' +
      '<h2>Head&shy;ing</h2><p>One <b>bold</b>\n line<br>next<script>if (a<b) x()</script><p title="a>b">Two' +
      '<ol start="3"><li>three<li>four<ul><li>deep</ul></ol><pre>a\n  b</pre><svg><text>no</text></svg>5 < 6',
  );
  expect(title).toBe('A & B');
  expect(blocks).toEqual([
    { kind: 'heading', level: 2, text: 'Head\u00ading' },
    { kind: 'text', text: 'One bold line\nnext' },
    { kind: 'text', text: 'Two' },
    {
      kind: 'list',
      items: [
        { level: 0, ordered: true, marker: '3.', text: 'three' },
        { level: 0, ordered: true, marker: '4.', text: 'four' },
        { level: 1, ordered: false, marker: '•', text: 'deep' },
      ],
    },
    { kind: 'fixed', lines: ['a', '  b'] },
    { kind: 'text', text: '5 < 6' },
  ]);
});

test('HTML tables have their spans, whatever is left open', () => {
  const { blocks } = readHtml(
    '<table><thead><tr><th>A<th colspan=2>B<tbody><tr><td rowspan=99>1<td>2<td>3<tr><td>x<table><tr><td>in</table><td>4</table>after',
  );
  const [block] = blocks;
  if (block?.kind !== 'table') throw new Error('no table');
  expect(block.table).toMatchObject({ rows: 3, columns: 3, headerRows: 1 });
  expect(block.table.cells.map((c) => [c.row, c.column, c.rowSpan, c.columnSpan, c.text])).toEqual([
    [0, 0, 1, 1, 'A'],
    [0, 1, 1, 2, 'B'],
    [1, 0, 2, 1, '1'],
    [1, 1, 1, 1, '2'],
    [1, 2, 1, 1, '3'],
    [2, 1, 1, 1, 'x\nin'],
    [2, 2, 1, 1, '4'],
  ]);
});

test('character references are resolved once', () => {
  expect(
    decodeEntities('&auml;&Omega;&euro;&#8364;&#x20ac;&#128;&amp;lt;&nosuch;?a=1&copy=2&#0;'),
  ).toBe('äΩ€€€€&lt;&nosuch;?a=1&copy=2\ufffd');
});

test('what would take a naive reader minutes takes little', () => {
  const started = performance.now();
  const size = 200_000;
  readHtml('<'.repeat(size));
  readHtml('<a '.repeat(size));
  readHtml(`<table>${'<td rowspan=1000 colspan=1000>'.repeat(2_000)}`);
  readMarkdown(`# ${' '.repeat(size)}x`);
  readMarkdown(`a|b\n|${' '.repeat(size)}x`);
  readMarkdown(`# ${'#'.repeat(size)}x`);
  parseCsv('a,'.repeat(size));
  parseCsv('"a""'.repeat(size));
  parseCsv(`"${',""x'.repeat(size)}`);
  expect(performance.now() - started).toBeLessThan(20_000);
});
