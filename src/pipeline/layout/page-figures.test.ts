import { expect, test } from 'vitest';
import { mapInk } from '../ink.ts';
import { drawRaster, letterBoxes } from '../fake-engines.ts';
import { setLine } from '../sample-words.ts';
import { figuresOfImages, figuresOfInk } from './page-figures.ts';

const words = setLine({ text: 'the mill by the river', left: 60, top: 100 });

test('an image cut into strips is one figure', () => {
  const strips = [0, 1, 2].map((strip) => ({
    x: 0.1,
    y: 0.3 + strip * 0.1,
    width: 0.5,
    height: 0.1,
  }));
  const [figure, ...more] = figuresOfImages(strips, words);
  expect(more).toEqual([]);
  expect(figure?.box.y).toBeCloseTo(0.3);
  expect(figure?.box.height).toBeCloseTo(0.3);
});

test('a logo, a background and a picture under text are no figures', () => {
  const covering = setLine({ text: 'the mill by the river', left: 70, top: 520, fontSizePt: 40 });
  const images = [
    { x: 0.8, y: 0.02, width: 0.08, height: 0.05 },
    { x: 0.1, y: 0.6, width: 0.8, height: 0.06 },
  ];
  expect(figuresOfImages(images, [...words, ...covering])).toEqual([]);
  expect(figuresOfImages([{ x: 0, y: 0, width: 1, height: 1 }], words)).toEqual([]);
});

test('a photograph on a scan is found by its ink, text and tables are not', () => {
  const photo = { x: 0.2, y: 0.4, width: 0.5, height: 0.25 };
  const ink = mapInk(drawRaster(100, [...letterBoxes(words), photo]));
  const [figure, ...more] = figuresOfInk(ink, words, []);
  expect(more).toEqual([]);
  expect(figure?.box.x).toBeCloseTo(0.2, 2);
  expect(figure?.box.height).toBeCloseTo(0.25, 2);
  expect(figuresOfInk(ink, words, [photo])).toEqual([]);
});
