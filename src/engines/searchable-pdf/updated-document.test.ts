import { PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { afterAll, describe, expect, test } from 'vitest';
import { makePdf, makeRawPdf } from '#test/support/make-files.ts';
import { checkSyntax, missingReaders, readText, readWords } from '#test/support/pdf-read-back.ts';
import {
  expectReadBack,
  makeScan,
  openWorkshop,
  textPage,
  wordGrid,
} from '#test/support/searchable-workshop.ts';

const workshop = openWorkshop();
afterAll(() => workshop.close());

describe.skipIf(missingReaders !== undefined)(
  `read by poppler and qpdf (${missingReaders ?? 'both are here'})`,
  () => {
    describe.each([0, 90, 180, 270] as const)('a page turned by %d degrees', (rotation) => {
      test('has every word in its place, a shifted crop box too, and looks as before', async () => {
        const sideways = rotation === 90 || rotation === 270;
        const [width, height] = sideways ? [640, 480] : [480, 640];
        const bytes = await makePdf([
          {
            width: width + 100,
            height: height + 50,
            rotation,
            cropBox: { x: 60, y: 30, width, height },
            image: { bytes: await makeScan(), x: 60, y: 30, width, height },
          },
        ]);
        const file = workshop.folder.save(`turned-${rotation}.pdf`, bytes, 'application/pdf');
        const page = textPage(1, wordGrid);
        const made = await workshop.compose(file, [page]);
        await expectReadBack(made.path, [page]);
        expect(await checkSyntax(made.path)).toBe('');
        await workshop.expectSameLook({ engine: workshop.pdfium, file }, made.file);
        const [layer] = await workshop.pdfium.readText(made.file, 1, 1);
        expect(layer?.words.map(({ text }) => text)).toEqual(page.words.map(({ text }) => text));
        for (const [index, word] of (layer?.words ?? []).entries()) {
          expect(word.x).toBeCloseTo(page.words[index]?.x ?? -1, 3);
          expect(word.y).toBeCloseTo(page.words[index]?.y ?? -1, 3);
          expect(word.width).toBeCloseTo(page.words[index]?.width ?? -1, 3);
          expect(word.height).toBeCloseTo(page.words[index]?.height ?? -1, 3);
        }
      });
    });

    test('pages whose text came with the file are not touched, and the file stays as it is inside', async () => {
      const line = { text: 'printed', x: 50, y: 500, size: 20 };
      const bytes = await makePdf([
        { width: 480, height: 640, lines: [line] },
        { width: 480, height: 640 },
        { width: 480, height: 640, lines: [line] },
      ]);
      const file = workshop.folder.save('mixed.pdf', bytes, 'application/pdf');
      const page = textPage(2, [['found', 'here']]);
      const made = await workshop.compose(file, [page], 3);
      expect(made.bytes.subarray(0, bytes.length).equals(bytes)).toBe(true);
      const found = await readWords(made.path);
      expect(found.map(({ page: number, text }) => [number, text])).toEqual([
        [1, 'printed'],
        [2, 'found'],
        [2, 'here'],
        [3, 'printed'],
      ]);
      for (const number of [1, 2, 3]) {
        await workshop.expectSameLook({ engine: workshop.pdfium, file }, made.file, {
          page: number,
        });
      }
    });

    test('a file with compressed cross references gets such ones again', async () => {
      const document = await PDFDocument.create();
      document.addPage([480, 640]);
      const bytes = await document.save({ useObjectStreams: true });
      const file = workshop.folder.save('streams.pdf', bytes, 'application/pdf');
      const page = textPage(1, wordGrid);
      const made = await workshop.compose(file, [page]);
      expect(made.bytes.subarray(bytes.length).includes('/Type/XRef')).toBe(true);
      await expectReadBack(made.path, [page]);
      expect(await checkSyntax(made.path)).toBe('');
      // What was made can be gone on with in the same way.
      const again = await workshop.compose(made.file, [textPage(1, [['more']])]);
      expect(await checkSyntax(again.path)).toBe('');
      expect(await readText(again.path)).toContain('more');
    });

    test('resources of the page list and of other pages are kept', async () => {
      const document = await PDFDocument.create();
      document.addPage([480, 640]).drawText('shared', { x: 50, y: 500 });
      document.addPage([480, 640]);
      await document.flush();
      const [first, second] = document.getPages().map(({ node }) => node);
      const resources = document.context.register(first?.Resources() ?? document.context.obj({}));
      document.catalog.Pages().set(PDFName.Resources, resources);
      first?.delete(PDFName.Resources);
      second?.delete(PDFName.Resources);
      // Content that both pages have in common, too.
      second?.set(PDFName.Contents, first?.get(PDFName.Contents) ?? document.context.obj([]));
      const bytes = await document.save({ useObjectStreams: false });
      const file = workshop.folder.save('inherited.pdf', bytes, 'application/pdf');
      const made = await workshop.compose(file, [textPage(1, [['added']])], 2);
      await workshop.expectSameLook({ engine: workshop.pdfium, file }, made.file, { page: 1 });
      await workshop.expectSameLook({ engine: workshop.pdfium, file }, made.file, { page: 2 });
      expect(await checkSyntax(made.path)).toBe('');
      const words = (await readWords(made.path)).map(({ page, text }) => `${page} ${text}`);
      expect(words.toSorted()).toEqual(['1 added', '1 shared', '2 shared']);
    });

    test('a file whose cross references lead nowhere is repaired on the way', async () => {
      const whole = await makePdf([
        { width: 480, height: 640, lines: [{ text: 'old', x: 50, y: 500, size: 20 }] },
      ]);
      const text = Buffer.from(whole)
        .toString('latin1')
        .replace(/startxref\n\d+/, 'startxref\n7');
      const file = workshop.folder.save(
        'broken.pdf',
        Buffer.from(text, 'latin1'),
        'application/pdf',
      );
      const page = textPage(1, [['new', 'words']]);
      const made = await workshop.compose(file, [page]);
      expect(await checkSyntax(made.path)).toBe('');
      expect((await readWords(made.path)).map((word) => word.text)).toEqual([
        'new',
        'words',
        'old',
      ]);
      await workshop.expectSameLook({ engine: workshop.pdfium, file }, made.file);
    });

    test('invisible text of another program gives way, visible text stays', async () => {
      const content =
        'q 0.5 g 50 50 200 300 re f Q BT 3 Tr /F1 20 Tf 50 500 Td (0ld l4yer) Tj ET ' +
        'BT 0 Tr /F1 20 Tf 50 400 Td (stamp) Tj ET';
      const file = workshop.folder.save('hidden.pdf', makeRawPdf(content), 'application/pdf');
      const page = textPage(1, [['new', 'layer']], { widthPt: 612, heightPt: 792 });
      const made = await workshop.compose(file, [page]);
      const words = (await readWords(made.path)).map(({ text }) => text);
      expect(words.toSorted()).toEqual(['layer', 'new', 'stamp']);
      expect(await checkSyntax(made.path)).toBe('');
      await workshop.expectSameLook({ engine: workshop.pdfium, file }, made.file);
    });
  },
);
