import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  accountSettingsChangeSchema,
  accountSettingsSchema,
  defaultAccountSettings,
} from './account-settings-schema.ts';
import { changeSettings, readSettings } from './account-settings-view.ts';

test('without a choice all is at its default, which the schema lets through', () => {
  expect(readSettings({})).toEqual(defaultAccountSettings);
  expect(accountSettingsSchema.parse(defaultAccountSettings)).toEqual(defaultAccountSettings);
});

test('a change leaves what it does not name', () => {
  const dark = changeSettings(defaultAccountSettings, { theme: 'dark' });
  const quiet = changeSettings(dark, { notifications: { documentFailed: false } });
  expect(quiet).toEqual({
    ...defaultAccountSettings,
    theme: 'dark',
    notifications: { ...defaultAccountSettings.notifications, documentFailed: false },
  });
});

test('whatever is stored is read as settings', () => {
  const stored = fc.dictionary(
    fc.oneof(
      fc.constantFrom('theme', 'language', 'firstWeekday', 'notifications', '__proto__'),
      fc.string(),
    ),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(stored, (settings) => {
      const read = readSettings(settings);
      expect(accountSettingsSchema.parse(read)).toEqual(read);
    }),
  );
});

test.each([
  { theme: 'pink' },
  { firstWeekday: 0 },
  { firstWeekday: 1.5 },
  { language: '<script>' },
  { notifications: { all: true } },
  { role: 'admin' },
])('%j is no change of settings', (change) => {
  expect(accountSettingsChangeSchema.safeParse(change).success).toBe(false);
});
