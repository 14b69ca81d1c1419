import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanFileName, titleFromFileName } from './document.ts';

describe('file names', () => {
  test.each([
    ['report.pdf', 'report.pdf'],
    ['C:\\Users\\me\\report.pdf', 'report.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['a\0b\n\u0007c.pdf', 'abc.pdf'],
    ['  spaced.pdf  ', 'spaced.pdf'],
    ['Cafe\u0301.pdf', 'Caf\u00e9.pdf'],
    ['\u202eעברית.pdf', 'עברית.pdf'],
    ['annual\u202efdp.exe', 'annualfdp.exe'],
    ['\u2066a\u2069.pdf', 'a.pdf'],
    ['..', 'unnamed'],
    ['מסמך.pdf', 'מסמך.pdf'],
    ['', 'unnamed'],
    ['folder/', 'unnamed'],
    ['\0', 'unnamed'],
    ['\ud800.pdf', '\ufffd.pdf'],
  ])('%j is kept as %j', (raw, kept) => {
    expect(cleanFileName(raw)).toBe(kept);
  });

  test('a name that is too long keeps its end, where the kind of file stands', () => {
    const kept = cleanFileName(`${'x'.repeat(400)}.pdf`);
    expect(kept).toHaveLength(255);
    expect(kept.endsWith('x.pdf')).toBe(true);
  });

  test('no emoji is cut in half', () => {
    const kept = cleanFileName(`${'😀'.repeat(200)}.pdf`);
    expect(kept).toMatch(/^(😀)+\.pdf$/u);
    expect(titleFromFileName(`${'😀'.repeat(200)}a`)).toMatch(/^(😀)+$/u);
  });

  test('whatever is sent, the kept name and its title can be stored and shown', () => {
    const name = fc.string({ unit: 'binary', maxLength: 600 });
    fc.assert(
      fc.property(fc.oneof(name, fc.string({ unit: 'grapheme', maxLength: 400 })), (raw) => {
        const kept = cleanFileName(raw);
        const title = titleFromFileName(kept);
        for (const text of [kept, title]) {
          expect(text.length).toBeGreaterThan(0);
          expect(text.length).toBeLessThanOrEqual(255);
          expect(text.isWellFormed()).toBe(true);
          expect(text).not.toMatch(/[\p{Cc}/\\]/u);
          expect(text).toBe(text.trim());
        }
        expect(cleanFileName(kept)).toBe(kept);
      }),
    );
  });
});

test.each([
  ['report.pdf', 'report'],
  ['archive.tar.gz', 'archive.tar'],
  ['.pdf', '.pdf'],
  ['no ending', 'no ending'],
  ['v1.2 final.PDF', 'v1.2 final'],
])('the title of %j is %j', (fileName, title) => {
  expect(titleFromFileName(fileName)).toBe(title);
});
