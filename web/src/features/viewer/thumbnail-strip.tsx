import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslation } from '#app/i18n/use-translation.ts';
import type { Document } from '#api/api-model.ts';
import { PageThumbnail } from '#components/page-thumbnail.tsx';
import { Skeleton } from '#components/skeleton.tsx';
import type { Paper } from './use-papers.ts';

interface ThumbnailStripProps {
  document: Document;
  papers: readonly Paper[];
  page: number;
  hitPages: ReadonlyMap<number, unknown>;
  onPage: (page: number) => void;
  /** False holds the images back, as long as something more important is loading. */
  areImagesWanted: boolean;
}

const thumbWidth = 92;
const slotHeight = 156;

/** Small images of all pages; only those near the window exist. */
export function ThumbnailStrip(props: ThumbnailStripProps) {
  const { document, papers, page, hitPages, onPage } = props;
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const slots = useVirtualizer({
    count: papers.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => slotHeight,
    overscan: 3,
    paddingStart: 12,
    paddingEnd: 12,
  });
  useEffect(() => {
    slots.scrollToIndex(page - 1, { align: 'auto' });
  }, [slots, page]);
  return (
    <div ref={scroller} className="h-full overflow-y-auto" tabIndex={-1}>
      <ol
        aria-label={t('viewer.thumbnails')}
        className="relative"
        style={{ height: slots.getTotalSize() }}
      >
        {slots.getVirtualItems().map(({ index, start, key }) => {
          const number = index + 1;
          const isCurrent = number === page;
          return (
            <li
              key={key}
              className="absolute inset-x-0 top-0 flex justify-center"
              style={{ height: slotHeight, transform: `translateY(${start}px)` }}
            >
              <button
                type="button"
                aria-label={t('viewer.page', { number })}
                aria-current={isCurrent ? 'page' : undefined}
                tabIndex={isCurrent ? 0 : -1}
                onClick={() => onPage(number)}
                className="group flex flex-col items-center gap-1 self-start rounded-lg p-1 text-xs text-ink-soft"
              >
                <ThumbnailImage
                  document={document}
                  number={number}
                  paper={papers[index]}
                  isWanted={props.areImagesWanted}
                />
                <span
                  className={`rounded-full px-2 ${isCurrent ? 'bg-accent font-medium text-on-accent' : ''} ${hitPages.has(number) && !isCurrent ? 'bg-mark text-ink' : ''}`}
                >
                  {number}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

interface ThumbnailImageProps {
  document: Document;
  number: number;
  paper: Paper | undefined;
  isWanted: boolean;
}

/** Fits the page into its slot, whatever its shape. */
function ThumbnailImage({ document, number, paper, isWanted }: ThumbnailImageProps) {
  const shape = paper ? paper.height / paper.width : Math.SQRT2;
  const height = Math.min(122, thumbWidth * shape);
  return (
    <span
      className="block overflow-hidden rounded shadow-sheet group-aria-[current=page]:outline-2 group-aria-[current=page]:outline-accent group-hover:outline-1 group-hover:outline-line-strong"
      style={{ width: Math.min(thumbWidth, height / shape), height }}
    >
      {isWanted ? (
        <PageThumbnail
          documentId={document.id}
          versionId={document.versionId}
          number={number}
          width={thumbWidth}
          className="size-full"
        />
      ) : (
        <Skeleton className="size-full" />
      )}
    </span>
  );
}
