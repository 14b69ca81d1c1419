import { expect, test } from 'vitest';
import { judgeToken } from './word-plausibility.ts';

const plausible = {
  letters: [
    'the',
    'Rechtsschutz',
    'naïve',
    'O’Brien',
    'well-known',
    'NATO',
    'PDFs',
    'McDonald',
    'iPhone',
    '(word),',
    'a',
    'I',
    'J.',
    'и',
    'Москва',
    '日本語',
    'e.g.',
    'and/or',
    'rhythm',
    'www.example.org',
    'ÉTÉ',
  ],
  digits: [
    '12',
    '1,234.56',
    '-3.5%',
    '€12.00',
    '12–15',
    '2024-01-31',
    '31/1/24',
    '9:05',
    '08:30-09:15',
    '5pm',
    '1st',
    '1990s',
    '10kg',
    '5mm²',
    'A4',
    'ISO9001',
    'B-17/3',
    'H2O',
    'figure2',
    '(1)',
    '[12]',
    '1.',
    'a1@b.org',
    '½',
    'v1.2.3',
    '3.14.',
  ],
  symbols: ['-', '•', '&', '...', '(', '—', '%'],
};
const debris = {
  letters: ['tlhc', 'wOrd', 'bbbb', 'xzqwrtpsdfg', 'aBcD', 'mixиm'],
  digits: ['2O19', '1l5', 'q9z!x', '4~;7'],
  symbols: ['|', '~|', '_—|', '¬¢'],
};

test.each(Object.entries(plausible))('%s that people print are plausible', (kind, tokens) => {
  const wrong = tokens.filter(
    (token) => !judgeToken(token).plausible || judgeToken(token).kind !== kind,
  );
  expect(wrong).toEqual([]);
});

test.each(Object.entries(debris))('%s of recognition debris are not', (kind, tokens) => {
  const wrong = tokens.filter(
    (token) => judgeToken(token).plausible || judgeToken(token).kind !== kind,
  );
  expect(wrong).toEqual([]);
});
