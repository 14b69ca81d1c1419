import type { DocumentStatus } from '#api/api-model.ts';

export const documentFilters = ['processing', 'completed', 'failed', 'uploaded'] as const;

export interface LibrarySearch {
  status?: DocumentStatus;
  trash?: true;
}

/** Reads the view state of the library from the address; what is not understood is left out. */
export function readLibrarySearch(search: Record<string, unknown>): LibrarySearch {
  if (search['trash'] === 'true' || search['trash'] === true) return { trash: true };
  const status = documentFilters.find((known) => known === search['status']);
  return status === undefined ? {} : { status };
}
