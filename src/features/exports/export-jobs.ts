import type { Database, Transaction } from '#db/database.ts';
import { getDocument } from '#features/documents/index.ts';
import { type Actor, actingFor } from '#features/identity/index.ts';
import type { JobBells } from '#features/jobs/index.ts';
import {
  completeJobRow,
  countItemDead,
  countItemDone,
  failJobRow,
  insertExportJob,
  insertHistory,
  startJob,
} from '#features/jobs/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { ExportId, JobId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { ItemError } from '#queue/item-error.ts';
import type { Effect, WorkerHandlers } from '#queue/item-runner.ts';
import { enqueueItems } from '#queue/queue-repository.ts';
import type { WorkItem } from '#queue/work-item.ts';
import { GiveUp, StaleLease } from '#queue/work-item.ts';
import { type WrittenFormat, formatsOfType } from './export.ts';
import { failFile, findExportOfJob, listFiles } from './export-repository.ts';
import { type MakeFileDeps, type MadeFile, finishMadeFile, makeFile } from './make-export-file.ts';

/** The queue of work items that each make one file of an export: item n the file of the nth format by name. */
export const exportQueue = 'export';

/** A full export may have every format that can be written. */
const writtenNames = formatsOfType.full;

export interface ExportJobDeps extends MakeFileDeps {
  database: Database;
  bells: JobBells;
}

/** A job with one work item for each file, in the caller's transaction. */
export async function createExportJob(
  sql: Transaction,
  bells: JobBells,
  actor: Actor,
  made: { exportId: ExportId; formats: readonly WrittenFormat[]; pageCount: number },
): Promise<JobId> {
  const id = newId<JobId>();
  const { exportId, formats, pageCount } = made;
  const openItems = formats.length;
  await insertExportJob(sql, actor, {
    id,
    exportId,
    openItems,
    pagesPlanned: openItems * pageCount,
  });
  await enqueueItems(
    sql,
    formats.map((_, index) => ({
      ownerId: actor.userId,
      jobId: id,
      queue: exportQueue,
      pageFrom: index + 1,
      pageTo: index + 1,
      priority: 0,
    })),
  );
  sql.afterCommit(() => {
    bells.queue.ring();
    bells.jobs.ring(id);
  });
  return id;
}

/** Makes the files of exports that are too long to be made while somebody waits for the answer. */
export function createExportHandlers(deps: ExportJobDeps): WorkerHandlers {
  return {
    handle: (item, signal) => makeOneFile(deps, item, signal),
    async onRetry(sql, item, error) {
      const { code: errorCode, message: errorMessage } = error;
      await insertHistory(sql, { ...logOf(item), action: 'item.retry', errorCode, errorMessage });
    },
    onDead: (sql, item, error) => settleDeadFile(sql, deps.bells, item, error),
  };
}

async function makeOneFile(
  deps: ExportJobDeps,
  item: WorkItem,
  signal: AbortSignal,
): Promise<Effect> {
  const actor = actingFor(item.ownerId);
  const sql = deps.database.as(actor);
  const record = await findExportOfJob(sql, item.jobId);
  if (record === null) throw gone(item);
  if (await startJob(deps.database.sql, item.jobId)) deps.bells.jobs.ring(item.jobId);
  const file = (await listFiles(sql, record.id))[item.pageFrom - 1];
  const format = formatOf(file?.format);
  if (file === undefined || format === undefined) throw gone(item);
  // It was made by a worker whose answer was lost.
  const isMade = file.finishedAt !== null;
  const startedAt = performance.now();
  const document = await getDocument(deps, actor, record.documentId, { trashed: true });
  // Of the version that was asked for, whatever came since.
  const wanted = { id: record.id, type: record.exportType, selection: record.selection, format };
  const version = { ...document, versionId: record.versionId };
  const made = isMade ? null : await makeFile(deps, actor, version, wanted, signal);
  const durationMs = performance.now() - startedAt;
  return (transaction) => storeFile(transaction, deps, item, { made, durationMs });
}

async function storeFile(
  sql: Transaction,
  deps: ExportJobDeps,
  item: WorkItem,
  { made, durationMs }: { made: MadeFile | null; durationMs: number },
): Promise<void> {
  if (made !== null) await finishMadeFile(sql, made);
  const { jobId, queue: stage } = item;
  const pagesStored = made?.itemCount ?? 0;
  const done = { jobId, stage, tier: null, tool: null, pagesStored, itemsAdded: 0 };
  const after = await countItemDone(sql, done);
  // The job was ended meanwhile: the file must not be stored.
  if (after === null) throw new StaleLease(item);
  await insertHistory(sql, { ...logOf(item), action: 'item.done', durationMs });
  if (after.openItems === 0) {
    if (after.deadItems > 0) await failJobRow(sql, jobId);
    else await completeJobRow(sql, jobId, { confidence: null, metrics: {} });
  }
  sql.afterCommit(() => deps.bells.jobs.ring(jobId));
}

/** The file that cannot be made says why; the others are made all the same. */
async function settleDeadFile(
  sql: Transaction,
  bells: JobBells,
  item: WorkItem,
  error: ItemError,
): Promise<void> {
  const after = await countItemDead(sql, item.jobId, error);
  if (after === null) return;
  const record = await findExportOfJob(sql, item.jobId);
  const file = record && (await listFiles(sql, record.id))[item.pageFrom - 1];
  if (record && file?.finishedAt === null) await failFile(sql, record.id, file.format, error);
  const { code: errorCode, message: errorMessage } = error;
  await insertHistory(sql, { ...logOf(item), action: 'item.dead', errorCode, errorMessage });
  if (after.openItems === 0) await failJobRow(sql, item.jobId);
  sql.afterCommit(() => bells.jobs.ring(item.jobId));
}

function formatOf(format: string | undefined): WrittenFormat | undefined {
  return writtenNames.find((name) => name === format);
}

function logOf(item: WorkItem) {
  return {
    ownerId: item.ownerId,
    jobId: item.jobId,
    stage: item.queue,
    attempt: item.attempt,
    details: { file: item.pageFrom },
  };
}

function gone(item: WorkItem): GiveUp {
  const cause = new AppError('export.not_found', `Job ${item.jobId} has no export any more.`);
  return new GiveUp('the export is gone', cause);
}
