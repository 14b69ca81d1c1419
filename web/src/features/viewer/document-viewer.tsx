import { useCallback, useState } from 'react';
import type { Document } from '#api/api-model.ts';
import { FindBox } from './find-box.tsx';
import { PageScroller } from './page-scroller.tsx';
import { SidePanel } from './side-panel.tsx';
import { ThumbnailStrip } from './thumbnail-strip.tsx';
import { useDocumentView } from './use-document-view.ts';
import { ViewerHeader } from './viewer-header.tsx';
import { ViewerNotice } from './viewer-notice.tsx';
import { ViewerToolbar } from './viewer-toolbar.tsx';

/** Puts the parts of the document page together. */
export function DocumentViewer({ document }: { document: Document }) {
  const { papers, paper, view, state, hits, actions, focus, layout, refs, ...rest } =
    useDocumentView(document);
  const { page, q, zoom, side, areZonesShown } = state;
  // The page a reader waits for is asked for alone; the small images follow when it is there.
  const [isPageShown, setIsPageShown] = useState(false);
  const noticeShown = useCallback(() => setIsPageShown(true), []);
  return (
    <div className="flex h-full flex-col">
      <ViewerHeader document={document} onBack={actions.back} />
      <ViewerToolbar
        page={page}
        pageCount={papers.length}
        zoom={zoom}
        percent={rest.percent}
        areZonesShown={areZonesShown}
        side={side}
        actions={actions}
        find={<FindBox q={q} hits={hits} onFind={state.findWords} inputRef={refs.findInput} />}
      />
      <div className="relative flex min-h-0 flex-1">
        {rest.isWide && papers.length > 1 && (
          <div className="w-32 shrink-0 border-r border-line bg-surface">
            <ThumbnailStrip
              document={document}
              papers={papers}
              page={page}
              hitPages={hits.byPage}
              onPage={actions.goToPage}
              areImagesWanted={isPageShown}
            />
          </div>
        )}
        <div ref={rest.attachFrame} className="relative min-w-0 flex-1 bg-sunken">
          <ViewerNotice document={document} hasPages={papers.length > 0} />
          {view && papers.length > 0 && (
            <PageScroller
              document={document}
              papers={papers}
              layout={layout}
              firstPage={page}
              onPage={state.noticePage}
              isPageShown={isPageShown}
              onShown={noticeShown}
              areZonesShown={areZonesShown}
              focus={focus}
              hits={hits}
              handle={refs.handle}
              scroller={refs.scroller}
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
