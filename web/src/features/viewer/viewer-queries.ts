import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { listVersions } from '#api/document-changes-api.ts';
import {
  getDocumentContents,
  getPage,
  getPageWords,
  listPages,
  searchPages,
} from '#api/docmill-api.ts';
import { stretchPages } from '#features/jobs/page-stretch.ts';

/** Sizes of one stretch of pages; `stretch` counts from 0. */
export function pageSizesQuery(documentId: string, stretch: number) {
  return queryOptions({
    queryKey: ['page-sizes', documentId, stretch],
    queryFn: ({ signal }) =>
      listPages(documentId, { from: stretch * stretchPages + 1, limit: stretchPages }, signal),
    staleTime: 60_000,
  });
}

/** What the file lists of itself; it may change only while the document is processed. */
export function contentsQuery(documentId: string, status: string) {
  return queryOptions({
    queryKey: ['contents', documentId, status],
    queryFn: ({ signal }) => getDocumentContents(documentId, signal),
    staleTime: 60_000,
  });
}

/** Every upload of a document, newest first; `versionId` is the current one, with which the list changes. */
export function versionsQuery(documentId: string, versionId: string) {
  return infiniteQueryOptions({
    queryKey: ['versions', documentId, versionId],
    queryFn: ({ pageParam, signal }) =>
      listVersions(documentId, { cursor: pageParam, limit: 20 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** Zones of one page. */
export function pageQuery(documentId: string, number: number) {
  return queryOptions({
    queryKey: ['page', documentId, number],
    queryFn: ({ signal }) => getPage(documentId, number, signal),
    staleTime: 60_000,
  });
}

/** The words of one page; read anew whenever its zones are. */
export function pageWordsQuery(documentId: string, number: number) {
  return queryOptions({
    queryKey: ['page', documentId, number, 'words'],
    queryFn: ({ signal }) => getPageWords(documentId, number, signal),
    staleTime: 60_000,
  });
}

/** Places inside one document where the words stand, in page order. */
export function documentHitsQuery(documentId: string, q: string) {
  return infiniteQueryOptions({
    queryKey: ['document-hits', documentId, q],
    queryFn: ({ pageParam, signal }) =>
      searchPages({ q, documentId, cursor: pageParam, limit: 100 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    enabled: q !== '',
  });
}
