import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  anchorAt,
  layoutPages,
  pageInView,
  pageIndexAt,
  pageMargin,
  pageTop,
  scrollTopOf,
  scrollTopToShow,
} from './page-layout.ts';
import type { Zoom } from './viewer-search.ts';

const view = { width: 800, height: 600 };
const papers = fc.array(
  fc.record({
    width: fc.integer({ min: 50, max: 3000 }),
    height: fc.integer({ min: 50, max: 3000 }),
  }),
  { minLength: 1, maxLength: 60 },
);
const zoom: fc.Arbitrary<Zoom> = fc.oneof(
  fc.constantFrom<Zoom>('width', 'page'),
  fc.integer({ min: 10, max: 500 }),
);

test('pages follow each other without overlap and the column ends below the last', () => {
  fc.assert(
    fc.property(papers, zoom, (sizes, wanted) => {
      const layout = layoutPages(sizes, wanted, view);
      let end = 0;
      for (const place of layout.places) {
        expect(place.top).toBe(end + pageMargin);
        end = place.top + place.height;
      }
      expect(layout.height).toBe(end + pageMargin);
    }),
  );
});

test('fitting never makes a page wider, and fitting the page never higher, than the window', () => {
  fc.assert(
    fc.property(papers, (sizes) => {
      for (const place of layoutPages(sizes, 'width', view).places) {
        expect(place.width).toBe(view.width - 2 * pageMargin);
      }
      for (const place of layoutPages(sizes, 'page', view).places) {
        expect(place.width).toBeLessThanOrEqual(view.width - 2 * pageMargin);
        expect(place.height).toBeLessThanOrEqual(view.height - 2 * pageMargin);
      }
    }),
  );
});

test('an anchor leads back to the scroll position it was made from', () => {
  fc.assert(
    fc.property(papers, zoom, fc.double({ min: 0, max: 1, noNaN: true }), (sizes, wanted, part) => {
      const layout = layoutPages(sizes, wanted, view);
      const scrollTop = part * layout.height;
      expect(scrollTopOf(layout, anchorAt(layout, scrollTop))).toBeCloseTo(scrollTop, 6);
    }),
  );
});

test('an anchor names the same page after zooming', () => {
  fc.assert(
    fc.property(papers, zoom, zoom, fc.nat(59), (sizes, before, after, index) => {
      const page = Math.min(index, sizes.length - 1) + 1;
      const from = layoutPages(sizes, before, view);
      const anchor = anchorAt(from, (from.places[page - 1]?.top ?? 0) + 1);
      const to = layoutPages(sizes, after, view);
      expect(pageIndexAt(to, scrollTopOf(to, anchor)) + 1).toBe(page);
    }),
  );
});

test('the index of a height agrees with looking through all pages', () => {
  fc.assert(
    fc.property(papers, fc.integer({ min: -50, max: 100_000 }), (sizes, y) => {
      const layout = layoutPages(sizes, 'width', view);
      const edges = layout.places.flatMap(({ top }) => [top - 1, top]);
      for (const height of [y, ...edges]) {
        const found = layout.places.findLastIndex((place) => place.top <= height);
        expect(pageIndexAt(layout, height)).toBe(Math.max(0, found));
      }
    }),
  );
});

test('the first and the last page are in view at the ends, however short the pages are', () => {
  const layout = layoutPages(
    Array.from({ length: 40 }, () => ({ width: 800, height: 60 })),
    'width',
    view,
  );
  expect(pageInView(layout, 0, view.height)).toBe(1);
  expect(pageInView(layout, layout.height - view.height, view.height)).toBe(40);
});

test('the top of a page shows the margin above it', () => {
  const layout = layoutPages(
    [
      { width: 500, height: 500 },
      { width: 500, height: 500 },
    ],
    100,
    view,
  );
  expect(scrollTopOf(layout, pageTop(layout, 2))).toBeCloseTo(
    (layout.places[1]?.top ?? 0) - pageMargin,
  );
});

const box = (y: number) => ({ x: 0, y, width: 0.5, height: 0.01 });

test('a box in view does not scroll and one below does', () => {
  const layout = layoutPages([{ width: 600, height: 6000 }], 'width', view);
  expect(scrollTopToShow(layout, 1, box(0.03), { scrollTop: 0, height: 600 })).toBeNull();
  const top = scrollTopToShow(layout, 1, box(0.5), { scrollTop: 0, height: 600 });
  expect(top).toBeGreaterThan(3000);
});
