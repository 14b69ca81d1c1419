import { afterAll, describe, expect, test } from 'vitest';
import { paragraph, makeDocx } from '#test/support/make-docx.ts';
import { oddPdf } from '#test/support/raw-pdf.ts';
import { hostilePackages } from './hostile-packages.ts';
import { hostilePdfs } from './hostile-pdfs.ts';
import { hostilePictures } from './hostile-pictures.ts';
import { openHostileSite } from './hostile-site.ts';

const site = await openHostileSite();
afterAll(async () => {
  expect(await site.close()).toEqual([]);
});

const inputs = [...hostilePdfs(site.port), ...hostilePictures, ...hostilePackages(site.port)];

describe('a hostile file is read, read with a warning, failed with a reason or refused:', () => {
  test.for(inputs)('$name', async ({ fileName, make, expected, code, says }) => {
    const result = await site.read(fileName, await make());
    expect(result.wrongs).toEqual([]);
    expect(expected, result.detail).toContain(result.outcome);
    if (code !== undefined) expect(result.detail).toBe(code);
    const wasRead = result.outcome === 'read' || result.outcome === 'warned';
    if (says !== undefined && wasRead) expect(result.text).toContain(says);
  });
});

test('after all of them good files are read as before', async () => {
  const pdf = await site.read('good.pdf', oddPdf());
  expect(pdf).toMatchObject({ outcome: 'read', text: 'Hello hostile world', wrongs: [] });
  const docx = await site.read('good.docx', makeDocx({ body: paragraph('still here') }));
  expect(docx).toMatchObject({ outcome: 'read', text: 'still here', wrongs: [] });
});
