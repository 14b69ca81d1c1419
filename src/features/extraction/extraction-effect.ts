import type { Transaction } from '#db/database.ts';
import { contentExtraction, storeContent } from '#features/content/index.ts';
import type { VersionFile } from '#features/documents/index.ts';
import { storeFindings, updateVersionFacts } from '#features/documents/index.ts';
import type { JobAfterItem, JobBells, JobOptions } from '#features/jobs/index.ts';
import {
  addOpenItem,
  completeJobRow,
  countItemDead,
  countItemDone,
  failJobRow,
  holdJobForReview,
  insertHistory,
} from '#features/jobs/index.ts';
import { countUsage } from '#features/usage/index.ts';
import { type ReviewSettings, type ReviewedJob, askReviewers } from '#features/review/index.ts';
import { markRunningZones, storePages } from '#features/zones/index.ts';
import type { PageReading } from '#pipeline/page-reading.ts';
import type { StageOutput } from '#pipeline/stage.ts';
import type { ItemError } from '#queue/item-error.ts';
import { enqueueItems, prioritiseItems } from '#queue/queue-repository.ts';
import type { WorkItem } from '#queue/work-item.ts';
import { StaleLease } from '#queue/work-item.ts';

export interface StageResult {
  item: WorkItem;
  version: VersionFile;
  output: StageOutput;
  durationMs: number;
  options: JobOptions;
}

/**
 * The effect of a finished work item, in the transaction that removes it: pages and zones, follow-up
 * items, counts, log, and, for the last item of a job, the fan-in. The job's row is locked last, so that
 * items of one job hold up each other as shortly as possible.
 */
export async function storeStageOutput(
  sql: Transaction,
  bells: JobBells,
  review: ReviewSettings,
  result: StageResult,
): Promise<void> {
  const { item, version, output } = result;
  const { jobId, ownerId } = item;
  const place = { ownerId, versionId: version.versionId, jobId };
  const { replaceCorrections } = result.options;
  const kept = await storePages(sql, place, output.pages, { replaceCorrections });
  await markRunningZones(sql, version.versionId, output.running ?? []);
  if (output.document) await updateVersionFacts(sql, version.versionId, output.document);
  await enqueueItems(
    sql,
    output.next.map(({ stage, pageFrom, pageTo }) => ({
      ownerId,
      jobId,
      queue: stage,
      pageFrom,
      pageTo,
      priority: item.priority,
    })),
  );
  const after = await countItemDone(sql, {
    jobId,
    stage: item.queue,
    tier: output.pages[0]?.textSource ?? null,
    tool: output.pages[0]?.tool ?? null,
    pagesStored: output.pages.length,
    itemsAdded: output.next.length,
  });
  // The job was ended meanwhile: what this item made must not be stored.
  if (!after) throw new StaleLease(item);
  await insertHistory(sql, historyOf(result, kept));
  // It was changed while this item ran.
  if (after.priority !== item.priority) await prioritiseItems(sql, jobId, after.priority);
  await countUsage(
    sql,
    output.pages.map(({ number }) => ({
      metric: 'pages_processed',
      sourceId: `${jobId}/${number}`,
      ownerId,
      amount: 1,
    })),
  );
  if (output.facts) {
    const { confidence, ...facts } = output.facts;
    // Before the job is completed: what the run before it found is told by the newest completed one.
    await storeFindings(sql, version.versionId, {
      documentType: facts.documentType.type,
      language: facts.language.code,
    });
    const job = { jobId, ownerId, versionId: version.versionId };
    await storeMachineContent(sql, job, { ...facts }, confidence);
    const waiting = await askReviewers(sql, review, job);
    const endJob = waiting > 0 && review.mode === 'required' ? holdJobForReview : completeJobRow;
    await endJob(sql, jobId, { confidence, metrics: metricsOf(facts, result.options) });
  } else {
    await finishStage(sql, item, version.pageCount ?? output.document?.pageCount ?? 1, after);
  }
  ringJob(sql, bells, item);
}

/** The sum of a reading as its structured result, which a person may put another one in the place of. */
async function storeMachineContent(
  sql: Transaction,
  { jobId, ownerId, versionId }: ReviewedJob,
  facts: Record<string, unknown>,
  confidenceScore: number,
): Promise<void> {
  const made = { taskType: contentExtraction, authorId: null, processedData: facts };
  await storeContent(sql, { ...made, ownerId, versionId, jobId, confidenceScore });
}

/** The bookkeeping of an item that is set aside for good. */
export async function settleDeadItem(
  sql: Transaction,
  bells: JobBells,
  item: WorkItem,
  error: ItemError,
): Promise<void> {
  const after = await countItemDead(sql, item.jobId, error);
  if (!after) return;
  await insertHistory(sql, {
    ownerId: item.ownerId,
    jobId: item.jobId,
    action: 'item.dead',
    stage: item.queue,
    attempt: item.attempt,
    errorCode: error.code,
    errorMessage: error.message,
    details: { pageFrom: item.pageFrom, pageTo: item.pageTo },
  });
  if (after.openItems === 0) await failJobRow(sql, item.jobId);
  ringJob(sql, bells, item);
}

/** Fan-in: exactly one item sees the count at zero, because all of them lock the job's row. */
async function finishStage(
  sql: Transaction,
  item: WorkItem,
  pageCount: number,
  after: JobAfterItem,
): Promise<void> {
  if (after.openItems > 0) return;
  if (after.deadItems > 0) {
    await failJobRow(sql, item.jobId);
    return;
  }
  await addOpenItem(sql, item.jobId);
  const { ownerId, jobId } = item;
  const { priority } = after;
  await enqueueItems(sql, [
    { ownerId, jobId, queue: 'validate', pageFrom: 1, pageTo: Math.max(1, pageCount), priority },
  ]);
}

/** A run over a part says nothing about how the rest of the document was read. */
function metricsOf(
  { settings, ...facts }: { settings: unknown },
  options: JobOptions,
): Record<string, unknown> {
  const isPartial = options.stage !== undefined || options.pages !== undefined;
  return isPartial ? facts : { ...facts, settings };
}

function historyOf({ item, output, durationMs }: StageResult, kept: readonly number[]) {
  const { pages } = output;
  return {
    ownerId: item.ownerId,
    jobId: item.jobId,
    action: 'item.done',
    stage: item.queue,
    attempt: item.attempt,
    tier: pages[0]?.textSource ?? null,
    tool: pages[0]?.tool ?? null,
    durationMs,
    confidence: meanConfidence(pages),
    details: {
      pageFrom: item.pageFrom,
      pageTo: item.pageTo,
      pages: pages.length,
      next: output.next.length,
      ...(kept.length > 0 && { correctedPagesKept: [...kept] }),
    },
  };
}

/** null without pages. */
export function meanConfidence(pages: readonly PageReading[]): number | null {
  if (pages.length === 0) return null;
  return pages.reduce((sum, page) => sum + page.confidence, 0) / pages.length;
}

function ringJob(sql: Transaction, bells: JobBells, item: WorkItem): void {
  sql.afterCommit(() => {
    bells.jobs.ring(item.jobId);
    bells.queue.ring();
  });
}
