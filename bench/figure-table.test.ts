import { expect, test } from 'vitest';
import { againstPeer } from './figure.ts';
import { formatTable } from './figure-table.ts';

test('the table is aligned Markdown, and a skipped row says why', () => {
  const peer = { against: 'pdftotext', reference: 200, atLeast: 0.6 };
  const table = formatTable([
    againstPeer('text', 'pages/s', { value: 100.4, ...peer }),
    { name: 'ocr', skipped: 'no tesseract' },
  ]);
  expect(table.split('\n').map((line) => line.replaceAll(/ +/g, ' '))).toEqual([
    '| name | value | unit | against | reference | ratio | bar | ok |',
    expect.stringMatching(/^\| -+ \| -+: \| -+ \| -+ \| -+: \| -+: \| -+ \| -+ \|$/),
    '| text | 100 | pages/s | pdftotext | 200 | 0.50 | >= 0.6 x | NO |',
    '| ocr | | | skipped: no tesseract | | | | |',
  ]);
  expect(new Set(table.split('\n').map((line) => line.length)).size).toBe(1);
});
