import { useCallback, useMemo, useRef } from 'react';
import type { Document } from '#api/api-model.ts';
import { useElementSize } from '#components/use-element-size.ts';
import { useMedia } from '#components/use-media.ts';
import { FindBox } from './find-box.tsx';
import { layoutPages, pageScale } from './page-layout.ts';
import { PageScroller, type ScrollerHandle } from './page-scroller.tsx';
import { SidePanel } from './side-panel.tsx';
import { ThumbnailStrip } from './thumbnail-strip.tsx';
import { useDocumentHits } from './use-document-hits.ts';
import { usePapers } from './use-papers.ts';
import { useViewerKeys } from './use-viewer-actions.ts';
import { useViewerState } from './use-viewer-state.ts';
import { useZoneFocus } from './use-zone-focus.ts';
import { ViewerHeader } from './viewer-header.tsx';
import { ViewerNotice } from './viewer-notice.tsx';
import { ViewerToolbar } from './viewer-toolbar.tsx';

const noView = { width: 0, height: 0 };

/** Puts the parts of the document page together. */
export function DocumentViewer({ document }: { document: Document }) {
  const papers = usePapers(document);
  const isWide = useMedia('(min-width: 1024px)');
  const scroller = useRef<HTMLDivElement>(null);
  const handle = useRef<ScrollerHandle>(null);
  const findInput = useRef<HTMLInputElement>(null);
  const [attachFrame, view] = useElementSize();
  const state = useViewerState({ document, papers, handle, findInput, view, isWide });
  const { page, q, zoom, side, areZonesShown } = state;

  const showHit = useCallback(
    (hit: Parameters<Parameters<typeof useDocumentHits>[3]>[0]) =>
      handle.current?.showBox(hit.page, hit.box),
    [],
  );
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

  return (
    <div className="flex h-full flex-col">
      <ViewerHeader document={document} onBack={actions.back} />
      <ViewerToolbar
        page={page}
        pageCount={papers.length}
        zoom={zoom}
        percent={percent}
        areZonesShown={areZonesShown}
        side={side}
        actions={actions}
        find={<FindBox q={q} hits={hits} onFind={state.findWords} inputRef={findInput} />}
      />
      <div className="relative flex min-h-0 flex-1">
        {isWide && papers.length > 1 && (
          <div className="w-32 shrink-0 border-r border-line bg-surface">
            <ThumbnailStrip
              document={document}
              papers={papers}
              page={page}
              hitPages={hits.byPage}
              onPage={actions.goToPage}
            />
          </div>
        )}
        <div ref={attachFrame} className="relative min-w-0 flex-1 bg-sunken">
          <ViewerNotice document={document} hasPages={papers.length > 0} />
          {view && papers.length > 0 && (
            <PageScroller
              document={document}
              papers={papers}
              layout={layout}
              firstPage={page}
              onPage={state.noticePage}
              areZonesShown={areZonesShown}
              focus={focus}
              hits={hits}
              handle={handle}
              scroller={scroller}
            />
          )}
        </div>
        <SidePanel
          side={side}
          document={document}
          number={page}
          summary={paper?.summary}
          focus={focus}
          onClose={state.closeSide}
        />
      </div>
    </div>
  );
}
