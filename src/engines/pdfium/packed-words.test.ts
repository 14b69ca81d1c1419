import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { unpackPage, unreadablePage } from './packed-words.ts';
import { showBox, type PageGeometry } from './page-geometry.ts';
import { WordBuilder } from './word-builder.ts';

/** A page of 1 x 1 points whose origin is at the lower left. */
const unitPage: PageGeometry = {
  widthPt: 1,
  heightPt: 1,
  rotation: 0,
  toShown: [1, 0, 0, -1, 0, 1],
};

const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -2, max: 3 });
const box = fc.record({ left: finite, bottom: finite, right: finite, top: finite });

test('words go through packing as they are, with boxes inside the page', () => {
  const word = fc.record({
    codes: fc.array(fc.integer({ min: 0x21, max: 0x10ffff }), { minLength: 1, maxLength: 6 }),
    box,
    size: fc.float({ min: 1, max: 500, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(word, { maxLength: 600 }), (words) => {
      const builder = new WordBuilder(unitPage, 600 * 6);
      for (const { codes, box: place, size } of words) {
        builder.open(size, 400);
        for (const code of codes) builder.add(code);
        builder.cover(place.left, place.bottom, place.right, place.top);
        builder.close();
      }
      const page = unpackPage({ ...unreadablePage(7, ''), ...builder.finish() });
      expect(page.words.length).toBe(words.length);
      page.words.forEach((unpacked, index) => {
        const codes = words[index]?.codes ?? [];
        expect(unpacked.text).toBe(String.fromCodePoint(...codes).toWellFormed());
        expect(unpacked.x + unpacked.width).toBeLessThanOrEqual(1);
        expect(unpacked.y + unpacked.height).toBeLessThanOrEqual(1);
        expect(
          Math.min(unpacked.x, unpacked.y, unpacked.width, unpacked.height),
        ).toBeGreaterThanOrEqual(0);
      });
    }),
    { numRuns: 30 },
  );
});

test('a box is shown in order and inside the page, whatever its numbers are', () => {
  const anything = fc.double();
  const wild = fc.record({ left: anything, bottom: anything, right: anything, top: anything });
  fc.assert(
    fc.property(fc.oneof(box, wild), (place) => {
      const [left, top, right, bottom] = showBox(unitPage, place);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(1);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(bottom).toBeLessThanOrEqual(1);
      expect(left).toBeLessThanOrEqual(right);
      expect(top).toBeLessThanOrEqual(bottom);
    }),
  );
});

test('a reply of a wrong shape is refused', () => {
  expect(() => unpackPage({ number: 1 })).toThrow('malformed');
  expect(() => unpackPage(null)).toThrow('malformed');
});
