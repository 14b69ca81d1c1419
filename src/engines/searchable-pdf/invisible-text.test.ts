import { afterAll, describe, expect, test } from 'vitest';
import { checkSyntax, missingReaders, readText, readWords } from '#test/support/pdf-read-back.ts';
import {
  expectReadBack,
  makeScan,
  openWorkshop,
  textPage,
} from '#test/support/searchable-workshop.ts';
import { visualOrder } from './visual-order.ts';

const workshop = openWorkshop();
afterAll(() => workshop.close());

describe.skipIf(missingReaders !== undefined)(
  `read by poppler and qpdf (${missingReaders ?? 'both are here'})`,
  () => {
    test('right-to-left text is found in the order it is spoken, by every reader', async () => {
      const lines = [
        ['שלום', 'עולם', 'טוב'],
        ['مرحبا', 'بالعالم', '2024'],
        ['plain', 'words', 'שלום'],
      ];
      const page = textPage(1, lines);
      // The first word of a line stands at its right end where the line runs from right to left.
      for (const line of page.lines.slice(0, 2)) {
        for (const word of line) word.x = 0.95 - word.x;
      }
      const file = workshop.folder.save('rtl.png', await makeScan(), 'image/png');
      const made = await workshop.compose(file, [page]);
      // The list of boxes is what poppler has before it turns words round.
      const visual = page.words.map((word) => ({ ...word, text: visualOrder(word.text) }));
      await expectReadBack(made.path, [{ ...page, words: visual }]);
      const text = (await readText(made.path)).replace(/[\u202a-\u202e]/g, '');
      for (const word of lines.flat()) expect(text).toContain(word);
      const [layer] = await workshop.pdfium.readText(made.file, 1, 1);
      expect(layer?.words.map((word) => word.text)).toEqual(lines.flat());
      expect(await checkSyntax(made.path)).toBe('');
    });

    test('characters of every plane come back', async () => {
      const page = textPage(1, [
        ['😀😁', 'a𝔘b', '𠮷野家', 'ﬁn', '中文字', 'ᚠᛇᚻ', 'é', 'Ω≈ç√'],
        ['<&>"\'', '(a\\b)', '€', '…', '“q”', '%', '/N', '[x]'],
      ]);
      const file = workshop.folder.save('planes.png', await makeScan(), 'image/png');
      const made = await workshop.compose(file, [page]);
      await expectReadBack(made.path, [page]);
      expect(await checkSyntax(made.path)).toBe('');
      const [layer] = await workshop.pdfium.readText(made.file, 1, 1);
      expect(layer?.words.map(({ text }) => text)).toContain('中文字');
    });

    test('a line that stands on the page is found as such', async () => {
      const page = textPage(1, [['lying', 'text', 'here']]);
      const standing = ['Amount', 'in', 'thousands'].map((text, index) => ({
        text,
        x: 0.9,
        y: 0.8 - index * 0.2,
        width: 0.02,
        height: 0.015 * text.length,
        confidence: 1,
      }));
      const whole = {
        ...page,
        lines: [...page.lines, standing],
        words: [...page.words, ...standing],
      };
      const file = workshop.folder.save('standing.png', await makeScan(), 'image/png');
      const made = await workshop.compose(file, [whole]);
      await expectReadBack(made.path, [whole]);
      expect((await readText(made.path)).replace(/\s+/g, ' ')).toContain('Amount in thousands');
    });

    test('no words and 5,000 words on a page both work', async () => {
      const many = textPage(
        1,
        Array.from({ length: 250 }, (_, row) =>
          Array.from({ length: 20 }, (__, column) => `w${row * 20 + column}`),
        ),
        { widthPt: 2_400, heightPt: 3_200 },
      );
      const file = workshop.folder.save('many.png', await makeScan(), 'image/png');
      const made = await workshop.compose(file, [many]);
      await expectReadBack(made.path, [many]);
      const none = await workshop.compose(file, [textPage(1, [])]);
      expect(await readWords(none.path)).toEqual([]);
      expect(await checkSyntax(none.path)).toBe('');
      await workshop.expectSameLook({ engine: workshop.images, file }, none.file);
    });

    test('words without extent do no harm', async () => {
      const page = textPage(1, [['flat', 'thin', 'point']]);
      for (const [index, word] of page.words.entries()) {
        if (index !== 1) word.height = 0;
        if (index !== 0) word.width = 0;
      }
      const file = workshop.folder.save('flat.png', await makeScan(), 'image/png');
      const made = await workshop.compose(file, [page]);
      expect(await checkSyntax(made.path)).toBe('');
    });
  },
);
