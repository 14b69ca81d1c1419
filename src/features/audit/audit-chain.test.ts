import { expect, test } from 'vitest';
import type { ChainHead, ChainedRow } from './audit-chain.ts';
import { ChainWalk, genesisHash, rowHash } from './audit-chain.ts';

const month = '2026-11-01';
const none = { heads: new Map(), retired: new Set<string>() };

/** A chain of `length` rows, and its head. */
function makeChain(length: number, chain = 7): { rows: ChainedRow[]; head: ChainHead } {
  const rows: ChainedRow[] = [];
  let hash = genesisHash(month, chain);
  for (let seq = 1; seq <= length; seq += 1) {
    const content = `["row ${seq} of ${chain}"]`;
    const prevHash = hash;
    hash = rowHash(prevHash, content);
    rows.push({ id: seq, micros: seq, month, chain, seq, prevHash, hash, content });
  }
  return { rows, head: { month, chain, seq: length, hash, retired: false } };
}

function faultsOf(rows: readonly ChainedRow[], heads: readonly ChainHead[], anchors = none) {
  const walk = new ChainWalk(anchors);
  for (const row of rows) walk.add(row);
  walk.end(heads, rows.length);
  return walk.faults.map((fault) => `${fault.kind} ${fault.seq}`);
}

test('chains that are whole have no fault, also when their rows alternate', () => {
  const [first, second] = [makeChain(3, 1), makeChain(2, 2)];
  const rows = [first.rows[0], second.rows[0], first.rows[1], second.rows[1], first.rows[2]];
  const mixed = rows.filter((row) => row !== undefined);
  expect(faultsOf(mixed, [first.head, second.head])).toEqual([]);
});

test('a dropped month is no fault, and rows in it are', () => {
  const { rows, head } = makeChain(2);
  expect(faultsOf([], [{ ...head, retired: true }])).toEqual([]);
  expect(faultsOf(rows, [{ ...head, retired: true }])).toEqual(['head_differs 2']);
});

test('rows of a chain that was never begun are found, and so are rows that the walk cannot reach', () => {
  expect(faultsOf(makeChain(1).rows, [])).toEqual(['head_differs 1']);
  const walk = new ChainWalk(none);
  walk.end([], 3);
  expect(walk.faults.map((fault) => fault.message)).toEqual(['3 rows stand at times before 1970']);
});

test('a chain that an anchor knows and the database does not is missing, unless it was retired', () => {
  const heads = new Map([[`${month}/7`, new Map([[2, 'ab']])]]);
  expect(faultsOf([], [], { ...none, heads })).toEqual(['month_missing 0']);
  expect(faultsOf([], [], { heads, retired: new Set([month]) })).toEqual([]);
});

test('a month that is announced as dropped and still there is held against its anchor', () => {
  const { rows, head } = makeChain(3);
  const heads = new Map([[`${month}/7`, new Map([[3, head.hash]])]]);
  const anchors = { heads, retired: new Set([month]) };
  const [first] = rows;
  if (first === undefined) throw new Error('the chain is empty');
  expect(faultsOf(rows, [head], anchors)).toEqual([]);
  const cut = [{ ...head, seq: 1, hash: first.hash }];
  expect(faultsOf([first], cut, anchors)).toEqual(['anchor_differs 1']);
});
