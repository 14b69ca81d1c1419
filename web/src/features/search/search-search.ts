import type { SearchOrder } from '#api/api-model.ts';

export interface SearchSearch {
  q?: string;
  order: SearchOrder;
}

/** Reads the view state of the search page from the address. */
export function readSearchSearch(search: Record<string, unknown>): SearchSearch {
  const order = search['order'] === 'relevance' ? 'relevance' : 'newest';
  const q = typeof search['q'] === 'string' ? search['q'].trim().slice(0, 500) : '';
  return q === '' ? { order } : { q, order };
}
