import { expect, test } from 'vitest';
import { limitTexts, limitsOf } from './limit-fields.ts';

test('limits are typed in the units people think in, and come back as they were', () => {
  const limits = { pagesPerMonth: 500, storedBytes: 1.5 * 1024 ** 3, rates: { read: 'off' } };
  const texts = limitTexts(limits);
  expect(texts).toEqual({ pagesPerMonth: '500', storedBytes: '1.5', queriesPerDay: '' });
  expect(limitsOf(texts, limits)).toEqual(limits);
});

test('an emptied field gives the limit back to the server, and nonsense changes nothing', () => {
  const before = { pagesPerMonth: 500, queriesPerDay: 10 };
  const texts = { pagesPerMonth: ' ', storedBytes: '0,5', queriesPerDay: 'many' };
  expect(limitsOf(texts, before)).toEqual({ storedBytes: 0.5 * 1024 ** 3, queriesPerDay: 10 });
});
