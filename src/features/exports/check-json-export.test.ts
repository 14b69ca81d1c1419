import { expect, test } from 'vitest';
import { writeJson } from '#pipeline/writers/json-writer.ts';
import { makeReading } from '#test/support/factories.ts';
import { checkJsonExport } from './check-json-export.ts';

async function* each<Item>(...items: Item[]): AsyncGenerator<Item> {
  yield* items;
}

async function made(): Promise<string> {
  const document = {
    title: 'T',
    pageCount: 2,
    mediaType: 'application/pdf',
    sha256: 'ab'.repeat(32),
    metadata: { title: 'a "quoted"\nline' },
    contents: null,
    settings: null,
  };
  const pages = each(makeReading(1, 'one\ntwo', 'three'), makeReading(2, 'four'));
  return (await Array.fromAsync(writeJson(document, pages))).join('');
}

async function checkOf(text: string, size = text.length) {
  const parts = Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  );
  const { pieces, check } = checkJsonExport(each(...parts));
  expect((await Array.fromAsync(pieces)).join('')).toBe(text);
  return check;
}

test('what the writer makes is valid, however it is cut into pieces', async () => {
  const text = await made();
  JSON.parse(text);
  for (const size of [text.length, 7, 1]) {
    expect(await checkOf(text, size)).toEqual({
      valid: true,
      schema: 'docmill/1',
      pages: 2,
      problems: [],
    });
  }
});

test.each([
  ['a confidence above 1', '"confidence":1,"warnings"', '"confidence":2,"warnings"', 'confidence'],
  ['a field nobody knows', '"rotation":0', '"rotation":0,"colour":"red"', 'colour'],
  ['a field that is missing', '"textSource":"text_layer",', '', 'textSource'],
  ['words that are not there', '"wordFrom":0,"wordTo":0', '"wordFrom":0,"wordTo":9', 'words'],
  ['another format', 'docmill/1', 'docmill/2', 'docmill/1'],
  ['a broken page', '"number":2,', '"number":2,,', 'not JSON'],
  ['no provenance', '"provenance"', '"origin"', 'provenance'],
])('%s is found, and the line is named', async (_, from, to, problem) => {
  const text = await made();
  expect(text).toContain(from);
  const check = await checkOf(text.replace(from, to));
  expect(check.valid).toBe(false);
  expect(check.problems.join('\n')).toContain(problem);
});
