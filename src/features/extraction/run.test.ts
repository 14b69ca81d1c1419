import { describe, expect, test } from 'vitest';
import { type RunWish, planRun } from './run.ts';

const pdf = { mediaType: 'application/pdf', pageCount: 45 } as const;
const picture = { mediaType: 'image/png', pageCount: 2 } as const;
const word = { mediaType: 'text/plain', pageCount: 3 } as const;

function rangesOf(wish: RunWish, version: Parameters<typeof planRun>[1] = pdf): string[] {
  const { items } = planRun(wish, version, 20);
  return (items ?? []).map((item) => `${item.stage} ${item.pageFrom}-${item.pageTo}`);
}

test('without stage and pages everything is done again, with the settings that were asked for', () => {
  const settings = { languages: ['deu'], forceOcr: true };
  expect(planRun({ settings }, pdf, 20)).toEqual({
    items: null,
    pagesPlanned: null,
    options: { settings },
  });
});

describe('pages', () => {
  test.each<[string, RunWish, Parameters<typeof planRun>[1], string[]]>([
    [
      'of a PDF are read as text, in ranges',
      { pages: { from: 5, to: 30 } },
      pdf,
      ['preprocess 5-24', 'preprocess 25-30'],
    ],
    [
      'read by force are recognised one by one',
      { pages: { from: 3, to: 4 }, settings: { forceOcr: true } },
      pdf,
      ['ocr 3-3', 'ocr 4-4'],
    ],
    ['of a picture are recognised', { pages: { from: 2, to: 2 } }, picture, ['ocr 2-2']],
    ['of a text file are read', { pages: { from: 1, to: 3 } }, word, ['preprocess 1-3']],
    ['of a stage alone are all pages', { stage: 'ocr' }, picture, ['ocr 1-1', 'ocr 2-2']],
  ])('%s', (_, wish, version, expected) => {
    expect(rangesOf(wish, version)).toEqual(expected);
  });

  test('that do not exist are refused', () => {
    const code = 'page.not_found';
    expect(() => planRun({ pages: { from: 45, to: 46 } }, pdf, 20)).toThrow(
      expect.objectContaining({ code }),
    );
    expect(() => planRun({ pages: { from: 3, to: 2 } }, pdf, 20)).toThrow(
      expect.objectContaining({ code }),
    );
  });

  test('that are not counted yet cannot be chosen', () => {
    const unread = { ...pdf, pageCount: null };
    expect(() => planRun({ pages: { from: 1, to: 1 } }, unread, 20)).toThrow(
      expect.objectContaining({ code: 'document.not_ready' }),
    );
  });
});

test('validating again reads no page', () => {
  const plan = planRun({ stage: 'validate' }, pdf, 20);
  expect(plan).toMatchObject({
    items: [{ stage: 'validate', pageFrom: 1, pageTo: 45 }],
    pagesPlanned: 0,
  });
});

test.each([
  ['a text layer of a picture', { stage: 'preprocess' as const }, picture],
  ['recognition of a text file', { stage: 'ocr' as const }, word],
])('%s is refused', (_, wish, version) => {
  expect(() => planRun(wish, version, 20)).toThrow(
    expect.objectContaining({ code: 'run.invalid' }),
  );
});
