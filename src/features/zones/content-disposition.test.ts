import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attachment } from './content-disposition.ts';

test.each([
  ['report.pdf', `attachment; filename="report.pdf"; filename*=UTF-8''report.pdf`],
  ['Größe.pdf', `attachment; filename="Groe.pdf"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.pdf`],
  [`a"b\\c'.pdf`, `attachment; filename="a_b_c'.pdf"; filename*=UTF-8''a%22b%5Cc%27.pdf`],
  ['大きさ', `attachment; filename="download"; filename*=UTF-8''%E5%A4%A7%E3%81%8D%E3%81%95`],
  ['100 %.pdf', `attachment; filename="100 _.pdf"; filename*=UTF-8''100%20%25.pdf`],
])('%j', (name, header) => {
  expect(attachment(name)).toBe(header);
});

test('any name gives a valid header from which it can be read back', () => {
  const name = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
  const withHalf = fc.tuple(name, fc.constantFrom('', '\ud83d', '\udc00')).map((all) => all.join());
  fc.assert(
    fc.property(withHalf, (raw) => {
      const header = attachment(raw);
      // RFC 6266 with quoted-string of RFC 9110 and ext-value of RFC 8187.
      const parts =
        /^attachment; filename="([ !#-[\]-~]+)"; filename\*=UTF-8''((?:[\w!#$&+.^`|~-]|%[0-9A-F]{2})*)$/.exec(
          header,
        );
      expect(parts, header).not.toBeNull();
      expect(decodeURIComponent(parts?.[2] ?? '')).toBe(raw.toWellFormed());
    }),
  );
});
