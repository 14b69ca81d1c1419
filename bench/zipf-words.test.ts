import { expect, test } from 'vitest';
import { drawRanks, wordOfRank } from './zipf-words.ts';

test('no two of the first 30,000 words are alike', () => {
  expect(new Set(Array.from({ length: 30_000 }, (_, rank) => wordOfRank(rank))).size).toBe(30_000);
});

test('the second word comes about half as often as the first, and no rank is out of bounds', () => {
  const draw = drawRanks(1, 1_000);
  const counts = new Map<number, number>();
  for (let turn = 0; turn < 100_000; turn++) {
    const rank = draw();
    counts.set(rank, (counts.get(rank) ?? 0) + 1);
  }
  expect(Math.min(...counts.keys())).toBe(0);
  expect(Math.max(...counts.keys())).toBeLessThan(1_000);
  const share = (counts.get(1) ?? 0) / (counts.get(0) ?? 1);
  expect(share).toBeGreaterThan(0.5);
  expect(share).toBeLessThan(0.68);
});
