import { damaged } from '../sandbox/engine-failures.ts';

export interface RunCodedRows {
  width: number;
  height: number;
  bits: 4 | 8;
  /** Of a row that is not coded. */
  rowBytes: number;
}

/** Second bytes of a pair whose first is 0; from 3 on they count pixels that follow as they are. */
const [endOfLine, endOfBitmap, jump] = [0, 1, 2];

/**
 * Rows of palette indexes out of runs (BI_RLE8 and BI_RLE4 as [MS-WMF] 3.1.6 describes them), in the order of the file and
 * as they would stand in it without coding. Pixels that no run reaches have index 0; what would lie outside is dropped.
 * Throws `file.damaged` when the runs end before the image does.
 */
export function unpackRuns(
  coded: Uint8Array,
  { width, height, bits, rowBytes }: RunCodedRows,
): Buffer {
  const rows = Buffer.alloc(rowBytes * height);
  let [column, row, at] = [0, 0, 0];
  const put = (index: number): void => {
    if (column < width && row < height) {
      const place = row * rowBytes + ((column * bits) >> 3);
      const shift = bits === 4 && column % 2 === 0 ? 4 : 0;
      rows[place] = (rows[place] ?? 0) | (index << shift);
    }
    column += 1;
  };
  /** Index of the n-th pixel of a piece of bytes: of two in a byte the first is the upper half. */
  const indexAt = (from: number, n: number): number => {
    if (bits === 8) return coded[from + n] ?? 0;
    const byte = coded[from + (n >> 1)] ?? 0;
    return n % 2 === 0 ? byte >> 4 : byte & 15;
  };
  while (row < height) {
    const [count, what] = [coded[at], coded[at + 1]];
    if (count === undefined || what === undefined) throw damaged('its end is missing');
    at += 2;
    if (count > 0) {
      for (let n = 0; n < count; n += 1) put(bits === 8 ? what : indexAt(at - 1, n % 2));
    } else if (what === endOfLine) [column, row] = [0, row + 1];
    else if (what === endOfBitmap) break;
    else if (what === jump) {
      column += coded[at] ?? 0;
      row += coded[at + 1] ?? 0;
      at += 2;
    } else {
      for (let n = 0; n < what; n += 1) put(indexAt(at, n));
      // Padded to whole words.
      at += 2 * Math.ceil((what * bits) / 16);
    }
  }
  return rows;
}
