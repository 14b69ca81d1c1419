import { afterEach, expect, test } from 'vitest';
import { formatDay } from '#components/value-formats.ts';
import { chooseLocale, localeOf } from './locale.ts';

afterEach(() => chooseLocale('en'));

test.each([
  ['en', 'Jan 5, 2026'],
  ['en-GB', '5 Jan 2026'],
  ['en-CA', 'Jan 5, 2026'],
] as const)('who prefers %s reads %s', (locale, text) => {
  chooseLocale(locale);
  expect(formatDay('2026-01-05T12:00:00Z')).toBe(text);
});

test.each([['de-CH'], ['en-gb'], ['__proto__'], [null]])(
  '%s is read as English of no country',
  (language) => {
    expect(localeOf(language)).toBe('en');
  },
);
