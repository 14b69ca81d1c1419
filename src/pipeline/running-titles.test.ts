import { expect, test } from 'vitest';
import { findRunningZones, type EdgeZone } from './running-titles.ts';

const head = (page: number, text: string, position = 1): EdgeZone => ({
  page,
  position,
  top: 0.04,
  bottom: 0.055,
  text,
});
const foot = (page: number, text: string, position = 9): EdgeZone => ({
  page,
  position,
  top: 0.95,
  bottom: 0.965,
  text,
});

test('what stands in the same place of pages near by is a header or footer, figures aside', () => {
  const zones = [1, 2, 3].flatMap((page) => [
    head(page, 'Annual Report'),
    foot(page, `Page ${page} of 3`),
  ]);
  expect(findRunningZones(zones)).toEqual(
    [1, 2, 3].flatMap((page) => [
      { page, position: 1, kind: 'header' },
      { page, position: 9, kind: 'footer' },
    ]),
  );
});

test('left and right pages may have headers of their own', () => {
  const zones = [1, 2, 3, 4].map((page) =>
    head(page, page % 2 === 0 ? 'The wheel' : 'Chapter two'),
  );
  expect(findRunningZones(zones)).toHaveLength(4);
});

test('what stands on one page only, or far away, is text', () => {
  expect(findRunningZones([head(1, 'Annual Report'), head(9, 'Annual Report')])).toEqual([]);
  expect(findRunningZones([head(1, 'One'), head(2, 'Two')])).toEqual([]);
});

test('bare numbers have to count on with the pages', () => {
  expect(findRunningZones([foot(4, '4'), foot(5, '5')])).toHaveLength(2);
  expect(findRunningZones([foot(4, '12'), foot(5, '12')])).toEqual([]);
});

test('a repeated line under one that does not repeat is no header', () => {
  const zones = [1, 2].flatMap((page) => [
    head(page, page === 1 ? 'A letter' : 'Its answer'),
    { ...head(page, 'Dear all', 2), top: 0.08, bottom: 0.1 },
  ]);
  expect(findRunningZones(zones)).toEqual([]);
});
