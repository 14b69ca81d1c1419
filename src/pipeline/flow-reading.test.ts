import { afterAll, expect, test } from 'vitest';
import { createEngines } from '#engines/create-engines.ts';
import { defaultEngineLimits } from '#engines/engine-limits.ts';
import { silentLogger } from '#kernel/logger.ts';
import { makeTemporaryFolder } from '#test/support/make-files.ts';
import { runPipeline } from './run-pipeline.ts';
import { parseZoneData } from './zone-data.ts';

const folder = makeTemporaryFolder();
const engines = await createEngines({
  ocr: 'wasm',
  concurrency: 1,
  limits: defaultEngineLimits,
  logger: silentLogger,
});
afterAll(async () => {
  await engines.close();
  folder.remove();
});

test('a text file becomes a certain reading with its structure, whatever is asked of recognition', async () => {
  const text =
    '# The mill\n\nSome words.\n\n- one\n\n| a | b |\n|---|---|\n| c |  |\n\n\f\fThe end';
  const file = folder.save('mill.md', Buffer.from(text), 'text/markdown');
  const { pages, facts } = await runPipeline(file, { engines, settings: { forceOcr: true } });
  expect(facts).toMatchObject({
    pageCount: 3,
    missingPages: [],
    confidence: 1,
    pagesWithoutText: [2],
  });
  expect(facts.titleSuggestion).toBe('The mill');
  const [first, blank, last] = pages;
  expect(first?.zones.map((zone) => [zone.kind, zone.content])).toEqual([
    ['heading', 'The mill'],
    ['text', 'Some words.'],
    ['text', '• one'],
    ['table', 'a\tb\nc\t'],
  ]);
  expect(first?.text).toBe(first?.zones.map((zone) => zone.content).join('\n\n'));
  expect(first).toMatchObject({ textSource: 'text_layer', tool: 'docmill-text 1', confidence: 1 });
  for (const zone of first?.zones ?? []) expect(parseZoneData(zone.data)).toEqual(zone.data);
  expect(first?.zones[3]?.data?.cells?.[3]).toMatchObject({ row: 1, column: 1, text: '' });
  expect(blank).toMatchObject({ words: [], warnings: ['blank_page'] });
  expect(last?.text).toBe('The end');
});

test('characters that could not be decoded lower the confidence', async () => {
  const bytes = Buffer.concat([
    Buffer.from('ä'.repeat(60)),
    Buffer.from(' good \xff bad'.padEnd(9), 'latin1'),
  ]);
  const file = folder.save('flawed.txt', bytes, 'text/plain');
  const { pages } = await runPipeline(file, { engines });
  expect(pages[0]?.confidence).toBeLessThan(1);
  expect(pages[0]?.zones[0]?.confidence).toBeLessThan(1);
});

test('more pages than the setting allows are refused', async () => {
  const file = folder.save('pages.txt', Buffer.from('a\fb\fc'), 'text/plain');
  await expect(runPipeline(file, { engines, settings: { maxPages: 2 } })).rejects.toMatchObject({
    code: 'file.too_many_pages',
  });
});
