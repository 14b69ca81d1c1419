import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ListedFolder } from '#api/api-model.ts';
import { type Branches, stepOfKey, treeRows } from './tree-rows.ts';

function folder(id: string, folderCount = 0): ListedFolder {
  return {
    id,
    name: id.toUpperCase(),
    parentId: null,
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
    deletedAt: null,
    folderCount,
    documentCount: 0,
  };
}

const branches: Branches = {
  home: { items: [folder('a', 2), folder('b'), folder('c', 1)], nextCursor: null },
  a: { items: [folder('a1', 1), folder('a2')], nextCursor: 'next' },
};

const shown = (...expanded: string[]) => treeRows(branches, new Set(expanded));
const ids = (...expanded: string[]) => shown(...expanded).map(({ id }) => id);

test('only what is expanded is shown, and what is not read yet has a row of its own', () => {
  expect(ids()).toEqual(['home']);
  expect(ids('home')).toEqual(['home', 'a', 'b', 'c']);
  expect(ids('a')).toEqual(['home']);
  expect(ids('home', 'a')).toEqual(['home', 'a', 'a1', 'a2', 'more:a', 'b', 'c']);
  expect(ids('home', 'c')).toEqual(['home', 'a', 'b', 'c', 'more:c']);
});

test('levels, places and what can be expanded are told', () => {
  const rows = shown('home', 'a');
  expect(rows[1]).toMatchObject({ level: 2, position: 1, neighbours: 3, isExpanded: true });
  expect(rows[3]).toMatchObject({ level: 3, position: 2, neighbours: -1, isExpanded: null });
  expect(rows[2]).toMatchObject({ level: 3, parent: 'a', isExpanded: false });
});

test.each([
  ['ArrowDown', 'home', 'go a'],
  ['ArrowUp', 'home', null],
  ['End', 'home', 'go c'],
  ['Home', 'c', 'go home'],
  ['ArrowRight', 'c', 'expand c'],
  ['ArrowRight', 'a', 'go a1'],
  ['ArrowRight', 'b', null],
  ['ArrowRight', 'more:a', null],
  ['ArrowLeft', 'a', 'collapse a'],
  ['ArrowLeft', 'a2', 'go a'],
  ['ArrowLeft', 'more:a', 'go a'],
  ['ArrowLeft', 'b', 'go home'],
  ['a', 'home', 'go a'],
  ['a', 'a', 'go a1'],
  ['A', 'a2', 'go a'],
  ['b', 'b', null],
  ['x', 'home', null],
  ['Tab', 'home', null],
])('%s on %s does %s', (key, at, expected) => {
  const rows = shown('home', 'a');
  const step = stepOfKey(
    rows,
    rows.findIndex(({ id }) => id === at),
    key,
  );
  const told =
    step === null
      ? null
      : step.kind === 'go'
        ? `go ${rows[step.to]?.id}`
        : `${step.kind} ${step.id}`;
  expect(told).toBe(expected);
});

test('no key leads out of the tree', () => {
  const keys = ['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'a', 'c'];
  fc.assert(
    fc.property(
      fc.subarray(['home', 'a', 'c']),
      fc.constantFrom(...keys),
      fc.nat(8),
      (expanded, key, at) => {
        const rows = shown(...expanded);
        const step = stepOfKey(rows, at, key);
        if (step?.kind === 'go') expect(rows[step.to]).toBeDefined();
      },
    ),
  );
});
