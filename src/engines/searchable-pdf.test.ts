import { readFileSync, statSync } from 'node:fs';
import { PDFDocument } from '@cantoo/pdf-lib';
import { afterAll, expect, test } from 'vitest';
import { silentLogger } from '#kernel/logger.ts';
import { makePdf } from '#test/support/make-files.ts';
import {
  each,
  openWorkshop,
  textPage,
  type TextPage,
  wordGrid,
} from '#test/support/searchable-workshop.ts';
import { defaultEngineLimits } from './engine-limits.ts';
import { createSearchablePdfEngine } from './searchable-pdf.ts';

const workshop = openWorkshop();
afterAll(() => workshop.close());

test('the same input gives the same bytes', async () => {
  const bytes = await makePdf([{ width: 480, height: 640 }]);
  const file = workshop.folder.save('same.pdf', bytes, 'application/pdf');
  const [one, other] = [
    await workshop.compose(file, [textPage(1, wordGrid)]),
    await workshop.compose(file, [textPage(1, wordGrid)]),
  ];
  expect(one.bytes.equals(other.bytes)).toBe(true);
});

test('a PDF that lacks no text goes out as it came, even one that nobody can parse', async () => {
  const file = workshop.folder.save('odd.pdf', Buffer.from('%PDF-1.4 nothing'), 'application/pdf');
  const made = await workshop.compose(file, []);
  expect(made.bytes.toString()).toBe('%PDF-1.4 nothing');
});

test('what cannot carry words is refused before the first byte, and says why', async () => {
  const pages = [textPage(1, [['word']])];
  const save = (name: string, bytes: Uint8Array) =>
    workshop.folder.save(name, bytes, 'application/pdf');
  const document = await PDFDocument.create();
  document.addPage([480, 640]);
  document.encrypt({ userPassword: '', ownerPassword: 'secret' });
  const locked = save('locked.pdf', await document.save());
  await expect(workshop.compose(locked, pages)).rejects.toMatchObject({
    code: 'file.text_not_addable',
    details: { reason: 'protected' },
  });
  const small = save('small.pdf', await makePdf([{ width: 100, height: 100 }]));
  await expect(workshop.compose(small, pages)).rejects.toMatchObject({
    details: { reason: 'damaged' },
  });
  await expect(workshop.compose(small, pages, 2)).rejects.toMatchObject({
    details: { reason: 'damaged' },
  });
  const nonsense = save('nonsense.pdf', Buffer.from('%PDF-1.7 x'));
  await expect(workshop.compose(nonsense, pages)).rejects.toMatchObject({
    details: { reason: 'damaged' },
  });
  const cut = workshop.folder.save(
    'cut.png',
    readFileSync(small.path).subarray(0, 40),
    'image/png',
  );
  await expect(workshop.compose(cut, pages)).rejects.toMatchObject({
    details: { reason: 'damaged' },
  });
});

test('a PDF larger than a child may hold is refused', async () => {
  const limits = { ...defaultEngineLimits, memoryMb: 1 };
  const tight = createSearchablePdfEngine({ limits, logger: silentLogger });
  const bytes = Buffer.concat([
    await makePdf([{ width: 480, height: 640 }]),
    Buffer.alloc(400_000, 10),
  ]);
  const file = workshop.folder.save('large.pdf', bytes, 'application/pdf');
  expect(statSync(file.path).size).toBeGreaterThan(0.3 * 1024 * 1024);
  const page = textPage(1, [['word']]);
  const composed = tight.compose({
    file,
    title: '',
    pageCount: 1,
    recognised: [page],
    pages: each([page]),
  });
  await expect(composed).rejects.toMatchObject({ details: { reason: 'too_large' } });
  await tight.close();
});

test('whoever stops early leaves nothing open', async () => {
  const bytes = await makePdf([{ width: 480, height: 640 }]);
  const file = workshop.folder.save('stopped.pdf', bytes, 'application/pdf');
  const page = textPage(1, [['word']]);
  let isEnded = false;
  async function* pages(): AsyncGenerator<TextPage> {
    try {
      yield page;
    } finally {
      isEnded = true;
    }
  }
  const pieces = await workshop.engine.compose({
    file,
    title: '',
    pageCount: 1,
    recognised: [page],
    pages: pages(),
  });
  const iterator = pieces[Symbol.asyncIterator]();
  await iterator.next();
  await iterator.next();
  await iterator.next();
  await iterator.return?.();
  expect(isEnded).toBe(true);
  expect(await iterator.next()).toEqual({ done: true, value: undefined });
  const aborted = AbortSignal.abort();
  const composed = workshop.engine.compose(
    { file, title: '', pageCount: 1, recognised: [page], pages: each([page]) },
    { signal: aborted },
  );
  await expect(composed).rejects.toMatchObject({ code: 'job.cancelled' });
});
