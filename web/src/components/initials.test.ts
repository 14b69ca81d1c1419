import { expect, test } from 'vitest';
import { initialsOf } from './initials.ts';

test.each([
  ['Ada Rook', 'AR'],
  ['Ada Maria de la Rook', 'AR'],
  ['Ada', 'A'],
  ['élodie (Paris)', 'ÉP'],
  ['grace.hopper@example.org', 'GH'],
  ['7up@example.org', '7'],
  ['李小龙', '李'],
  ['𝒜𝒷', '𝒜'],
  ['@', '?'],
  ['', '?'],
])('%s is shortened to %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
