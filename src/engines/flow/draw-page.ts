import { isRightToLeft } from './glyph-width.ts';
import type { LaidPage, LaidTable, LaidZone } from './laid-page.ts';
import { tallestStated } from './sheet.ts';

const faces = {
  plain: '',
  bold: ' font-weight="bold"',
  fixed:
    ' font-family="\'Liberation Mono\', \'DejaVu Sans Mono\', Menlo, Consolas, monospace" xml:space="preserve"',
} as const;

/** Base line of a word below the top of its box, as a part of the type size. */
const ascent = 0.8;

/**
 * A page as SVG: every word exactly in its box, in the fonts of whoever shows it, so that any script can be
 * read. It holds no script, no style sheet and no reference.
 */
export function drawPage({ widthPt, heightPt, zones }: LaidPage): string {
  const width = rounded(widthPt);
  const height = rounded(heightPt);
  const stated = rounded(Math.min(heightPt, tallestStated));
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${stated}" ` +
    `preserveAspectRatio="none" fill="#1b1d1f" font-family="'Liberation Sans', Arial, Helvetica, 'Noto Sans', sans-serif">` +
    `<rect width="${width}" height="${height}" fill="#fff"/>${zones.map(drawZone).join('')}</svg>\n`
  );
}

function drawZone(zone: LaidZone): string {
  const grid = zone.table === undefined ? '' : drawGrid(zone.table);
  return `${grid}<g${faces[zone.face]}>${drawWords(zone)}</g>`;
}

function drawGrid({ cells, headerRows }: LaidTable): string {
  const boxes = cells.map(({ row, x, y, width, height }) => {
    const fill = row < headerRows ? ' fill="#f0f0ed"' : '';
    return `<rect x="${rounded(x)}" y="${rounded(y)}" width="${rounded(width)}" height="${rounded(height)}"${fill}/>`;
  });
  return `<g fill="none" stroke="#b9b8b2" stroke-width="0.6">${boxes.join('')}</g>`;
}

function drawWords({ content, boxes, table }: LaidZone): string {
  const words = content.split(/\s+/).filter((word) => word !== '');
  const bold = table === undefined ? 0 : wordsOfHeader(table);
  return words
    .map((word, index) => {
      const [x = 0, y = 0, width = 0, size = 0] = boxes.subarray(index * 4, index * 4 + 4);
      // Else the signs at the ends of such a word would change sides.
      const isReversed = isRightToLeft(word);
      const start = isReversed ? x + width : x;
      const place = `x="${rounded(start)}" y="${rounded(y + size * ascent)}" font-size="${rounded(size)}"`;
      const fit =
        width > 0 ? ` textLength="${rounded(width)}" lengthAdjust="spacingAndGlyphs"` : '';
      const weight = index < bold ? faces.bold : '';
      const direction = isReversed ? ' direction="rtl"' : '';
      return `<text ${place}${fit}${weight}${direction}>${escapeText(word)}</text>`;
    })
    .join('');
}

function wordsOfHeader({ cells, headerRows }: LaidTable): number {
  return cells.reduce((sum, cell) => sum + (cell.row < headerRows ? cell.words : 0), 0);
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Characters that XML does not allow at all. */
// oxlint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

function escapeText(text: string): string {
  return text
    .toWellFormed()
    .replace(forbidden, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}
