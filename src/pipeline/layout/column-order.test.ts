import { expect, test } from 'vitest';
import type { Block } from './blocks.ts';
import { inColumnOrder } from './column-order.ts';

/** A block of one line: its name is its text. */
function block(name: string, left: number, right: number, top: number, bottom = top + 10): Block {
  const shape = { left, right, top, bottom, em: 10, bold: false, sized: false };
  const word = { text: name, confidence: 1, x: 0, y: 0, width: 0.1, height: 0.1 };
  return { lines: [{ ...shape, words: [{ ...shape, word, index: 0 }] }] };
}

const names = (blocks: readonly Block[]) =>
  blocks.map(({ lines }) => lines[0]?.words[0]?.word.text).join(' ');

test('a paragraph that was named too late goes back to its place, crooked as it stands', () => {
  const page = [block('one', 60, 480, 20), block('four', 50, 470, 51), block('five', 48, 480, 62)];
  const late = [block('two', 58, 460, 29), block('three', 56, 490, 40)];
  expect(names(inColumnOrder([...page, ...late]))).toBe('one two three four five');
});

test('columns keep their order, and a title over both goes before them', () => {
  const left = [block('l1', 50, 250, 100), block('l2', 50, 250, 120)];
  const right = [block('r1', 300, 500, 100), block('r2', 300, 500, 120)];
  expect(names(inColumnOrder([...left, ...right]))).toBe('l1 l2 r1 r2');
  const title = block('title', 50, 500, 40);
  expect(names(inColumnOrder([...left, ...right, title]))).toBe('title l1 l2 r1 r2');
});

test('a block that stands inside another, or has no lines, stays where it is', () => {
  const outer = block('outer', 50, 500, 100, 300);
  const inner = block('inner', 60, 400, 150, 160);
  expect(names(inColumnOrder([outer, inner]))).toBe('outer inner');
  expect(inColumnOrder([outer, { lines: [] }, inner])).toHaveLength(3);
});
