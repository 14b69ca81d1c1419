import type { QueryClient } from '@tanstack/react-query';
import { pageImageAddress } from '#api/docmill-api.ts';
import type { Document } from '#api/api-model.ts';
import { stepWidth } from '#components/image-width.ts';
import { findInLists } from '#features/documents/document-cache.ts';
import { documentQuery } from '#features/documents/document-queries.ts';
import { pageMargin } from './page-layout.ts';
import { pageQuery, pageSizesQuery } from './viewer-queries.ts';
import type { ViewerSearch } from './viewer-search.ts';
import { panelWidths } from './panel-widths.ts';

/**
 * Starts reading what the document page shows first. Called when a link to it is touched, so most
 * of it has arrived by the click.
 */
export function preloadViewer(
  queryClient: QueryClient,
  documentId: string,
  search: ViewerSearch,
): void {
  const number = search.page ?? 1;
  void queryClient.prefetchQuery(documentQuery(documentId));
  void queryClient.prefetchQuery(pageSizesQuery(documentId, 0));
  const document = findInLists(queryClient, documentId);
  if (!document?.pageCount || search.zoom !== undefined) return;
  if (document.status === 'completed') {
    void queryClient.prefetchQuery(pageQuery(documentId, number));
  }
  const image = new Image();
  image.fetchPriority = 'high';
  const width = stepWidth(expectedWidth(document), devicePixelRatio);
  image.src = pageImageAddress(documentId, document.versionId, number, width);
}

/** Width the page will have on screen, as the panels beside it leave it. */
function expectedWidth({ pageCount }: Document): number {
  const { rail, thumbnails, side } = panelWidths(innerWidth, pageCount ?? 0);
  return innerWidth - rail - thumbnails - side - 2 * pageMargin;
}
