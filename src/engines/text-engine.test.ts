import { afterAll, expect, test } from 'vitest';
import { silentLogger } from '#kernel/logger.ts';
import { describeFlowEngine } from '#test/conformance/flow-engine-suite.ts';
import { makeTemporaryFolder } from '#test/support/make-files.ts';
import { createTextEngine } from './text-engine.ts';

const folder = makeTemporaryFolder();
const engine = createTextEngine({ logger: silentLogger });
afterAll(async () => {
  await engine.close();
  folder.remove();
});

describeFlowEngine('text', {
  open: (options) => createTextEngine({ ...options, logger: silentLogger }),
  makeSamples(samples) {
    const text =
      'page one <tag> & more\n\fpage two\n\fpage three\n\n| a | b |\n|---|---|\n| c | d |\n';
    return {
      threePages: samples.save('three.md', Buffer.from(text), 'text/markdown'),
      wrongType: samples.save('a.pdf', Buffer.from('%PDF-1.7'), 'application/pdf'),
      broken: undefined,
    };
  },
});

test('the same bytes are another document as another kind of text', async () => {
  const bytes = Buffer.from('# One\n\na,b\n');
  const kindOf = async (mediaType: 'text/plain' | 'text/markdown' | 'text/csv') => {
    const [page] = await engine.readPages(folder.save('same', bytes, mediaType), 1, 1);
    return page?.zones.map((zone) => zone.kind);
  };
  expect(await kindOf('text/plain')).toEqual(['text', 'text']);
  expect(await kindOf('text/markdown')).toEqual(['heading', 'text']);
  expect(await kindOf('text/csv')).toEqual(['table']);
});

test('a text above the limit is refused with what to do', async () => {
  const file = folder.save('long.txt', Buffer.alloc(33 * 2 ** 20, 'a '), 'text/plain');
  await expect(engine.inspect(file)).rejects.toMatchObject({ code: 'file.too_many_pages' });
});
