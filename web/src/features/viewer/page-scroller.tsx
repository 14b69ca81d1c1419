import { type Ref, type RefObject, useImperativeHandle, useState } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Document } from '#api/api-model.ts';
import type { PageLayout } from './page-layout.ts';
import { PageSheet } from './page-sheet.tsx';
import type { DocumentHits } from './use-document-hits.ts';
import { type PageScroll, usePageScroll } from './use-page-scroll.ts';
import type { Paper } from './use-papers.ts';
import type { ZoneFocus } from './zone-focus.ts';

export type ScrollerHandle = Pick<PageScroll, 'goToPage' | 'showBox'>;

interface PageScrollerProps {
  document: Document;
  papers: readonly Paper[];
  layout: PageLayout;
  firstPage: number;
  onPage: (page: number) => void;
  /** Whether the image of any page has been there. */
  isPageShown: boolean;
  /** Called when the image of a page is there. */
  onShown: () => void;
  areZonesShown: boolean;
  focus: ZoneFocus;
  hits: DocumentHits;
  handle: Ref<ScrollerHandle>;
  scroller: RefObject<HTMLDivElement | null>;
}

/** All pages under each other; only those near the window exist. */
export function PageScroller(props: PageScrollerProps) {
  const { document, papers, layout, firstPage, hits, scroller } = props;
  const { t } = useTranslation();
  const scroll = usePageScroll(scroller, layout, firstPage, props.onPage);
  // The page the document is opened at is asked for alone; its neighbours follow.
  const [firstNumber] = useState(firstPage);
  const { goToPage, showBox } = scroll;
  useImperativeHandle(props.handle, () => ({ goToPage, showBox }), [goToPage, showBox]);
  const [first, last] = scroll.range;
  const isFirstView = !props.isPageShown && first < firstNumber && firstNumber <= last + 1;
  const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index + 1);
  return (
    <div
      ref={scroller}
      role="region"
      aria-label={t('viewer.pages')}
      tabIndex={0}
      onScroll={scroll.onScroll}
      className="absolute inset-0 overflow-auto -outline-offset-2"
    >
      <div className="relative" style={{ width: layout.width, height: layout.height }}>
        {numbers.map((number) => {
          const paper = papers[number - 1];
          const place = layout.places[number - 1];
          if (!paper || !place) return null;
          return (
            <PageSheet
              key={number}
              document={document}
              number={number}
              paper={paper}
              place={place}
              left={Math.round((layout.width - place.width) / 2)}
              isUrgent={isFirstView && number === firstNumber}
              isHeld={isFirstView && number !== firstNumber}
              onShown={props.onShown}
              areZonesShown={props.areZonesShown}
              focus={props.focus}
              hits={hits.byPage.get(number)}
              currentHit={hits.current?.page === number ? hits.current : undefined}
            />
          );
        })}
      </div>
    </div>
  );
}
