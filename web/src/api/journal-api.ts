import type { EntryType, JournalEntry, JournalListItem, List } from './api-model.ts';
import { sendRequest } from './http-request.ts';

interface EntryQuery {
  q?: string | undefined;
  type?: EntryType | undefined;
  trashed?: boolean | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** Lists entries by time, newest first. */
export async function listEntries(
  query: EntryQuery,
  signal: AbortSignal,
): Promise<List<JournalListItem>> {
  const { data } = await sendRequest<List<JournalListItem>>('/v1/journal', {
    query: { ...query },
    signal,
  });
  return data;
}

export interface SeenEntry {
  entry: JournalEntry;
  etag: string | null;
}

/** Reads one entry, with the ETag to send back with an edit. */
export async function getEntry(entryId: string, signal: AbortSignal): Promise<SeenEntry> {
  const { data, etag } = await sendRequest<JournalEntry>(entryPath(entryId), { signal });
  return { entry: data, etag };
}

/** An entry as it is written; `json` is its text as typed, so that the server sees every digit. */
export interface EntryDraft {
  entryType: EntryType;
  json: string;
  metadata: unknown;
}

function bodyOf({ entryType, json, metadata }: EntryDraft): string {
  return `{"entryType":${JSON.stringify(entryType)},"metadata":${JSON.stringify(metadata)},"rawData":${json}}`;
}

/** Writes a new entry. */
export async function addEntry(draft: EntryDraft): Promise<JournalEntry> {
  const { data } = await sendRequest<JournalEntry>('/v1/journal', {
    method: 'POST',
    json: bodyOf(draft),
  });
  return data;
}

/**
 * Replaces an entry, only if it is still as the user saw it.
 * @throws ApiError `request.precondition_failed` when somebody changed it.
 */
export async function replaceEntry(
  entryId: string,
  draft: EntryDraft,
  etag: string | null,
): Promise<JournalEntry> {
  const { data } = await sendRequest<JournalEntry>(entryPath(entryId), {
    method: 'PUT',
    json: bodyOf(draft),
    ...(etag !== null && { ifMatch: etag }),
  });
  return data;
}

/** Moves an entry to the trash. */
export async function trashEntry(entryId: string): Promise<void> {
  await sendRequest(entryPath(entryId), { method: 'DELETE' });
}

/** Takes an entry out of the trash. */
export async function restoreEntry(entryId: string): Promise<void> {
  await sendRequest(`${entryPath(entryId)}/restore`, { method: 'POST' });
}

function entryPath(entryId: string): string {
  return `/v1/journal/${encodeURIComponent(entryId)}`;
}
