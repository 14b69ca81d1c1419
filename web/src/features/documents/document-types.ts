import type { DocumentType } from '#api/api-model.ts';

/** Types of documents in the order a filter offers them. */
export const documentTypes = [
  'article',
  'form',
  'invoice_or_receipt',
  'letter',
  'table',
  'timetable',
  'unknown',
] as const satisfies readonly DocumentType[];
