import { expect, test } from 'vitest';
import { findBinding } from './key-binding.ts';
import { stepWidth } from './image-width.ts';
import {
  formatAgo,
  formatBytes,
  formatMilliseconds,
  formatPercent,
  formatSeconds,
} from './value-formats.ts';

test.each([
  [5, '5 bytes'],
  [5_418, '5 KiB'],
  [1_048_575, '1 MiB'],
  [1_562_768, '1.5 MiB'],
  [104_857_600, '100 MiB'],
])('%i bytes are written as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test('a percent never rounds up to full certainty', () => {
  expect(formatPercent(0.9999)).toBe('99 %');
  expect(formatPercent(1)).toBe('100 %');
  expect(formatPercent(0.796)).toBe('80 %');
});

test('spans of time use the unit a reader would', () => {
  expect(formatSeconds(0.2)).toBe('1 s');
  expect(formatSeconds(90)).toBe('2 min');
  expect(formatSeconds(4_800)).toBe('1 h 20 min');
  expect(formatMilliseconds(350.4)).toBe('350 ms');
  expect(formatMilliseconds(4_905)).toBe('4.9 s');
});

test('how long ago is told in words up to a week', () => {
  const now = new Date('2026-11-20T12:00:00Z');
  expect(formatAgo('2026-11-20T11:59:50Z', now)).toBe('now');
  expect(formatAgo('2026-11-20T11:58:00Z', now)).toBe('2 minutes ago');
  expect(formatAgo('2026-11-19T12:00:00Z', now)).toBe('yesterday');
  expect(formatAgo('2026-01-05T12:00:00Z', now)).toBe('Jan 5, 2026');
});

test('an image is asked for in a step that is never too small', () => {
  expect(stepWidth(784, 1)).toBe(960);
  expect(stepWidth(784, 2)).toBe(1_920);
  expect(stepWidth(5_000, 2)).toBe(3_000);
});

const bind = (label: 'keys.back' | 'keys.find') => ({ keys: ['f'], label, run: () => {} });

test('the last scope wins and keys with a modifier are left to the browser', () => {
  const key = { key: 'f', ctrlKey: false, metaKey: false, altKey: false };
  const scopes = [[bind('keys.back')], [bind('keys.find')]];
  expect(findBinding(scopes, key)?.label).toBe('keys.find');
  expect(findBinding(scopes, { ...key, ctrlKey: true })).toBeUndefined();
  expect(findBinding(scopes, { ...key, key: 'x' })).toBeUndefined();
});
