import { useLocation, useNavigate, useSearch } from '@tanstack/react-router';
import { type RefObject, useCallback, useEffect, useRef } from 'react';
import type { ScrollerHandle } from './page-scroller.tsx';
import type { ViewerSearch } from './viewer-search.ts';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** Set when the viewer wrote the address itself: it stands at the page already. */
    isFollowed?: boolean;
  }
}

export type ViewerChange = { [Name in keyof ViewerSearch]?: ViewerSearch[Name] | undefined };

/** The view state, which the address of any page with a viewer keeps; a page that comes from outside is scrolled to. */
export function useViewerAddress(handle: RefObject<ScrollerHandle | null>): {
  search: ViewerSearch;
  change: (change: ViewerChange) => void;
} {
  const search = useSearch({ strict: false, select: pickViewerSearch, structuralSharing: true });
  const navigate = useNavigate();
  const isFollowed = useLocation({ select: (location) => location.state.isFollowed === true });
  const page = search.page ?? 1;
  const isFirst = useRef(true);
  useEffect(() => {
    if (!isFirst.current && !isFollowed) handle.current?.goToPage(page);
    isFirst.current = false;
    // Only another page scrolls; who wrote the address is looked up, not waited for.
  }, [page]);
  const change = useCallback(
    (next: ViewerChange) => {
      void navigate({
        to: '.',
        search: (previous) => changeViewerSearch(previous, next),
        state: { isFollowed: true },
        replace: true,
      });
    },
    [navigate],
  );
  return { search, change };
}

/** The part of the address that belongs to the viewer. */
function pickViewerSearch(search: ViewerChange): ViewerSearch {
  const { page, zone, q, zoom, zones, side } = search;
  return withoutEmpty({ page, zone, q, zoom, zones, side });
}

/** What else stands in the address stays. */
function changeViewerSearch<Search extends ViewerChange>(search: Search, change: ViewerChange) {
  const { page, zone, q, zoom, zones, side, ...others } = search;
  return { ...others, ...withoutEmpty({ page, zone, q, zoom, zones, side, ...change }) };
}

function withoutEmpty(change: ViewerChange): ViewerSearch {
  const { page, zone, q, zoom, zones, side } = change;
  return {
    ...(page !== undefined && { page }),
    ...(zone !== undefined && { zone }),
    ...(q !== undefined && { q }),
    ...(zoom !== undefined && { zoom }),
    ...(zones !== undefined && { zones }),
    ...(side !== undefined && { side }),
  };
}
