import { expect, test } from 'vitest';
import { againstPeer, isSkipped, plainFigure, underLimit } from './figure.ts';

test('a figure against a peer is judged by its ratio', () => {
  const peer = { against: 'pdftotext', reference: 100, atLeast: 0.6 };
  expect(againstPeer('text', 'pages/s', { value: 60, ...peer })).toMatchObject({
    ratio: 0.6,
    bar: '>= 0.6 x',
    ok: true,
  });
  expect(againstPeer('text', 'pages/s', { value: 59, ...peer }).ok).toBe(false);
});

test('a figure under a limit is judged by the limit, whatever it is compared with', () => {
  expect(underLimit('start', 's', 2.9, 3)).toMatchObject({ reference: 3, bar: '< 3 s', ok: true });
  expect(underLimit('start', 's', 3, 3).ok).toBe(false);
  const peer = { against: '1 page', reference: 100 };
  expect(underLimit('first', 'ms', 200, 300, peer)).toMatchObject({ ratio: 2, ok: true });
});

test('a figure without a bar never falls short', () => {
  expect(plainFigure('memory', 'MB', 10).ok).toBe(true);
});

test('a skipped row is told from a figure', () => {
  expect(isSkipped({ name: 'ocr', skipped: 'no tesseract' })).toBe(true);
  expect(isSkipped(plainFigure('memory', 'MB', 10))).toBe(false);
});
