import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Box } from '#api/api-model.ts';
import {
  type PageLayout,
  type ScrollAnchor,
  anchorAt,
  pageInView,
  pageRange,
  pageTop,
  scrollTopOf,
  scrollTopToShow,
} from './page-layout.ts';

export interface PageScroll {
  /** Indexes of the first and last page to have on screen. */
  range: readonly [number, number];
  onScroll: () => void;
  goToPage: (page: number) => void;
  /** Scrolls only if the box (fractions of the page) is not in view already. */
  showBox: (page: number, box: Box) => void;
}

/** After this long without scrolling the page in view is told; a flick through 500 pages is not. */
const settleMs = 120;

/**
 * Scrolling through a column of pages. What the reader looks at is kept as a point of the document
 * (page and part of it), so zooming, resizing and late page sizes do not move it.
 */
export function usePageScroll(
  scroller: RefObject<HTMLDivElement | null>,
  layout: PageLayout,
  firstPage: number,
  onPage: (page: number) => void,
): PageScroll {
  const anchor = useRef<ScrollAnchor | null>(null);
  const settle = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [range, setRange] = useState<readonly [number, number]>([firstPage - 1, firstPage - 1]);

  const showRange = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const { scrollTop, clientHeight } = element;
    const ahead = clientHeight * 0.75;
    const next = pageRange(layout, scrollTop - ahead, scrollTop + clientHeight + ahead);
    setRange((old) => (old[0] === next[0] && old[1] === next[1] ? old : next));
  }, [scroller, layout]);

  const moveTo = useCallback(
    (next: ScrollAnchor) => {
      anchor.current = next;
      if (scroller.current) scroller.current.scrollTop = scrollTopOf(layout, next);
      showRange();
    },
    [scroller, layout, showRange],
  );

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || layout.places.length === 0) return;
    moveTo(anchor.current ?? pageTop(layout, firstPage));
    element.scrollLeft = (layout.width - element.clientWidth) / 2;
    // Only a new layout moves the column; the first page is read once.
  }, [layout]);

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    anchor.current = anchorAt(layout, element.scrollTop);
    showRange();
    clearTimeout(settle.current);
    settle.current = setTimeout(() => {
      onPage(pageInView(layout, element.scrollTop, element.clientHeight));
    }, settleMs);
  }, [scroller, layout, showRange, onPage]);
  useEffect(() => () => clearTimeout(settle.current), []);

  const goToPage = useCallback((page: number) => moveTo(pageTop(layout, page)), [layout, moveTo]);
  const showBox = useCallback(
    (page: number, box: Box) => {
      const element = scroller.current;
      if (!element) return;
      const view = { scrollTop: element.scrollTop, height: element.clientHeight };
      const top = scrollTopToShow(layout, page, box, view);
      if (top !== null) moveTo(anchorAt(layout, top));
    },
    [scroller, layout, moveTo],
  );
  return { range, onScroll, goToPage, showBox };
}
