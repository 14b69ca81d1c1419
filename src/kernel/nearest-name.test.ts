import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { nearestName } from './nearest-name.ts';

const names = ['DOCMILL_PORT', 'DOCMILL_HOST', 'DATABASE_URL', 'DATABASE_POOL_SIZE'];

test.each([
  ['DOCMILL_PROT', 'DOCMILL_PORT'],
  ['docmill_port', 'DOCMILL_PORT'],
  ['DOCMILL_HOSTS', 'DOCMILL_HOST'],
  ['DATABSE_URL', 'DATABASE_URL'],
  ['DATABASE_POOLSIZE', 'DATABASE_POOL_SIZE'],
  ['DOCMILLPORT', 'DOCMILL_PORT'],
])('%s was meant to be %s', (wanted, expected) => {
  expect(nearestName(wanted, names)).toBe(expected);
});

test.each(['', 'PATH', 'x', 'COMPLETELY_DIFFERENT_NAME'])('nothing is near to %j', (wanted) => {
  expect(nearestName(wanted, names)).toBeUndefined();
});

test('of two equally near names the first is taken, and of no names none', () => {
  expect(nearestName('bat', ['cat', 'hat'])).toBe('cat');
  expect(nearestName('bat', [])).toBeUndefined();
});

test('a name that is there is found, whatever stands beside it', () => {
  const list = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(list, fc.nat(), (known, index) => {
      const wanted = known[index % known.length] ?? '';
      expect(nearestName(wanted, known)?.toLowerCase()).toBe(wanted.toLowerCase());
    }),
  );
});

test('one letter left out, doubled or exchanged of a longer name is forgiven', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.nat(),
      fc.integer({ min: 0, max: 2 }),
      (name, at, how) => {
        const index = at % name.length;
        const middle = ['', name.slice(index, index + 1).repeat(2), '#'][how] ?? '';
        const typed = name.slice(0, index) + middle + name.slice(index + 1);
        expect(nearestName(typed, names)).toBe(name);
      },
    ),
  );
});
