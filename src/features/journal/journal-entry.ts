import { AppError } from '#kernel/app-error.ts';
import type { EntryId, UserId } from '#kernel/ids.ts';

export const entryTypes = ['text', 'voice', 'photo', 'mixed'] as const;
export type EntryType = (typeof entryTypes)[number];

export type EntryStatus = 'pending' | 'processing' | 'completed' | 'failed';

/** Levels of arrays and objects that an entry may have; the schema says the same. */
export const maxEntryDepth = 100;

/** What a list shows of an entry. */
export interface EntrySummary {
  id: EntryId;
  ownerId: UserId;
  entryType: EntryType;
  occurredAt: Date;
  processingStatus: EntryStatus;
  /** The first 200 characters of its texts. */
  excerpt: string;
  rowVersion: number;
  createdAt: Date;
  updatedAt: Date;
  deletedAt: Date | null;
}

export interface JournalEntry extends EntrySummary {
  /** Any JSON but null. */
  rawData: unknown;
  metadata: unknown;
}

/** What a writer decides about an entry. */
export interface EntryContent {
  entryType: EntryType;
  rawData: unknown;
  metadata: unknown;
  /** null: now for a new entry, unchanged for one that is replaced. */
  occurredAt: Date | null;
}

export function entryNotFound(id: string): AppError {
  return new AppError('journal.not_found', `There is no journal entry ${id}.`);
}

export function entryInvalid(field: string, message: string): AppError {
  return new AppError('journal.entry_invalid', message, { details: { field } });
}

/** What the schema would refuse as well, said before anything is sent. Throws `journal.entry_invalid`. */
export function checkEntry({ rawData, metadata }: EntryContent): void {
  if (rawData === null || rawData === undefined) {
    throw entryInvalid('rawData', 'An entry is any JSON but null.');
  }
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) {
    throw entryInvalid('metadata', 'The metadata of an entry is a JSON object.');
  }
}

/** ETag of an entry: changes with every edit. */
export function entryEtag(entry: Pick<EntrySummary, 'id' | 'rowVersion'>): string {
  return `"${entry.id}.${entry.rowVersion}"`;
}
