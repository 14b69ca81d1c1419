import { createHash } from 'node:crypto';
import type { BlobStore } from '#blobs/blob-store.ts';
import type { Database } from '#db/database.ts';
import { readImportedText } from './imported-reading.ts';
import { createOwnerFinder } from './import-owner.ts';
import type { ImportReport } from './import-report.ts';
import { countImported, emptyReport } from './import-report.ts';
import { findImportRef } from './import-repository.ts';
import type { Actor } from '#features/identity/index.ts';
import { AppError, isAppError } from '#kernel/app-error.ts';
import type { StageEngines } from '#pipeline/stage.ts';
import { storeImportedTask } from './imported-document.ts';
import type { RedisSource } from './redis-source.ts';
import type { TaskFields } from './redis-task.ts';
import { readTask, textOfResult } from './redis-task.ts';

export interface RedisImportDeps {
  database: Database;
  blobs: BlobStore;
  engines: StageEngines;
  maxUploadBytes: number;
}

export interface ImportOptions {
  /** Everything goes to this user. */
  ownerEmail?: string | undefined;
  /** Looks and counts; writes nothing anywhere. */
  dryRun: boolean;
  /** Told after every record. */
  onProgress?: (report: ImportReport) => void;
}

export const redisSource = 'redis';

/**
 * Takes over the tasks and results of the document processor that kept them in Redis. Safe to repeat: what was taken
 * over is skipped. A record that cannot be taken over is a line of the report, and the others go on. Throws
 * `import.owner_unknown`, `import.source_unreachable`, or what the database or the blob store reports.
 */
export async function importRedis(
  deps: RedisImportDeps,
  source: RedisSource,
  options: ImportOptions,
): Promise<ImportReport> {
  const report = emptyReport(redisSource, options.dryRun);
  const ownerOf = await createOwnerFinder(deps.database.sql, options.ownerEmail);
  const run: Run = { deps, source, options, report, ownerOf };
  for await (const id of source.taskIds()) {
    const fields = await source.task(id);
    // Lists of tasks and the like bear the same prefix.
    if (fields !== null) await takeOver(run, id, fields);
  }
  for await (const id of source.resultIds()) {
    if (await source.hasTask(id)) continue;
    await takeOver(run, id, null);
  }
  return report;
}

interface Run {
  deps: RedisImportDeps;
  source: RedisSource;
  options: ImportOptions;
  report: ImportReport;
  ownerOf: (named: string | null) => Promise<Actor>;
}

/** `fields` is null for a result whose task is gone. */
async function takeOver(run: Run, id: string, fields: TaskFields | null): Promise<void> {
  const { report, options } = run;
  report.found += 1;
  try {
    await importOne(run, id, fields);
  } catch (error) {
    if (!isAppError(error) || isOutage(error)) throw error;
    report.failed += 1;
    report.problems.push({ id, message: error.message });
  }
  options.onProgress?.(report);
}

/** What would hit every other record as well. */
function isOutage(error: AppError): boolean {
  return /^(?:db\.(?:unavailable|busy)|blob\.write_failed|engine\.unavailable|import\.source)/.test(
    error.code,
  );
}

async function importOne(run: Run, id: string, fields: TaskFields | null): Promise<void> {
  const { deps, options, report } = run;
  const externalId = fields === null ? `result:${id}` : `task:${id}`;
  if ((await findImportRef(deps.database.sql, redisSource, externalId)) !== null) {
    report.skipped += 1;
    return;
  }
  const task = readTask(id, fields ?? { status: 'completed', filename: `result-${id}` });
  const result = task.status === 'completed' ? await readResult(run, id) : null;
  const text = result === null ? null : textOfResult(decode(result));
  if (!options.dryRun) {
    const reading = text === null ? null : await readImportedText(deps.engines, text);
    const checksum = checksumOf(fields, result);
    const actor = await run.ownerOf(task.email);
    const wish = { task, reading, checksum, externalId, source: redisSource };
    if (!(await storeImportedTask(deps, actor, wish))) {
      report.skipped += 1;
      return;
    }
  }
  if (task.status === 'completed' && text === null) report.missingResults += 1;
  if (fields === null) report.orphanResults += 1;
  countImported(report, task.status);
}

async function readResult({ deps, source }: Run, id: string): Promise<Buffer | null> {
  const result = await source.result(id);
  if (result !== null && result.length > deps.maxUploadBytes) {
    throw new AppError(
      'import.record_invalid',
      `The result is larger than a document may be (${result.length} bytes).`,
    );
  }
  return result;
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError('import.record_invalid', 'The result is not a text in UTF-8.', { cause });
  }
}

/** Of everything that the source said about one task. */
function checksumOf(fields: TaskFields | null, result: Buffer | null): string {
  const sorted = Object.entries(fields ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const hash = createHash('sha256').update(JSON.stringify(sorted));
  return hash.update(result ?? '').digest('hex');
}
