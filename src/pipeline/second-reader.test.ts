import { afterAll, expect, test } from 'vitest';
import { createEngines } from '#engines/create-engines.ts';
import { defaultEngineLimits } from '#engines/engine-limits.ts';
import { silentLogger } from '#kernel/logger.ts';
import { makeTemporaryFolder } from '#test/support/make-files.ts';
import { oddPdf } from '#test/support/raw-pdf.ts';
import { runPipeline } from './run-pipeline.ts';

const folder = makeTemporaryFolder();
afterAll(() => folder.remove());

test('a page that PDFium falls over is read by pdf.js, and says so', async () => {
  const form = {
    dictionary: '<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>>>',
    stream: Buffer.from('/X Do /X Do'),
  };
  const bytes = oddPdf({ resources: '/XObject<</X 5 0 R>>', content: '/X Do', more: [form] });
  const file = folder.save('self.pdf', bytes, 'application/pdf');
  const engines = await createEngines({
    limits: { ...defaultEngineLimits, memoryMb: 400 },
    ocr: 'wasm',
    concurrency: 1,
    logger: silentLogger,
  });
  const { pages, facts } = await runPipeline(file, { engines });
  await engines.close();
  expect(pages[0]).toMatchObject({
    text: 'Hello hostile world',
    warnings: ['second_reader'],
    tool: expect.stringMatching(/^pdf\.js \d/),
  });
  expect(pages[0]?.zones[0]?.tool).toBe(pages[0]?.tool);
  expect(facts.warnings).toContain('second_reader');
});
