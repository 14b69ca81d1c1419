import type { Database } from '#db/database.ts';
import { isAppError } from '#kernel/app-error.ts';
import type { JsonValue } from '#kernel/exact-json.ts';
import { journalSource } from './journal-import-service.ts';
import type { StoredEntry } from './import-repository.ts';
import { readImportedEntries } from './import-repository.ts';
import type { Phase0Entry } from './phase0-entry.ts';
import { canonicalJson, readPhase0Entry } from './phase0-entry.ts';

/** How what was stored compares with the file it came from. */
export interface VerifyReport {
  /** Different entries in the file. */
  inSource: number;
  /** Of those, how many are stored. */
  stored: number;
  equal: number;
  /** Ids of entries that are not stored. */
  missing: string[];
  /** Ids of entries that are stored otherwise, or that changed at the source since. */
  different: { id: string; fields: string[] }[];
  /** Records that no import could take over. */
  invalid: number;
}

const batch = 500;

/** Compares counts, and each entry field by field. Writes nothing. */
export async function verifyJournal(
  { database }: { database: Database },
  records: readonly JsonValue[],
): Promise<VerifyReport> {
  const report: VerifyReport = {
    inSource: 0,
    stored: 0,
    equal: 0,
    missing: [],
    different: [],
    invalid: 0,
  };
  // The first of two records with one id is the one that an import takes.
  const entries = new Map<string, Phase0Entry>();
  for (const record of records) {
    const entry = tryToRead(record);
    if (entry === null) report.invalid += 1;
    else if (!entries.has(entry.id)) entries.set(entry.id, entry);
  }
  report.inSource = entries.size;
  const all = [...entries.values()];
  for (let from = 0; from < all.length; from += batch) {
    await compareBatch(database, all.slice(from, from + batch), report);
  }
  return report;
}

function tryToRead(record: JsonValue): Phase0Entry | null {
  try {
    return readPhase0Entry(record);
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}

async function compareBatch(
  database: Database,
  entries: readonly Phase0Entry[],
  report: VerifyReport,
): Promise<void> {
  const ids = entries.map(({ id }) => id);
  const rows = await readImportedEntries(database.sql, journalSource, ids);
  const byId = new Map(rows.map((row) => [row.externalId, row]));
  for (const entry of entries) {
    const row = byId.get(entry.id);
    if (row === undefined || row.processingStatus === null) {
      report.missing.push(entry.id);
      continue;
    }
    report.stored += 1;
    const fields = differences(entry, row);
    if (fields.length === 0) report.equal += 1;
    else report.different.push({ id: entry.id, fields });
  }
}

function differences(entry: Phase0Entry, row: StoredEntry): string[] {
  const pairs: [string, unknown, unknown][] = [
    ['checksum', entry.checksum, row.checksum],
    ['text', entry.text, row.rawData],
    ['metadata', entry.metadata, row.metadata],
    ['status', entry.status, row.processingStatus],
    ['sentiment', entry.sentiment, row.sentiment],
    ['time', (entry.occurred ?? entry.stored)?.micros ?? row.occurredMicros, row.occurredMicros],
  ];
  return pairs
    .filter(([, wanted, found]) => canonicalJson(wanted) !== canonicalJson(found))
    .map(([field]) => field);
}
