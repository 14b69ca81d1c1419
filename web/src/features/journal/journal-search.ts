import type { EntryType } from '#api/api-model.ts';

export const entryTypes = [
  'text',
  'voice',
  'photo',
  'mixed',
] as const satisfies readonly EntryType[];

export interface JournalSearch {
  q?: string;
  type?: EntryType;
  trash?: boolean;
}

/** Reads the view state of the journal from the address; what is not understood is left out. */
export function readJournalSearch(search: Record<string, unknown>): JournalSearch {
  const q = typeof search['q'] === 'string' ? search['q'].trim().slice(0, 500) : '';
  const type = entryTypes.find((known) => known === search['type']);
  return {
    ...(q !== '' && { q }),
    ...(type !== undefined && { type }),
    ...(search['trash'] === true && { trash: true }),
  };
}
