import { createHash } from 'node:crypto';
import { AppError } from '#kernel/app-error.ts';
import type { JsonObject, JsonValue } from '#kernel/exact-json.ts';
import type { ImportedTime } from './imported-time.ts';
import { readImportedTime } from './imported-time.ts';

/** An entry of the journal's first version, which lived in memory and was exported as JSON. */
export interface Phase0Entry {
  /** Its own id, or the checksum of the record. */
  id: string;
  text: string;
  /** The instant it is about. */
  occurred: ImportedTime | null;
  /** When it was stored. */
  stored: ImportedTime | null;
  metadata: JsonObject;
  status: 'pending' | 'processing' | 'completed' | 'failed';
  /** Score, label, confidence and what else the analysis said; null without one. */
  sentiment: JsonObject | null;
  processed: ImportedTime | null;
  errorMessage: string | null;
  /** SHA-256 of the record with its keys in order. */
  checksum: string;
}

const statuses = ['pending', 'processing', 'completed', 'failed'] as const;

/** Throws `import.record_invalid`. */
export function readPhase0Entry(record: JsonValue): Phase0Entry {
  if (!isObject(record)) throw invalid('record', 'it is not a JSON object');
  const result = objectIn(record, 'processing_result', 'processingResult') ?? {};
  const sentiment =
    objectIn(record, 'sentiment', 'sentiment_result', 'sentimentResult') ??
    objectIn(result, 'sentiment_result', 'sentimentResult', 'sentiment');
  const text = textIn(record, 'content', 'text', 'raw_content', 'body');
  if (text === null) throw invalid('content', 'it has no text');
  const checksum = createHash('sha256').update(canonicalJson(record)).digest('hex');
  return {
    id: textIn(record, 'id', '_id', 'journal_id') ?? checksum,
    text,
    occurred: timeIn(record, 'timestamp', 'occurred_at', 'occurredAt', 'date'),
    stored: timeIn(record, 'created_at', 'createdAt', 'stored_at'),
    metadata: objectIn(record, 'metadata') ?? {},
    status: readStatus(record, result, sentiment !== null),
    sentiment,
    processed: timeIn(result, 'processed_at', 'processedAt') ?? timeIn(record, 'processed_at'),
    errorMessage: textIn(record, 'error', 'error_message') ?? textIn(result, 'error'),
    checksum,
  };
}

function readStatus(
  record: JsonObject,
  result: JsonObject,
  isAnalysed: boolean,
): Phase0Entry['status'] {
  const said =
    textIn(record, 'processing_status', 'processingStatus', 'status') ?? textIn(result, 'status');
  if (said === null) return isAnalysed ? 'completed' : 'pending';
  const known = statuses.find((status) => status === said.toLowerCase());
  if (known === undefined) {
    throw invalid('status', `its status "${said.slice(0, 50)}" is none that is known`);
  }
  return known;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objectIn(record: JsonObject, ...names: string[]): JsonObject | null {
  return names.map((name) => record[name]).find(isObject) ?? null;
}

function textIn(record: JsonObject, ...names: string[]): string | null {
  for (const name of names) {
    const value = record[name];
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number') return String(value);
  }
  return null;
}

function timeIn(record: JsonObject, ...names: string[]): ImportedTime | null {
  const name = names.find((candidate) => record[candidate] !== undefined);
  if (name === undefined) return null;
  try {
    return readImportedTime(record[name]);
  } catch (cause) {
    throw invalid(name, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function invalid(field: string, problem: string, cause?: unknown): AppError {
  return new AppError('import.record_invalid', `The entry cannot be taken over: ${problem}.`, {
    details: { field },
    cause,
  });
}

/** JSON with the keys of every object in order: equal values have equal texts. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}
