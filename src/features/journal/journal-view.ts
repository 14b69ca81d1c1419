import type { EntrySummary, JournalEntry } from './journal-entry.ts';
import type { ListedEntry } from './journal-repository.ts';
import { hitEnd, hitStart } from './journal-repository.ts';
import type { EntryView, ListedEntryView } from './journal-schema.ts';

function presentSummary(entry: EntrySummary) {
  return {
    id: entry.id,
    entryType: entry.entryType,
    occurredAt: entry.occurredAt.toISOString(),
    processingStatus: entry.processingStatus,
    excerpt: entry.excerpt,
    createdAt: entry.createdAt.toISOString(),
    updatedAt: entry.updatedAt.toISOString(),
    deletedAt: entry.deletedAt?.toISOString() ?? null,
  };
}

export function presentEntry(entry: JournalEntry): EntryView {
  return { ...presentSummary(entry), rawData: entry.rawData, metadata: entry.metadata };
}

export function presentListedEntry(entry: ListedEntry): ListedEntryView {
  return {
    ...presentSummary(entry),
    snippet: entry.marked === null ? null : cutAtMarks(entry.marked),
  };
}

/** A text with marks around its hits, as pieces that are hits or not. */
export function cutAtMarks(marked: string): { text: string; hit: boolean }[] {
  const [before = '', ...found] = marked.split(hitStart);
  const pieces = found.flatMap((piece) => {
    const end = piece.indexOf(hitEnd);
    if (end < 0) return [{ text: piece, hit: false }];
    return [
      { text: piece.slice(0, end), hit: true },
      { text: piece.slice(end + 1), hit: false },
    ];
  });
  return [{ text: before, hit: false }, ...pieces].filter(({ text }) => text !== '');
}
