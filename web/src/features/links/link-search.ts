import { type ViewerSearch, readViewerSearch } from '#features/viewer/viewer-search.ts';

export interface LinkSearch extends ViewerSearch {
  /** The folder that is open, when it is not the shared one itself. */
  folder?: string;
  /** The document that is open. */
  document?: string;
}

/** Reads the view state of a share link from the address; what is not understood is left out. */
export function readLinkSearch(search: Record<string, unknown>): LinkSearch {
  const { folder, document } = search;
  return {
    ...readViewerSearch(search),
    ...(typeof folder === 'string' && folder !== '' && { folder }),
    ...(typeof document === 'string' && document !== '' && { document }),
  };
}
