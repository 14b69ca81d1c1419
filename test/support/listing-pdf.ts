import { assemblePdf } from './raw-pdf.ts';

/**
 * A PDF of three pages that lists everything a file can: outline, page labels, form fields, links, attachments. Its first
 * page also has words that stand on their head, run up the left margin and down the right one.
 */
export function makeListingPdf(): Buffer {
  const page = (content: number, annotations = '') =>
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>/Contents ${content} 0 R${annotations}>>`;
  const show = (matrix: string, size: number, text: string) =>
    `BT /F1 ${size} Tf ${matrix} Tm (${text}) Tj ET `;
  const content = (number: number, more = '') => ({
    dictionary: '<<>>',
    stream: Buffer.from(show('1 0 0 1 60 760', 22, `Chapter ${number}`) + more),
  });
  const turned = [
    show('-1 0 0 -1 500 400', 12, 'Upside down'),
    show('0 1 -1 0 80 150', 12, 'Climbing'),
    show('0 -1 1 0 540 650', 12, 'Descending'),
  ].join('');
  return assemblePdf([
    '<</Type/Catalog/Pages 2 0 R/Outlines 9 0 R/PageLabels<</Nums[0<</S/r>>1<</S/D/P(A-)>>]>>' +
      '/AcroForm<</Fields[15 0 R 16 0 R]>>/Names<</EmbeddedFiles<</Names[(a) 18 0 R]>>>>>>',
    '<</Type/Pages/Kids[3 0 R 4 0 R 5 0 R]/Count 3>>',
    page(6, '/Annots[13 0 R 14 0 R 15 0 R 16 0 R]'),
    page(7),
    page(8),
    content(1, turned),
    content(2),
    content(3),
    '<</Type/Outlines/First 10 0 R/Last 12 0 R/Count 3>>',
    '<</Title(Of the harbour)/Parent 9 0 R/Next 12 0 R/First 11 0 R/Last 11 0 R/Count 1/Dest[3 0 R/Fit]>>',
    '<</Title(Of coffee)/Parent 10 0 R/Dest[4 0 R/Fit]>>',
    '<</Title(Of tea)/Parent 9 0 R/Prev 10 0 R/Dest[5 0 R/Fit]>>',
    '<</Type/Annot/Subtype/Link/Rect[60 690 200 715]/A<</S/URI/URI(https://example.org/ledgers)>>>>',
    '<</Type/Annot/Subtype/Link/Rect[60 750 200 780]/Dest[5 0 R/Fit]>>',
    '<</Type/Annot/Subtype/Widget/FT/Tx/T(Name of the ship)/V(Aurora)/Rect[60 600 200 620]>>',
    '<</Type/Annot/Subtype/Widget/FT/Tx/T(Remarks)/V()/Rect[60 570 200 590]>>',
    { dictionary: '<</Type/EmbeddedFile>>', stream: Buffer.from('a,b\n1,2\n') },
    '<</Type/Filespec/F(cargo.csv)/UF(cargo.csv)/Desc(All cargo)/EF<</F 17 0 R>>>>',
  ]);
}
