import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { Box, SearchHit } from '#api/api-model.ts';
import { documentHitsQuery } from './viewer-queries.ts';

/** One found place. */
export interface DocumentHit {
  key: string;
  page: number;
  box: Box;
}

export interface DocumentHits {
  hits: readonly DocumentHit[];
  byPage: ReadonlyMap<number, readonly DocumentHit[]>;
  current: DocumentHit | undefined;
  /** From 1; 0 when nothing was found. */
  currentNumber: number;
  isPending: boolean;
  step: (direction: 1 | -1) => void;
}

/** Pages with hits that are read at most, a hundred at a time. */
const mostRequests = 10;

/**
 * The places of a document where the words of `q` stand. The first on or after `startPage` is the
 * current one; `onShow` brings a place into view.
 */
export function useDocumentHits(
  documentId: string,
  q: string,
  startPage: number,
  onShow: (hit: DocumentHit) => void,
): DocumentHits {
  const query = useInfiniteQuery(documentHitsQuery(documentId, q));
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && data && data.pages.length < mostRequests) {
      void fetchNextPage();
    }
  }, [hasNextPage, isFetchingNextPage, data, fetchNextPage]);

  const hits = useMemo(
    () => (q === '' ? [] : flattenHits(data?.pages.flatMap((page) => page.items) ?? [])),
    [data, q],
  );
  const byPage = useMemo(() => Map.groupBy(hits, (hit) => hit.page), [hits]);
  const [chosen, setChosen] = useState<{ q: string; index: number } | null>(null);
  const following = hits.findIndex((hit) => hit.page >= startPage);
  const firstIndex = Math.max(0, following);
  // Pages come in order: until one at or after the start is there, more may follow.
  const isDecided = following !== -1 || !hasNextPage || (data?.pages.length ?? 0) >= mostRequests;
  const isFresh = chosen?.q !== q;
  useEffect(() => {
    const first = hits[firstIndex];
    if (!isFresh || !isDecided || !first) return;
    setChosen({ q, index: firstIndex });
    onShow(first);
  }, [isFresh, isDecided, hits, firstIndex, q, onShow]);

  const index = isFresh ? firstIndex : chosen.index;
  const step = (direction: 1 | -1) => {
    const next = (index + direction + hits.length) % Math.max(1, hits.length);
    const hit = hits[next];
    if (!hit) return;
    setChosen({ q, index: next });
    onShow(hit);
  };
  return {
    hits,
    byPage,
    current: hits[index],
    currentNumber: hits.length === 0 ? 0 : index + 1,
    isPending: q !== '' && query.isPending,
    step,
  };
}

/** Every box of every found page, in page order. */
export function flattenHits(pages: readonly SearchHit[]): DocumentHit[] {
  return pages
    .toSorted((a, b) => a.pageNumber - b.pageNumber)
    .flatMap(({ pageNumber, boxes }) =>
      boxes.map((box, index) => ({ key: `${pageNumber}:${index}`, page: pageNumber, box })),
    );
}
