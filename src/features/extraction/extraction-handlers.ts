import type { BlobStore } from '#blobs/blob-store.ts';
import type { Transaction } from '#db/database.ts';
import type { JobBells } from '#features/jobs/index.ts';
import { insertHistory, startJob } from '#features/jobs/index.ts';
import type { ReviewSettings } from '#features/review/index.ts';
import type { StageMetric } from '#features/metrics/index.ts';
import { type UsageLimitDeps, requirePages } from '#features/usage/index.ts';
import { AppError, isAppError } from '#kernel/app-error.ts';
import type { Logger } from '#kernel/logger.ts';
import type { ReadingSettings } from '#pipeline/reading-settings.ts';
import { defaultReadingSettings } from '#pipeline/reading-settings.ts';
import type { Stage, StageEngines, StageInput, StageName, StageOutput } from '#pipeline/stage.ts';
import { stageNames } from '#pipeline/stage.ts';
import { stages } from '#pipeline/stages/stage-table.ts';
import { describeItemError } from '#queue/item-error.ts';
import { GiveUp } from '#queue/work-item.ts';
import type { WorkItem } from '#queue/work-item.ts';
import type { Cache } from '#realtime/cache.ts';
import type { Effect, WorkerHandlers } from '#queue/item-runner.ts';
import { failedStage, finishedStage } from './stage-metrics.ts';
import { settleDeadItem, storeStageOutput } from './extraction-effect.ts';
import { OcrResultCache } from './ocr-result-cache.ts';
import type { JobInput } from './job-input-repository.ts';
import { findJobInput } from './job-input-repository.ts';
import { readSoFar } from './reading-so-far.ts';

export interface ExtractionDeps extends UsageLimitDeps {
  blobs: BlobStore;
  engines: StageEngines;
  bells: JobBells;
  settings: Partial<ReadingSettings>;
  review: ReviewSettings;
  /** Where results of recognition are kept; without it every page is recognised anew. */
  results?: Cache;
  logger: Logger;
  /** Takes a row for every attempt of a stage. It must not wait. */
  recordStage?: ((metric: StageMetric) => void) | undefined;
}

/** Connects the queue with the stages: reads the file, runs the stage, stores what it made. */
export function createExtractionHandlers(deps: ExtractionDeps): WorkerHandlers {
  return {
    handle: (item, signal) => runMeasured(deps, item, signal),
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

/** Failed attempts are measured too; those that were called off are none. */
async function runMeasured(
  deps: ExtractionDeps,
  item: WorkItem,
  signal: AbortSignal,
): Promise<Effect> {
  const startedAt = performance.now();
  try {
    return await runStage(deps, item, signal);
  } catch (error) {
    if (!signal.aborted) {
      const durationMs = performance.now() - startedAt;
      deps.recordStage?.(failedStage(item, durationMs, describeItemError(error).code));
    }
    throw error;
  }
}

async function runStage(
  deps: ExtractionDeps,
  item: WorkItem,
  signal: AbortSignal,
): Promise<Effect> {
  const stage = stages[stageOf(item)];
  const { version, options, status } = await requireJobInput(deps, item);
  if (status === 'queued' && (await startJob(deps.database.sql, item.jobId))) {
    deps.bells.jobs.ring(item.jobId);
  }
  const startedAt = performance.now();
  const copy = await deps.blobs.localCopy(version.objectKey);
  let output: StageOutput;
  try {
    const { mediaType, sha256 } = version;
    const input: StageInput = {
      file: { path: copy.path, mediaType, sha256 },
      pageFrom: item.pageFrom,
      pageTo: item.pageTo,
      settings: { ...defaultReadingSettings, ...deps.settings, ...options.settings },
      ...(stage.name === 'validate' && {
        soFar: await readSoFar(deps.database.sql, version.versionId, item.pageTo),
      }),
    };
    output = await runOrReuse(deps, stage, input, signal, item);
  } finally {
    await copy.release();
  }
  if (output.document) await requireRoom(deps, item, output.document.pageCount);
  const durationMs = performance.now() - startedAt;
  return async (sql: Transaction) => {
    const result = { item, version, output, durationMs, options };
    await storeStageOutput(sql, deps.bells, deps.review, result);
    sql.afterCommit(() => deps.recordStage?.(finishedStage({ item, output, durationMs })));
  };
}

/** The pages of a document are known now. Those that nobody may have read are not read, and the job says why. */
async function requireRoom(deps: ExtractionDeps, item: WorkItem, pages: number): Promise<void> {
  try {
    await requirePages(deps, item.ownerId, pages, item.jobId);
  } catch (error) {
    if (!isAppError(error, 'usage.limit_reached')) throw error;
    throw new GiveUp('the owner may have no more pages read', error);
  }
}

/** Recognition is dear: what was recognised before from the same bytes in the same way is taken as it is. */
async function runOrReuse(
  deps: ExtractionDeps,
  stage: Stage,
  input: StageInput,
  signal: AbortSignal,
  item: WorkItem,
): Promise<StageOutput> {
  const { engines, results } = deps;
  const logger = deps.logger.child({ jobId: item.jobId });
  const cache =
    stage.name === 'ocr' && results !== undefined ? new OcrResultCache(results) : undefined;
  const known = await cache?.find(input, engines);
  if (known) {
    logger.debug({ item: item.id }, 'ocr.reused');
    return known;
  }
  const output = await stage.run(input, { engines, signal, logger });
  await cache?.keep(input, engines, output);
  return output;
}

async function requireJobInput(deps: ExtractionDeps, item: WorkItem): Promise<JobInput> {
  const input = await findJobInput(deps.database.sql, item.jobId);
  if (input) return input;
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
