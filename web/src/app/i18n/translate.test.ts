import { expect, test } from 'vitest';
import account from './en-account.json' with { type: 'json' };
import en from './en.json' with { type: 'json' };
import { createTexts } from './translate.ts';

const { t, add } = createTexts('en');
add(en);

test('a text is found by its path and its places are filled', () => {
  expect(t('actions.close')).toBe('Close');
  expect(t('errors.request', { id: 'a $& b' })).toBe('Request a $& b');
  expect(t('viewer.pageOf', { total: 3 })).toBe('of 3');
});

test('a count chooses the form, and is written where the text says', () => {
  expect(t('library.pages', { count: 1 })).toBe('1 page');
  expect(t('library.pages', { count: 0 })).toBe('0 pages');
  expect(t('library.pages', { count: 2 })).toBe('2 pages');
});

test('a place without a value stays to be seen, and so does a key without a text', () => {
  expect(t('viewer.pageOf', { other: 3 })).toBe('of {{total}}');
  expect(createTexts('en').t('actions.close')).toBe('actions.close');
});

test('a text from a user is never read as a place', () => {
  expect(t('library.deleted', { title: '{{title}} {{x}}' })).toContain('{{title}} {{x}}');
});

test('texts of the two files do not stand in each other’s way', () => {
  expect(Object.keys(account).filter((name) => name in en)).toEqual([]);
  const both = createTexts('en');
  both.add(en);
  both.add(account);
  expect(both.t('auth.signIn')).toBe('Sign in');
  expect(both.t('actions.close')).toBe('Close');
});
