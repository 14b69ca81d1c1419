/** One operator of a content stream with where its last operand and itself stand. */
export interface ContentOperator {
  name: string;
  /** Source of the operands, without nested ones' parts: a string or a list is one operand. */
  operands: readonly OperandRange[];
}

export interface OperandRange {
  from: number;
  to: number;
}

const whiteSpace = new Set([0, 9, 10, 12, 13, 32]);
const delimiters = new Set(Buffer.from('()<>[]{}/%'));
const byte = {
  percent: 0x25,
  open: 0x28,
  close: 0x29,
  slash: 0x2f,
  less: 0x3c,
  greater: 0x3e,
  openList: 0x5b,
  backslash: 0x5c,
  closeList: 0x5d,
} as const;
/** What starts like a number is an operand; everything else that is no sign is an operator. */
const number = /^[-+.\d]/;
const constants = new Set(['true', 'false', 'null']);

/** A content stream cannot be followed to its end. */
export class ContentError extends Error {}

/**
 * The operators of a decoded content stream (ISO 32000-1, 7.8.2). Inline images are passed over as a
 * whole. Throws ContentError where the stream makes no sense.
 */
export function* readOperators(content: Buffer): Generator<ContentOperator> {
  let operands: OperandRange[] = [];
  for (let at = skipSpace(content, 0); at < content.length; at = skipSpace(content, at)) {
    const from = at;
    at = endOfToken(content, at);
    const text = content.toString('latin1', from, at);
    const isOperand =
      delimiters.has(content[from] ?? 0) || number.test(text) || constants.has(text);
    if (isOperand) {
      operands.push({ from, to: at });
      continue;
    }
    if (text === 'BI') at = endOfInlineImage(content, at);
    yield { name: text, operands };
    operands = [];
  }
}

function skipSpace(content: Buffer, start: number): number {
  let at = start;
  while (at < content.length) {
    const value = content[at] ?? 0;
    if (value === byte.percent) at = endOfLine(content, at);
    else if (whiteSpace.has(value)) at += 1;
    else break;
  }
  return at;
}

function endOfLine(content: Buffer, start: number): number {
  let at = start;
  while (at < content.length && content[at] !== 10 && content[at] !== 13) at += 1;
  return at;
}

function endOfToken(content: Buffer, from: number): number {
  switch (content[from] ?? 0) {
    case byte.open:
      return endOfString(content, from);
    case byte.openList:
      return endOfNested(content, from + 1, byte.closeList);
    case byte.less:
      return content[from + 1] === byte.less
        ? endOfNested(content, from + 2, byte.greater) + 1
        : endAfter(content, from, byte.greater);
    case byte.slash:
      return endOfWord(content, from + 1);
    case byte.close:
    case byte.closeList:
    case byte.greater:
      throw new ContentError('a closing sign without an opening one');
    default:
      return Math.max(from + 1, endOfWord(content, from));
  }
}

function endOfWord(content: Buffer, start: number): number {
  let at = start;
  while (at < content.length) {
    const value = content[at] ?? 0;
    if (whiteSpace.has(value) || delimiters.has(value)) break;
    at += 1;
  }
  return at;
}

function endOfString(content: Buffer, from: number): number {
  let depth = 0;
  for (let at = from; at < content.length; at += 1) {
    const value = content[at];
    if (value === byte.backslash) at += 1;
    else if (value === byte.open) depth += 1;
    else if (value === byte.close && --depth === 0) return at + 1;
  }
  throw new ContentError('a string without an end');
}

/** The end of a list or dictionary, whose members are tokens themselves. */
function endOfNested(content: Buffer, start: number, closing: number): number {
  // A loop over open signs and not recursion: hostile nesting may be as deep as it likes.
  const open = [closing];
  for (let at = skipSpace(content, start); at < content.length; at = skipSpace(content, at)) {
    const value = content[at];
    const isDictionary = value === byte.less && content[at + 1] === byte.less;
    if (value === open.at(-1)) {
      open.pop();
      if (open.length === 0) return at + 1;
      at += value === byte.greater ? 2 : 1;
    } else if (value === byte.openList || isDictionary) {
      open.push(isDictionary ? byte.greater : byte.closeList);
      at += isDictionary ? 2 : 1;
    } else {
      at = endOfToken(content, at);
    }
  }
  throw new ContentError('a list without an end');
}

function endAfter(content: Buffer, from: number, sign: number): number {
  const at = content.indexOf(sign, from);
  if (at < 0) throw new ContentError('a string without an end');
  return at + 1;
}

/** After `EI`, which stands alone between white space; the data in between may be anything. */
function endOfInlineImage(content: Buffer, start: number): number {
  let at = content.indexOf('ID', start, 'latin1');
  while (at >= 0) {
    at = content.indexOf('EI', at + 2, 'latin1');
    if (at < 0) break;
    const after = content[at + 2];
    const isAlone =
      whiteSpace.has(content[at - 1] ?? 0) && (after === undefined || whiteSpace.has(after));
    if (isAlone) return at + 2;
  }
  throw new ContentError('an inline image without an end');
}
