import { expect, test } from 'vitest';
import {
  characterErrorRate,
  countWords,
  errorsByTenth,
  foldText,
  rankingPower,
  wordsOf,
} from './text-accuracy.ts';

test('marks and spaces that look alike are alike', () => {
  expect(foldText(' “state—of‑the-art”\n it’s ')).toBe('"state-of-the-art" it\'s');
});

test.for([
  ['harbour', 'harbour', 0],
  ['harbour', 'habour', 1 / 7],
  ['harbour', 'barbours', 2 / 7],
  ['ab', '', 1],
  ['', 'ab', 1],
  ['', '', 0],
] as const)('errors from "%s" to "%s"', ([truth, read, rate]) => {
  expect(characterErrorRate(truth, read)).toBeCloseTo(rate, 9);
});

test('a word of the truth counts once', () => {
  const counts = countWords(wordsOf('the cat and the dog'), wordsOf('the the the cat dig'));
  expect(counts).toEqual({ right: 3, truth: 5, read: 5 });
});

test('a confidence that tells every error has power 1, one that says nothing 0.5', () => {
  const words = (...pairs: [number, boolean][]) =>
    pairs.map(([confidence, right]) => ({ confidence, right }));
  expect(rankingPower(words([0.9, true], [0.8, true], [0.2, false]))).toBe(1);
  expect(rankingPower(words([0.1, true], [0.8, false]))).toBe(0);
  expect(rankingPower(words([0.5, true], [0.5, false], [0.5, true]))).toBe(0.5);
});

test('errors are counted by tenths of the words from the least sure on', () => {
  const words = Array.from({ length: 20 }, (_, at) => ({ confidence: at / 20, right: at >= 3 }));
  expect(errorsByTenth(words)).toEqual([1, 0.5, 0, 0, 0, 0, 0, 0, 0, 0]);
});
