import { useCallback, useMemo, useRef } from 'react';
import type { Document } from '#api/api-model.ts';
import { useElementSize } from '#components/use-element-size.ts';
import { useMedia } from '#components/use-media.ts';
import { layoutPages, pageScale } from './page-layout.ts';
import type { ScrollerHandle } from './page-scroller.tsx';
import { type DocumentHit, useDocumentHits } from './use-document-hits.ts';
import { usePapers } from './use-papers.ts';
import { useViewerKeys } from './use-viewer-actions.ts';
import { useViewerState } from './use-viewer-state.ts';
import { useZoneFocus } from './use-zone-focus.ts';

const noView = { width: 0, height: 0 };

/** Joins pages, view state, places found and zones of the document page, and binds its keys. */
export function useDocumentView(document: Document) {
  const papers = usePapers(document);
  const isWide = useMedia('(min-width: 1024px)');
  const scroller = useRef<HTMLDivElement>(null);
  const handle = useRef<ScrollerHandle>(null);
  const findInput = useRef<HTMLInputElement>(null);
  const [attachFrame, view] = useElementSize();
  const state = useViewerState({ document, papers, handle, findInput, view, isWide });
  const { page, q, zoom } = state;
  const showHit = useCallback((hit: DocumentHit) => handle.current?.showBox(hit.page, hit.box), []);
  const hits = useDocumentHits(document.id, q, page, showHit);
  const actions = useMemo(
    () => ({ ...state.actions, nextHit: () => hits.step(1), previousHit: () => hits.step(-1) }),
    [state.actions, hits],
  );
  useViewerKeys(actions);
  const focus = useZoneFocus(state.zoneId, state.focusId, state.chooseZone);
  const layout = useMemo(() => layoutPages(papers, zoom, view ?? noView), [papers, zoom, view]);
  const paper = papers[page - 1];
  const percent = paper && view ? Math.round(pageScale(paper, zoom, view) * 75) : 100;
  const refs = { scroller, handle, findInput };
  return {
    papers,
    paper,
    isWide,
    view,
    attachFrame,
    state,
    hits,
    actions,
    focus,
    layout,
    percent,
    refs,
  };
}
