import type { DocumentStatus, DocumentType } from '#api/api-model.ts';
import { type DocumentLanguage, documentLanguages } from './document-languages.ts';
import { documentTypes } from './document-types.ts';

export const documentFilters = ['processing', 'completed', 'failed', 'uploaded'] as const;

export interface LibrarySearch {
  status?: DocumentStatus;
  type?: DocumentType;
  language?: DocumentLanguage;
  /** Left out: a list. */
  view?: 'grid';
}

/** Reads the view state of the library from the address; what is not understood is left out. */
export function readLibrarySearch(search: Record<string, unknown>): LibrarySearch {
  const status = documentFilters.find((known) => known === search['status']);
  const type = documentTypes.find((known) => known === search['type']);
  const language = documentLanguages.find((known) => known === search['language']);
  return {
    ...(status !== undefined && { status }),
    ...(type !== undefined && { type }),
    ...(language !== undefined && { language }),
    ...(search['view'] === 'grid' && { view: 'grid' }),
  };
}

/** Whether anything is left out by a filter. */
export function isNarrowed({ status, type, language }: LibrarySearch): boolean {
  return (status ?? type ?? language) !== undefined;
}
