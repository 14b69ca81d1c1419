import type { Box } from '#api/api-model.ts';
import type { ElementSize } from '#components/use-element-size.ts';
import type { Zoom } from './viewer-search.ts';

/** Size of a page in points. */
export interface PaperSize {
  width: number;
  height: number;
}

/** Where a page stands in the scrolled column, in CSS pixels. */
export interface PagePlace extends ElementSize {
  top: number;
}

export interface PageLayout extends ElementSize {
  places: readonly PagePlace[];
}

/** A point of the document that stays put when the layout changes. */
export interface ScrollAnchor {
  /** From 1. */
  page: number;
  /** How far down the page, as a part of its height; may lie in the gap below it. */
  fraction: number;
}

export const pageMargin = 16;
/** CSS pixels of one point at the printed size: 96 to an inch against 72. */
const pixelsPerPoint = 96 / 72;

/** CSS pixels of one point of a page. */
export function pageScale(paper: PaperSize, zoom: Zoom, view: ElementSize): number {
  if (typeof zoom === 'number') return (zoom / 100) * pixelsPerPoint;
  const byWidth = Math.max(80, view.width - 2 * pageMargin) / paper.width;
  if (zoom === 'width') return byWidth;
  return Math.min(byWidth, Math.max(80, view.height - 2 * pageMargin) / paper.height);
}

/** Puts all pages under each other. */
export function layoutPages(
  papers: readonly PaperSize[],
  zoom: Zoom,
  view: ElementSize,
): PageLayout {
  let top = pageMargin;
  let widest = 0;
  const places = papers.map((paper) => {
    const scale = pageScale(paper, zoom, view);
    // Whole pixels: an image on half a pixel is blurred.
    const width = Math.max(1, Math.round(paper.width * scale));
    const place = { top, width, height: Math.max(1, Math.round(paper.height * scale)) };
    top += place.height + pageMargin;
    widest = Math.max(widest, place.width);
    return place;
  });
  return { places, width: Math.max(view.width, widest + 2 * pageMargin), height: top };
}

/** Index of the page at a height, the gap below a page belonging to it; 0 when there is none. */
export function pageIndexAt(layout: PageLayout, y: number): number {
  let low = 0;
  let high = layout.places.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((layout.places[middle]?.top ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Indexes of the first and last page that touch a stretch of the column. */
export function pageRange(layout: PageLayout, top: number, bottom: number): [number, number] {
  return [pageIndexAt(layout, top), pageIndexAt(layout, bottom)];
}

export function anchorAt(layout: PageLayout, scrollTop: number): ScrollAnchor {
  const index = pageIndexAt(layout, scrollTop);
  const place = layout.places[index];
  if (!place) return { page: 1, fraction: 0 };
  return { page: index + 1, fraction: (scrollTop - place.top) / place.height };
}

export function scrollTopOf(layout: PageLayout, anchor: ScrollAnchor): number {
  const place = layout.places[Math.min(anchor.page, layout.places.length) - 1];
  return place ? place.top + anchor.fraction * place.height : 0;
}

/** Anchor of the top edge of a page with its margin above it. */
export function pageTop(layout: PageLayout, page: number): ScrollAnchor {
  const place = layout.places[page - 1];
  return { page, fraction: place ? -pageMargin / place.height : 0 };
}

/**
 * The page a reader looks at: the one at two fifths of the window, but the first or last at the
 * ends of the column, which short pages could otherwise never reach.
 */
export function pageInView(layout: PageLayout, scrollTop: number, viewHeight: number): number {
  if (scrollTop <= 1) return 1;
  if (scrollTop + viewHeight >= layout.height - 1) return layout.places.length;
  return pageIndexAt(layout, scrollTop + viewHeight * 0.4) + 1;
}

/** Scroll position that brings a box (fractions of its page) into view; null when it is already. */
export function scrollTopToShow(
  layout: PageLayout,
  page: number,
  box: Box,
  view: { scrollTop: number; height: number },
): number | null {
  const place = layout.places[page - 1];
  if (!place) return null;
  const top = place.top + box.y * place.height;
  const bottom = top + box.height * place.height;
  const edge = Math.min(60, view.height / 8);
  const isShown = top >= view.scrollTop + edge && bottom <= view.scrollTop + view.height - edge;
  return isShown ? null : Math.max(0, top - view.height / 3);
}
