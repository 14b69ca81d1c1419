import type { Box, Word } from '#kernel/word.ts';
import type { PageReading } from '../page-reading.ts';
import { boundingBox } from '#kernel/word.ts';
import { linesByZone, type ZoneLines } from './reading-lines.ts';

/** Boxes are whole pixels of a raster of this resolution; the page says so itself (`scan_res`). */
const hocrDpi = 300;
const pointsPerInch = 72;

export interface HocrDocumentInfo {
  title: string;
  pageCount: number;
}

/**
 * A document as hOCR 1.2, one piece per page and well-formed XML: `ocr_page`, an `ocr_carea` with one
 * `ocr_par` per zone, `ocr_line`, `ocrx_word` with its confidence in per cent (`x_wconf`). Boxes are
 * pixels at 300 dpi from the top left of the page as shown.
 */
export async function* writeHocr(
  { title, pageCount }: HocrDocumentInfo,
  pages: AsyncIterable<PageReading>,
): AsyncGenerator<string> {
  yield head(title, pageCount);
  for await (const page of pages) yield pageMarkup(page);
  yield ' </body>\n</html>\n';
}

function head(title: string, pageCount: number): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
 <head>
  <title>${escapeXml(title)}</title>
  <meta http-equiv="Content-Type" content="text/html;charset=utf-8"/>
  <meta name="ocr-system" content="docmill"/>
  <meta name="ocr-number-of-pages" content="${pageCount}"/>
  <meta name="ocr-capabilities" content="ocr_page ocr_carea ocr_par ocr_line ocrx_word ocrp_wconf"/>
 </head>
 <body>
`;
}

function pageMarkup(page: PageReading): string {
  const { number, widthPt, heightPt, words } = page;
  const scale = hocrDpi / pointsPerInch;
  const size = { width: Math.round(widthPt * scale), height: Math.round(heightPt * scale) };
  const writer = new PageMarkup(number, size);
  const areas = linesByZone(page).map((area) => writer.area(area, page));
  const place = `${writer.bbox({ x: 0, y: 0, width: 1, height: 1 })}; ppageno ${number - 1}; scan_res ${hocrDpi} ${hocrDpi}`;
  const content = words.length === 0 ? '' : `\n${areas.join('')}  `;
  return `  <div class="ocr_page" id="page_${number}" title="${place}">${content}</div>\n`;
}

/** Makes the markup of one page; ids count up over the whole page. */
class PageMarkup {
  readonly #number: number;
  readonly #size: { width: number; height: number };
  #areas = 0;
  #lines = 0;
  #words = 0;

  constructor(number: number, size: { width: number; height: number }) {
    this.#number = number;
    this.#size = size;
  }

  area({ zone, lines }: ZoneLines, { zones }: PageReading): string {
    const box = (zone === undefined ? undefined : zones[zone]) ?? boundingBox(lines.flat());
    if (box === undefined) return '';
    const id = `${this.#number}_${++this.#areas}`;
    const title = this.bbox(box);
    return (
      `   <div class="ocr_carea" id="block_${id}" title="${title}">\n` +
      `    <p class="ocr_par" id="par_${id}" title="${title}">\n` +
      lines.map((line) => this.#line(line)).join('') +
      `    </p>\n   </div>\n`
    );
  }

  bbox({ x, y, width, height }: Box): string {
    const across = (fraction: number): number => Math.round(fraction * this.#size.width);
    const down = (fraction: number): number => Math.round(fraction * this.#size.height);
    return `bbox ${across(x)} ${down(y)} ${across(x + width)} ${down(y + height)}`;
  }

  #line(words: readonly Word[]): string {
    const box = boundingBox(words);
    if (box === undefined) return '';
    const id = `line_${this.#number}_${++this.#lines}`;
    const inside = words.map((word) => this.#word(word)).join(' ');
    return `     <span class="ocr_line" id="${id}" title="${this.bbox(box)}">${inside}</span>\n`;
  }

  #word(word: Word): string {
    const id = `word_${this.#number}_${++this.#words}`;
    const title = `${this.bbox(word)}; x_wconf ${Math.round(word.confidence * 100)}`;
    return `<span class="ocrx_word" id="${id}" title="${title}">${escapeXml(word.text)}</span>`;
  }
}

/** Characters that XML 1.0 does not allow at all, not even escaped. */
// oxlint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(forbidden, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}
