import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Word } from '#kernel/word.ts';
import type { DocumentType } from './document-type.ts';
import { findDocumentType } from './find-document-type.ts';
import type { PageSample } from './page-sample.ts';

// Pages nobody here made, by the words people wrote down for them, so that no recogniser comes between.
const data = path.resolve(import.meta.dirname, '../../../../shared/data');

/** How often each type is given to the files of a folder. */
function countTypes(
  folder: string,
  ending: string,
  read: (content: string) => PageSample,
): Map<DocumentType, number> {
  const counts = new Map<DocumentType, number>();
  for (const name of readdirSync(path.join(data, folder))) {
    if (!name.endsWith(ending)) continue;
    const page = read(readFileSync(path.join(data, folder, name), 'utf8'));
    const { type } = findDocumentType([page], 1);
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return counts;
}

function pageOf(width: number, height: number, words: readonly Word[]): PageSample {
  const text = words.map((word) => word.text).join(' ');
  return { number: 1, widthPt: width, heightPt: height, words: [...words], zones: [], text };
}

const boxSchema = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const formSchema = z.object({
  form: z.array(z.object({ words: z.array(z.object({ box: boxSchema, text: z.string() })) })),
});

function readForm(content: string): PageSample {
  const [width, height] = [766, 1000];
  const words = formSchema.parse(JSON.parse(content)).form.flatMap((entry) => entry.words);
  return pageOf(
    width,
    height,
    words
      .filter((word) => word.text.trim() !== '')
      .map(({ text, box: [left, top, right, bottom] }) => ({
        text,
        confidence: 1,
        x: left / width,
        y: top / height,
        width: (right - left) / width,
        height: (bottom - top) / height,
      })),
  );
}

/** A line a row: eight corners, then the text, which may hold commas. Words share its width by letters. */
function readReceipt(content: string): PageSample {
  const [width, height] = [600, 1200];
  const lines = content.split(/\r?\n/).flatMap((line) => {
    const cells = line.split(',');
    const [left, top, right, , , bottom] = cells.slice(0, 8).map(Number);
    const text = cells.slice(8).join(',');
    if (left === undefined || top === undefined || right === undefined || bottom === undefined) {
      return [];
    }
    return [...text.matchAll(/\S+/g)].map((match) => ({
      text: match[0],
      confidence: 1,
      x: (left + ((right - left) * match.index) / text.length) / width,
      y: top / height,
      width: ((right - left) * match[0].length) / text.length / width,
      height: (bottom - top) / height,
    }));
  });
  return pageOf(width, height, lines);
}

const absent = existsSync(data) ? false : `${data} is not here`;

test.skipIf(absent)(
  `seven of ten noisy forms are forms, and none another type${absent || ''}`,
  () => {
    const counts = countTypes('forms', '.json', readForm);
    expect(counts.get('form')).toBeGreaterThanOrEqual(7);
    expect((counts.get('form') ?? 0) + (counts.get('unknown') ?? 0)).toBe(10);
  },
);

test.skipIf(absent)(`all of ten till receipts are receipts ${absent || ''}`, () => {
  expect(countTypes('receipts', '.csv', readReceipt)).toEqual(
    new Map([['invoice_or_receipt', 10]]),
  );
});
