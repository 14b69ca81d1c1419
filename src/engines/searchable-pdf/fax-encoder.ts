import { BitWriter } from './bit-writer.ts';
import { blackCodes, longestMultiple, type RunCodes, whiteCodes } from './fax-codes.ts';

interface Code {
  value: number;
  bits: number;
}

const [passMode, horizontalMode] = [codeOf('0001'), codeOf('001')];
/** By the distance of a change from the one above it, -3 (to the left) to 3. */
const verticalModes = ['0000010', '000010', '010', '1', '011', '000011', '0000011'].map(codeOf);
const endOfLine = codeOf('000000000001');
const white = compile(whiteCodes);
const black = compile(blackCodes);

/**
 * Codes a black-and-white picture as fax group 4 does (ITU-T T.6): each row by where its colours change
 * against the row above. `pixels` has a byte for each, 0 is black and 255 white; any other counts as
 * white.
 */
export function encodeFax(pixels: Buffer, width: number, height: number): Uint8Array {
  const writer = new BitWriter();
  let above: number[] = [];
  for (let row = 0; row < height; row += 1) {
    const changes = changesOf(pixels.subarray(row * width, (row + 1) * width));
    encodeRow(writer, { changes, above, width });
    above = changes;
  }
  write(writer, endOfLine);
  write(writer, endOfLine);
  return writer.finish();
}

/** Columns at which the colour changes; a row starts in white, so even entries are where black starts. */
function changesOf(row: Buffer): number[] {
  const changes: number[] = [];
  for (let column = row.indexOf(0); column >= 0;) {
    changes.push(column);
    column += 1;
    while (column < row.length && row[column] === 0) column += 1;
    if (column >= row.length) break;
    changes.push(column);
    column = row.indexOf(0, column);
  }
  return changes;
}

interface Row {
  changes: readonly number[];
  above: readonly number[];
  width: number;
}

function encodeRow(writer: BitWriter, { changes, above, width }: Row): void {
  // The names of the standard: a0 is where coding stands, a1 and a2 are the next changes of this row,
  // b1 and b2 those of the row above that lie to the right and start with the colour a0 does not have.
  let a0 = -1;
  let next = 0;
  let isBlack = false;
  let firstAbove = 0;
  while (a0 < width) {
    const a1 = changes[next] ?? width;
    while (firstAbove > 0 && (above[firstAbove - 1] ?? 0) > a0) firstAbove -= 1;
    while ((above[firstAbove] ?? width) <= a0 && firstAbove < above.length) firstAbove += 1;
    const index = firstAbove + ((firstAbove & 1) === (isBlack ? 1 : 0) ? 0 : 1);
    const b1 = above[index] ?? width;
    const b2 = above[index + 1] ?? width;
    if (b2 < a1) {
      write(writer, passMode);
      a0 = b2;
      continue;
    }
    const vertical = verticalModes[a1 - b1 + 3];
    if (vertical !== undefined) {
      write(writer, vertical);
      a0 = a1;
      isBlack = !isBlack;
      next += 1;
      continue;
    }
    const a2 = changes[next + 1] ?? width;
    write(writer, horizontalMode);
    writeRun(writer, isBlack ? black : white, a1 - Math.max(0, a0));
    writeRun(writer, isBlack ? white : black, a2 - a1);
    a0 = a2;
    next += 2;
  }
}

interface CompiledCodes {
  rest: readonly Code[];
  multiples: readonly Code[];
}

function writeRun(writer: BitWriter, codes: CompiledCodes, length: number): void {
  let left = length;
  while (left >= 64) {
    const part = Math.min(left, longestMultiple);
    write(writer, codes.multiples[(part >> 6) - 1]);
    left -= part & ~63;
  }
  write(writer, codes.rest[left]);
}

function write(writer: BitWriter, code: Code | undefined): void {
  if (code !== undefined) writer.write(code.value, code.bits);
}

function compile({ rest, multiples }: RunCodes): CompiledCodes {
  return { rest: rest.map(codeOf), multiples: multiples.map(codeOf) };
}

function codeOf(digits: string): Code {
  return { value: Number.parseInt(digits, 2), bits: digits.length };
}
