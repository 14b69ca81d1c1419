import { expect, test } from 'vitest';
import { factsOfDocument, type PageFacts } from './document-facts.ts';
import { setPage } from './document-type/set-page.ts';

const page = (number: number, more: Partial<PageFacts> = {}): PageFacts => ({
  number,
  confidence: 1,
  textSource: 'text_layer',
  wordCount: 100,
  warnings: [],
  headings: [],
  ...more,
});

test('a complete reading has no warnings', () => {
  const facts = factsOfDocument(
    2,
    {},
    [page(2), page(1, { confidence: 0.9, textSource: 'local_ocr' })],
    [],
  );
  expect(facts).toMatchObject({
    missingPages: [],
    pagesWithoutText: [],
    pagesByTextSource: { text_layer: 1, local_ocr: 1 },
    wordCount: 200,
    weakestPage: { number: 1, confidence: 0.9 },
    warnings: [],
  });
  expect(facts.confidence).toBeCloseTo(0.95);
});

test('missing, unreadable and empty pages are named', () => {
  const facts = factsOfDocument(
    5,
    {},
    [
      page(1),
      page(3, { wordCount: 0, confidence: 0, warnings: ['page_unreadable'] }),
      page(5, { wordCount: 0, warnings: ['blank_page'] }),
    ],
    [],
  );
  expect(facts.missingPages).toEqual([2, 4]);
  expect(facts.unreadablePages).toEqual([3]);
  expect(facts.pagesWithoutText).toEqual([3, 5]);
  expect(facts.warnings).toEqual(['pages_missing', 'pages_unreadable', 'pages_without_text']);
  expect(facts.confidence).toBe(0.5);
});

test.each([
  ['only blank pages', [page(1, { wordCount: 0, warnings: ['blank_page'] })], 1],
  ['no pages', [], 0],
])('the confidence of a document of %s', (_name, pages, confidence) => {
  expect(factsOfDocument(1, {}, pages, []).confidence).toBe(confidence);
});

const headings = [
  { level: 3, text: 'Draft of May' },
  { level: 1, text: 'The great\nreport' },
];

test.each([
  ['the title of the file', { title: '  Annual\nreport ' }, headings, 'Annual report'],
  ['the largest heading when the file has none', {}, headings, 'The great report'],
  [
    'the largest heading instead of a file name',
    { title: 'report_final2.docx' },
    headings,
    'The great report',
  ],
  [
    'the largest heading instead of a default',
    { title: 'Microsoft Word - letter' },
    headings,
    'The great report',
  ],
  ['nothing when nothing is known', { title: 'untitled' }, [], undefined],
])('the title suggestion is %s', (_name, metadata, found, title) => {
  const facts = factsOfDocument(1, metadata, [page(1, { headings: found })], []);
  expect(facts.titleSuggestion).toBe(title);
});

test('a title is cut at 255 characters and never inside a character', () => {
  const { titleSuggestion } = factsOfDocument(1, { title: `${'a'.repeat(254)}🙂b` }, [], []);
  expect(titleSuggestion).toBe('a'.repeat(254));
});

test('type and language come from the sampled pages, in whatever order they were read', () => {
  const first = setPage('Sehr geehrte Damen und Herren,\nwir haben Ihren Brief erhalten.', 1);
  const last = setPage('Mit freundlichen Grüßen', 2);
  const facts = factsOfDocument(2, {}, [page(1), page(2)], [last, first]);
  expect(facts.documentType).toMatchObject({ type: 'letter', score: 0.8 });
  expect(facts.language).toMatchObject({ code: 'de', script: 'Latn' });
});
