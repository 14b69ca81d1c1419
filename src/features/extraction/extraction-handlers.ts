import type { BlobStore } from '#blobs/blob-store.ts';
import type { Database, Transaction } from '#db/database.ts';
import type { VersionFile } from '#features/documents/index.ts';
import { findVersionFile } from '#features/documents/index.ts';
import type { JobBells } from '#features/jobs/index.ts';
import { findJobs, insertHistory, startJob } from '#features/jobs/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { Logger } from '#kernel/logger.ts';
import type { ReadingSettings } from '#pipeline/reading-settings.ts';
import { defaultReadingSettings } from '#pipeline/reading-settings.ts';
import type { StageEngines, StageInput, StageName, StageOutput } from '#pipeline/stage.ts';
import { stageNames } from '#pipeline/stage.ts';
import { stages } from '#pipeline/stages/stage-table.ts';
import { GiveUp } from '#queue/work-item.ts';
import type { WorkItem } from '#queue/work-item.ts';
import type { Effect, WorkerHandlers } from '#queue/worker.ts';
import { settleDeadItem, storeStageOutput } from './extraction-effect.ts';
import { readSoFar } from './reading-so-far.ts';

export interface ExtractionDeps {
  database: Database;
  blobs: BlobStore;
  engines: StageEngines;
  bells: JobBells;
  settings: Partial<ReadingSettings>;
  logger: Logger;
}

/** Connects the queue with the stages: reads the file, runs the stage, stores what it made. */
export function createExtractionHandlers(deps: ExtractionDeps): WorkerHandlers {
  return {
    handle: (item, signal) => runStage(deps, item, signal),
    async onRetry(sql, item, error) {
      await insertHistory(sql, {
        ...logOf(item),
        action: 'item.retry',
        errorCode: error.code,
        errorMessage: error.message,
      });
    },
    onDead: (sql, item, error) => settleDeadItem(sql, deps.bells, item, error),
  };
}

async function runStage(
  deps: ExtractionDeps,
  item: WorkItem,
  signal: AbortSignal,
): Promise<Effect> {
  const stage = stages[stageOf(item)];
  const version = await findJobFile(deps, item);
  if (await startJob(deps.database.sql, item.jobId)) deps.bells.jobs.ring(item.jobId);
  const startedAt = performance.now();
  const copy = await deps.blobs.localCopy(version.objectKey);
  let output: StageOutput;
  try {
    const { mediaType, sha256 } = version;
    const input: StageInput = {
      file: { path: copy.path, mediaType, sha256 },
      pageFrom: item.pageFrom,
      pageTo: item.pageTo,
      settings: { ...defaultReadingSettings, ...deps.settings },
      ...(stage.name === 'validate' && {
        soFar: await readSoFar(deps.database.sql, version.versionId, item.pageTo),
      }),
    };
    const { engines, logger } = deps;
    output = await stage.run(input, {
      engines,
      signal,
      logger: logger.child({ jobId: item.jobId }),
    });
  } finally {
    await copy.release();
  }
  const durationMs = performance.now() - startedAt;
  return (sql: Transaction) =>
    storeStageOutput(sql, deps.bells, { item, version, output, durationMs });
}

async function findJobFile(deps: ExtractionDeps, item: WorkItem): Promise<VersionFile> {
  const [job] = await findJobs(deps.database.sql, [item.jobId]);
  const version = job && (await findVersionFile(deps.database.sql, job.versionId));
  if (version) return version;
  throw new GiveUp(
    'the document is gone',
    new AppError('job.not_found', `Job ${item.jobId} has no document any more.`),
  );
}

function stageOf(item: WorkItem): StageName {
  const stage = stageNames.find((name) => name === item.queue);
  if (stage) return stage;
  throw new GiveUp(`this worker has no stage "${item.queue}"`);
}

/** Who and what a line in the log of a job is about. */
function logOf(item: WorkItem) {
  return {
    ownerId: item.ownerId,
    jobId: item.jobId,
    stage: item.queue,
    attempt: item.attempt,
    details: { pageFrom: item.pageFrom, pageTo: item.pageTo },
  };
}
