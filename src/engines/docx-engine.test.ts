import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { silentLogger } from '#kernel/logger.ts';
import { describeFlowEngine } from '#test/conformance/flow-engine-suite.ts';
import { cell, makeDocx, paragraph, row, run, table } from '#test/support/make-docx.ts';
import { makeTemporaryFolder } from '#test/support/make-files.ts';
import { createDocxEngine } from './docx-engine.ts';

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const folder = makeTemporaryFolder();
const engine = createDocxEngine({ logger: silentLogger });
afterAll(async () => {
  await engine.close();
  folder.remove();
});

const fixtures = path.resolve(import.meta.dirname, '../../test/fixtures');
const pageEnd = '<w:r><w:br w:type="page"/></w:r>';

describeFlowEngine('docx', {
  open: (options) => createDocxEngine({ ...options, logger: silentLogger }),
  makeSamples(samples) {
    const body =
      paragraph(run('page one <tag> & more') + pageEnd) +
      paragraph(run('page two') + pageEnd) +
      paragraph('page three') +
      table([row([cell('a'), cell('b')]), row([cell('c'), cell('d')])]);
    const bytes = makeDocx({ body });
    return {
      threePages: samples.save('three.docx', bytes, docx),
      wrongType: samples.save('a.txt', Buffer.from('a'), 'text/plain'),
      broken: samples.save('cut.docx', bytes.subarray(0, bytes.length / 2), docx),
    };
  },
});

test('a bomb fails its file and not the engine', async () => {
  const bytes = Buffer.from(`<w:document>${' '.repeat(40 * 2 ** 20)}</w:document>`);
  const bomb = makeDocx({ body: '', more: [{ name: 'word/big.xml', bytes }], relations: '' });
  // A part that nothing points to is never unpacked.
  const unused = folder.save('unused.docx', bomb, docx);
  expect(await engine.inspect(unused)).toMatchObject({ pageCount: 1 });
  const styles = `<x>${' '.repeat(40 * 2 ** 20)}</x>`;
  const used = folder.save('used.docx', makeDocx({ body: '', styles }), docx);
  await expect(engine.inspect(used)).rejects.toMatchObject({ code: 'file.damaged' });
});

test('two thousand paragraphs of many words are read page by page', async () => {
  const body = Array.from({ length: 2_000 }, (_, at) =>
    paragraph(`Paragraph ${at} ${'word '.repeat(60)}`),
  );
  const file = folder.save('long.docx', makeDocx({ body: body.join('') }), docx);
  const { pageCount } = await engine.inspect(file);
  expect(pageCount).toBeGreaterThan(100);
  const pages = await engine.readPages(file, 1, pageCount);
  const words = pages.reduce((sum, page) => sum + page.words.length, 0);
  expect(words).toBe(2_000 * 62);
});

test('a file that LibreOffice saved is read with its headings, lists, spans and odd characters', async () => {
  const bytes = readFileSync(path.join(fixtures, 'harbour-rules.docx'));
  const [page] = await engine.readPages(folder.save('rules.docx', bytes, docx), 1, 1);
  const zones = page?.zones ?? [];
  const headings = zones.filter(({ kind }) => kind === 'heading');
  expect(headings.map(({ headingLevel, content }) => [headingLevel, content])).toEqual([
    [1, 'Harbour rules'],
    [2, 'What to bring'],
    [2, 'Fees'],
  ]);
  const fees = zones.find(({ kind }) => kind === 'table')?.table;
  const spans = fees?.cells.filter((one) => one.rowSpan > 1 || one.columnSpan > 1);
  expect(spans?.map(({ text, rowSpan, columnSpan }) => [text, rowSpan, columnSpan])).toEqual([
    ['Length', 2, 1],
    ['Fee in euro', 1, 2],
    ['Longer ships ask the office.', 1, 3],
  ]);
  expect(zones.map(({ content }) => content).join('\n')).toContain('with dates of birth');
  expect(zones.at(-1)?.content).toBe('Grüße – “quoted” text, ½ fee on Sundays.');
});
