import { useRouter } from '@tanstack/react-router';
import { type RefObject, useCallback, useMemo } from 'react';
import type { Document, Zone } from '#api/api-model.ts';
import type { ElementSize } from '#components/use-element-size.ts';
import { pageScale } from './page-layout.ts';
import type { ScrollerHandle } from './page-scroller.tsx';
import { useChosenZone } from './use-chosen-zone.ts';
import type { Paper } from './use-papers.ts';
import type { ViewerActions } from './use-viewer-actions.ts';
import { useViewerAddress } from './use-viewer-address.ts';
import { useViewerRights } from './viewer-rights.ts';
import type { Side, Zoom } from './viewer-search.ts';
import { nextZoom } from './zoom-steps.ts';

export interface ViewerParts {
  document: Document;
  papers: readonly Paper[];
  handle: RefObject<ScrollerHandle | null>;
  findInput: RefObject<HTMLInputElement | null>;
  view: ElementSize | null;
  isWide: boolean;
}

export interface ViewerState {
  page: number;
  q: string;
  zoneId: string | undefined;
  focusId: string | undefined;
  zoom: Zoom;
  side: Side;
  areZonesShown: boolean;
  actions: Omit<ViewerActions, 'nextHit' | 'previousHit'>;
  chooseZone: (zone: Zone, page: number) => void;
  noticePage: (page: number) => void;
  findWords: (q: string) => void;
  closeSide: () => void;
}

/** What the document page shows, and everything that changes it. */
export function useViewerState(parts: ViewerParts): ViewerState {
  const { papers, handle, findInput, view, isWide } = parts;
  const router = useRouter();
  const { isVisitor } = useViewerRights();
  const { search, change } = useViewerAddress(handle);
  const page = Math.min(search.page ?? 1, Math.max(1, papers.length));
  const zoom = search.zoom ?? 'width';
  const side = search.side ?? (isWide && papers.length > 0 ? 'text' : 'none');
  const areZonesShown = search.zones !== 'off';
  const chosen = useChosenZone(parts, { page, zoneId: search.zone, change });

  const goToPage = useCallback(
    (wanted: number) => {
      const next = Math.max(1, Math.min(wanted, papers.length));
      handle.current?.goToPage(next);
      change({ page: next });
    },
    [papers.length, handle, change],
  );
  const paper = papers[page - 1];
  const actions = useMemo(() => {
    const percent = paper && view ? pageScale(paper, zoom, view) * 75 : 100;
    const goBack = () => {
      if (router.history.canGoBack()) router.history.back();
      else if (!isVisitor) void router.navigate({ to: '/' });
    };
    return {
      goToPage,
      nextPage: () => goToPage(page + 1),
      previousPage: () => goToPage(page - 1),
      firstPage: () => goToPage(1),
      lastPage: () => goToPage(papers.length),
      nextZone: () => chosen.step(1),
      previousZone: () => chosen.step(-1),
      zoomIn: () => change({ zoom: nextZoom(percent, 1) }),
      zoomOut: () => change({ zoom: nextZoom(percent, -1) }),
      fitWidth: () => change({ zoom: undefined }),
      fitPage: () => change({ zoom: 'page' }),
      toggleZones: () => change({ zones: areZonesShown ? 'off' : undefined }),
      toggleText: () => change({ side: side === 'text' ? 'none' : 'text' }),
      toggleInfo: () => change({ side: side === 'info' ? 'text' : 'info' }),
      find: () => findInput.current?.select(),
      back: () => (search.zone === undefined ? goBack() : change({ zone: undefined })),
    };
  }, [
    paper,
    view,
    zoom,
    router,
    goToPage,
    page,
    papers.length,
    chosen,
    change,
    areZonesShown,
    side,
    findInput,
    search.zone,
    isVisitor,
  ]);

  const noticePage = useCallback((next: number) => change({ page: next }), [change]);
  const findWords = useCallback((q: string) => change({ q: q === '' ? undefined : q }), [change]);
  return {
    page,
    q: search.q ?? '',
    zoneId: search.zone,
    focusId: chosen.focusId,
    zoom,
    side,
    areZonesShown,
    actions,
    chooseZone: chosen.choose,
    noticePage,
    findWords,
    closeSide: () => change({ side: 'none' }),
  };
}
