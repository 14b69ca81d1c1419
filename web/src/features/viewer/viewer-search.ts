export type Zoom = 'width' | 'page' | number;
export type Side = 'text' | 'info' | 'none';

export interface ViewerSearch {
  page?: number;
  zone?: string;
  q?: string;
  /** Left out: fit the width. A number is a percent of the printed size. */
  zoom?: 'page' | number;
  zones?: 'off';
  /** Left out: the text on a wide screen, nothing on a narrow one. */
  side?: Side;
}

/** Reads the view state of a document from the address; what is not understood is left out. */
export function readViewerSearch(search: Record<string, unknown>): ViewerSearch {
  const read: ViewerSearch = {};
  const page = Math.trunc(Number(search['page']));
  if (page >= 1) read.page = page;
  const { zone, q, zoom, zones, side } = search;
  if (typeof zone === 'string' && zone !== '') read.zone = zone;
  if (typeof q === 'string' && q.trim() !== '') read.q = q.trim().slice(0, 500);
  if (zoom === 'page') read.zoom = 'page';
  else if (Number(zoom) >= 10 && Number(zoom) <= 500) read.zoom = Math.round(Number(zoom));
  if (zones === 'off') read.zones = 'off';
  if (side === 'text' || side === 'info' || side === 'none') read.side = side;
  return read;
}
