import type { Database, Transaction } from '#db/database.ts';
import type { Actor } from '#features/identity/index.ts';
import type { AppError } from '#kernel/app-error.ts';
import { isAppError } from '#kernel/app-error.ts';
import type { JsonValue } from '#kernel/exact-json.ts';
import type { ContentId, EntryId, JobId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import { createOwnerFinder } from './import-owner.ts';
import type { ImportReport } from './import-report.ts';
import { countImported, emptyReport } from './import-report.ts';
import {
  findImportRef,
  insertImportRef,
  insertImportedEntry,
  insertImportedRun,
  insertImportedSentiment,
} from './import-repository.ts';
import type { ImportOptions } from './redis-import-service.ts';
import type { Phase0Entry } from './phase0-entry.ts';
import { readPhase0Entry } from './phase0-entry.ts';

export const journalSource = 'journal';

/**
 * Takes over the entries of the journal's first version with their analyses. Safe to repeat: what was taken over is
 * skipped. A record that cannot be taken over is a line of the report, and the others go on. Throws
 * `import.owner_unknown`, or what the database reports.
 */
export async function importJournal(
  deps: { database: Database },
  records: readonly JsonValue[],
  options: ImportOptions,
): Promise<ImportReport> {
  const { database } = deps;
  const report = emptyReport(journalSource, options.dryRun);
  const ownerOf = await createOwnerFinder(database.sql, options.ownerEmail);
  const actor = await ownerOf(null);
  for (const [index, record] of records.entries()) {
    report.found += 1;
    try {
      const entry = readPhase0Entry(record);
      const isNew = options.dryRun
        ? (await findImportRef(database.sql, journalSource, entry.id)) === null
        : await database.transaction((sql) => storeEntry(sql, actor, entry));
      if (isNew) countImported(report, entry.status);
      else report.skipped += 1;
    } catch (error) {
      if (!isAppError(error) || isOutage(error)) throw error;
      report.failed += 1;
      report.problems.push({ id: `record ${index + 1}`, message: error.message });
    }
    options.onProgress?.(report);
  }
  return report;
}

function isOutage(error: AppError): boolean {
  return error.code === 'db.unavailable' || error.code === 'db.busy';
}

/** False when the entry was taken over before. */
async function storeEntry(sql: Transaction, actor: Actor, entry: Phase0Entry): Promise<boolean> {
  const id = newId<EntryId>(entry.stored?.ms);
  const ref = {
    source: journalSource,
    externalId: entry.id,
    resourceType: 'journal_entry',
    resourceId: id,
    checksum: entry.checksum,
  } as const;
  if (!(await insertImportRef(sql, actor, ref))) return false;
  const { metadata, occurred, stored } = entry;
  await insertImportedEntry(sql, actor, {
    id,
    rawData: entry.text,
    metadata,
    occurred,
    stored,
  });
  if (entry.status !== 'pending' || entry.sentiment !== null) {
    await storeAnalysis(sql, actor, id, entry);
  }
  return true;
}

const jobStatusOf = {
  pending: 'queued',
  processing: 'running',
  completed: 'completed',
  failed: 'failed',
} as const;

/** The analysis as a run over the entry, from which the status of the entry follows. */
async function storeAnalysis(
  sql: Transaction,
  actor: Actor,
  entryId: EntryId,
  entry: Phase0Entry,
): Promise<void> {
  const isFailed = entry.status === 'failed';
  const jobId = newId<JobId>(entry.stored?.ms);
  const { sentiment, processed } = entry;
  const confidence = confidenceOf(entry);
  await insertImportedRun(
    sql,
    actor,
    { entryId },
    {
      id: jobId,
      kind: 'analyse',
      status: jobStatusOf[entry.status],
      queued: entry.stored ?? entry.occurred,
      started: null,
      completed: processed,
      errorCode: isFailed ? 'import.failed_at_source' : null,
      errorMessage: isFailed
        ? (entry.errorMessage ?? 'No reason was given.').slice(0, 2_000)
        : null,
      pagesDone: 0,
      confidence,
      metrics: {},
    },
  );
  if (sentiment === null) return;
  const id = newId<ContentId>(processed?.ms);
  await insertImportedSentiment(sql, actor, {
    id,
    entryId,
    jobId,
    sentiment,
    confidence,
    processed,
  });
}

function confidenceOf({ sentiment }: Phase0Entry): number | null {
  const confidence = sentiment?.['confidence'];
  return typeof confidence === 'number' && confidence >= 0 && confidence <= 1 ? confidence : null;
}
