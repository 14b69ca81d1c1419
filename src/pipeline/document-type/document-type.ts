export const documentTypes = [
  'timetable',
  'form',
  'invoice_or_receipt',
  'letter',
  'article',
  'table',
  'unknown',
] as const;

export type DocumentType = (typeof documentTypes)[number];

/** The type of a document and why it is thought so. */
export interface DocumentTypeVerdict {
  type: DocumentType;
  /** 0..1: weight of what speaks for the type; for `unknown` of the best one that was not enough. */
  score: number;
  /** In English, for people, the strongest first. */
  reasons: string[];
}

/** One thing that was seen and speaks for a type, or (below 0) against it. */
export interface Evidence {
  /** Share of a sure verdict, -1..1; types are given from 0.5 on. */
  weight: number;
  /** Completes "because of …". */
  reason: string;
}
