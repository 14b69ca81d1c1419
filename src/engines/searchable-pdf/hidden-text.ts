import { ContentError, type OperandRange, readOperators } from './content-operators.ts';

const invisibleMode = 3;
const showing = new Set(['Tj', 'TJ', "'", '"']);

/** The part of the graphics state that decides whether text is painted. */
interface TextState {
  mode: number;
  font: string;
}

/**
 * Empties the strings that a content stream shows invisibly (text rendering mode 3), or returns undefined
 * when there are none or the stream cannot be followed. Text between BT and ET goes only if none of it is
 * visible, so that nothing visible can move. `isAlwaysPainted` tells fonts that know no rendering mode
 * (type 3) by their name among the resources.
 */
export function removeHiddenText(
  content: Buffer,
  isAlwaysPainted: (font: string) => boolean,
): Buffer | undefined {
  // Most streams hide nothing and need not be followed at all.
  if (!/\b3\s+Tr\b/.test(content.toString('latin1'))) return undefined;
  try {
    const hidden = findHiddenStrings(content, isAlwaysPainted);
    return hidden.length === 0 ? undefined : emptyStrings(content, hidden);
  } catch (error) {
    if (error instanceof ContentError) return undefined;
    throw error;
  }
}

function findHiddenStrings(
  content: Buffer,
  isAlwaysPainted: (font: string) => boolean,
): OperandRange[] {
  const hidden: OperandRange[] = [];
  let block: { strings: OperandRange[]; isVisible: boolean } | undefined;
  let state: TextState = { mode: 0, font: '' };
  const saved: TextState[] = [];
  for (const { name, operands } of readOperators(content)) {
    const last = operands.at(-1);
    if (name === 'q') saved.push(state);
    else if (name === 'Q') state = saved.pop() ?? state;
    else if (name === 'BT') block = { strings: [], isVisible: false };
    else if (name === 'Tr') state = { ...state, mode: Number(textOf(content, last)) };
    else if (name === 'Tf') state = { ...state, font: textOf(content, operands[0]).slice(1) };
    else if (showing.has(name) && block !== undefined && last !== undefined) {
      if (state.mode !== invisibleMode || isAlwaysPainted(state.font)) block.isVisible = true;
      else block.strings.push(last);
    } else if (name === 'ET' && block !== undefined) {
      if (!block.isVisible) hidden.push(...block.strings);
      block = undefined;
    }
  }
  return hidden;
}

function textOf(content: Buffer, range: OperandRange | undefined): string {
  return range === undefined ? '' : content.toString('latin1', range.from, range.to);
}

function emptyStrings(content: Buffer, ranges: readonly OperandRange[]): Buffer {
  const parts: Buffer[] = [];
  let kept = 0;
  for (const { from, to } of ranges) {
    const isList = content[from] === '['.charCodeAt(0);
    parts.push(content.subarray(kept, from), Buffer.from(isList ? '[]' : '()'));
    kept = to;
  }
  return Buffer.concat([...parts, content.subarray(kept)]);
}
