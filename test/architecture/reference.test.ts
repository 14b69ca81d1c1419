import { expect, test } from 'vitest';

import { loadConfig, settings } from '#config.ts';
import { statusOf } from '#http/error-status.ts';
import { errorCodes } from '#kernel/error-codes.ts';

import { errorNotes } from '../../scripts/reference/error-notes.ts';
import { referenceFiles } from '../../scripts/reference/reference-files.ts';
import { readProjectFile } from './source-files.ts';

test.each([...referenceFiles()])('%s is what npm run generate writes', (file, text) => {
  expect(readProjectFile(file)).toBe(text);
});

test('every error code stands once in the list, has a status of an error, and a line in the manual', () => {
  expect(new Set(errorCodes).size).toBe(errorCodes.length);
  expect(Object.keys(statusOf).toSorted()).toEqual([...errorCodes].toSorted());
  expect(Object.values(statusOf).filter((status) => status < 400 || status > 599)).toEqual([]);
  const page = readProjectFile('docs/reference/errors.md');
  const lines = [...page.matchAll(/^\| `([\w.]+)` *\| (\d{3}) /gm)];
  expect(lines.map(([, code, status]) => [code, Number(status)])).toEqual(
    errorCodes.map((code) => [code, statusOf[code]]),
  );
});

test('what the manual says of an error are two whole sentences that are said of no other', () => {
  const notes = Object.values(errorNotes);
  const sentences = notes.flatMap(({ means, remedy }) => [means, remedy]);
  expect(sentences.filter((text) => !/^[A-Z`].{10,}\.$/s.test(text))).toEqual([]);
  expect(new Set(notes.map((note) => note.means)).size).toBe(notes.length);
});

test('every setting stands in .env.example and in the manual', () => {
  const names = Object.keys(settings);
  const example = [...readProjectFile('.env.example').matchAll(/^# ([A-Z0-9_]+)=/gm)];
  expect(example.map(([, name]) => name)).toEqual(names);
  const page = [...readProjectFile('docs/reference/settings.md').matchAll(/^\| `([A-Z0-9_]+)` /gm)];
  expect(page.map(([, name]) => name)).toEqual(names);
});

test('.env.example with all its lines switched on changes nothing', () => {
  const lines = [...readProjectFile('.env.example').matchAll(/^# ([A-Z0-9_]+)=(.*)$/gm)];
  const environment = Object.fromEntries(lines.map(([, name, value]) => [name ?? '', value]));
  expect(loadConfig(environment)).toEqual(loadConfig({}));
});
