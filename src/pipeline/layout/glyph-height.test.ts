import { expect, test } from 'vitest';
import { typeSizeOf } from './glyph-height.ts';

// Heights as a common sans-serif face draws them at 10 pt.
test.each([
  ['on', 5.2],
  ['Page', 9.3],
  ['of', 7.2],
  ['12', 7.1],
  ['page', 7.3],
  ['été', 7.2],
  ['文字', 8.8],
])('%s of a 10 pt face is told to be about 10 pt', (text, height) => {
  expect(typeSizeOf(text, height)).toBeGreaterThan(9);
  expect(typeSizeOf(text, height)).toBeLessThan(11);
});

test.each(['.', '—', '•', '...'])('%s tells nothing', (text) => {
  expect(typeSizeOf(text, 3)).toBe(0);
});
