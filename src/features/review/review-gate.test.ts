import { expect, test } from 'vitest';
import { type VersionId, type ZoneId, asId } from '#kernel/ids.ts';
import { defaultReviewSettings, gateOf, wishReviews } from './review-gate.ts';

const versionId = asId<VersionId>('v');
const zone = (id: string, pageNumber: number, confidence: number) => ({
  id: asId<ZoneId>(id),
  pageNumber,
  kind: 'text',
  content: id,
  confidence,
});
const page = (number: number, confidence: number, ...warnings: string[]) => ({
  number,
  confidence,
  warnings,
});

test.each([
  ['text', 0.8],
  ['heading', 0.8],
  ['handwriting', 0.8],
  ['table', 0.7],
  ['figure', 0.6],
  ['diagram', 0.6],
  ['image', 0.6],
])('the gate of %s is %d', (kind, gate) => {
  expect(gateOf(defaultReviewSettings.gates, kind)).toBe(gate);
});

test.each([
  ['nothing in doubt', [], [], []],
  ['one zone', [], [zone('a', 2, 0.7)], [[2, 'a', 2]]],
  ['two zones of a page', [], [zone('a', 2, 0.7), zone('b', 2, 0.75)], [[2, null, 2]]],
  ['a page without doubtful zones', [page(3, 0.6)], [], [[3, null, 2]]],
  ['a page and one zone of it', [page(3, 0.6)], [zone('a', 3, 0.4)], [[3, null, 3]]],
  [
    'two pages',
    [page(9, 0.3)],
    [zone('a', 2, 0.7)],
    [
      [2, 'a', 2],
      [9, null, 3],
    ],
  ],
])('%s: one question a page, about a zone when it is only one', (_, pages, zones, expected) => {
  const wishes = wishReviews(versionId, pages, zones);
  expect(wishes.map((wish) => [wish.pageNumber, wish.zoneId, wish.priority])).toEqual(expected);
});

test('a page that could not be read says so', () => {
  const [wish] = wishReviews(versionId, [page(1, 0, 'page_unreadable')], []);
  expect(wish).toMatchObject({ reason: 'validation_failed', priority: 3 });
});
