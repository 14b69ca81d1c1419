import { expect, test } from 'vitest';
import { folderPath } from './folder-path.ts';

const folders = [
  { id: 'a', name: 'Shared', parentId: null },
  { id: 'b', name: 'Letters', parentId: 'a' },
  { id: 'c', name: '2026', parentId: 'b' },
];

test('the way leads from the shared folder down', () => {
  expect(folderPath(folders, 'c').map(({ name }) => name)).toEqual(['Shared', 'Letters', '2026']);
  expect(folderPath(folders, 'a').map(({ name }) => name)).toEqual(['Shared']);
  expect(folderPath(folders, 'elsewhere')).toEqual([]);
});

test('a ring of folders, which cannot be, is no endless way', () => {
  const ring = [
    { id: 'a', name: 'A', parentId: 'b' },
    { id: 'b', name: 'B', parentId: 'a' },
  ];
  expect(folderPath(ring, 'a').length).toBeLessThanOrEqual(2);
});
