export interface ReviewSearch {
  /** The question that is open. */
  task?: string;
}

/** Reads the view state of the review page from the address. */
export function readReviewSearch(search: Record<string, unknown>): ReviewSearch {
  const { task } = search;
  return typeof task === 'string' && task !== '' ? { task } : {};
}
