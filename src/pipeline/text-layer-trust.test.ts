import { expect, test } from 'vitest';
import type { TextLayerPage } from '#engines/page-engine.ts';
import { setLine, textLayerPage } from './sample-words.ts';
import { trustTextLayer, unmappedShare } from './text-layer-trust.ts';

const sentence =
  'The quick brown fox jumps over the lazy dog and goes on to tell his friends about it';
const prose = [0, 1].flatMap((row) => setLine({ text: sentence, left: 40, top: 100 + row * 12 }));
const debris = setLine({
  text: 'tlhc qvck brwn fxx jmps ovcr thc lzy dqg xxxq zzz qrst bcdf ghjk lmnp qrst vwxz bcdf ghjk lmnp vvvv bcdf ghjk lmnp vvvv bcdf ghjk',
  left: 10,
  top: 100,
});
const privateUse = setLine({ text: '\ue001\ue002\ue003 \ue004\ue005 word', left: 40, top: 100 });

test.each<[string, Partial<TextLayerPage>, boolean, string]>([
  ['ordinary text', { words: prose }, true, 'ok'],
  ['ordinary text beside a picture', { words: prose, imageCoverage: 0.4 }, true, 'ok'],
  ['text around a large picture', { words: prose, imageCoverage: 0.7 }, true, 'ok'],
  ['a page that could not be opened', { words: [], unreadable: 'bad stream' }, false, 'unreadable'],
  ['no words', { words: [] }, false, 'no_text'],
  ['a picture without words', { words: [], imageCoverage: 1 }, false, 'no_text'],
  ['a few unmapped bullets', { words: prose, unmappedCharacters: 3 }, true, 'ok'],
  [
    'many unmapped characters',
    { words: prose, unmappedCharacters: 60 },
    false,
    'unmapped_characters',
  ],
  ['glyphs in private-use characters', { words: privateUse }, false, 'unmapped_characters'],
  [
    'a scan with good hidden text',
    { words: prose, imageCoverage: 1 },
    true,
    'image_page_with_hidden_text',
  ],
  [
    'a scan with bad hidden text',
    { words: debris, imageCoverage: 1 },
    false,
    'implausible_hidden_text',
  ],
  [
    'a scan with a stamp',
    { words: setLine({ text: 'Page 3 of 7', left: 40, top: 800 }), imageCoverage: 1 },
    false,
    'sparse_text_on_image',
  ],
  [
    'a short page without pictures',
    { words: setLine({ text: 'Page 3 of 7', left: 40, top: 800 }) },
    true,
    'ok',
  ],
])('%s', (_name, page, trusted, reason) => {
  expect(trustTextLayer(textLayerPage(page.words ?? [], page))).toEqual({ trusted, reason });
});

test('the unmapped share counts what the file states and what it maps to nowhere', () => {
  expect(unmappedShare(textLayerPage(prose))).toBe(0);
  expect(unmappedShare(textLayerPage(privateUse))).toBeCloseTo(5 / 9);
  expect(unmappedShare(textLayerPage([], { characters: 0 }))).toBe(0);
});
