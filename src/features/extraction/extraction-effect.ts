import type { Transaction } from '#db/database.ts';
import type { VersionFile } from '#features/documents/index.ts';
import { storeFindings, updateVersionFacts } from '#features/documents/index.ts';
import type { JobBells, JobAfterItem } from '#features/jobs/index.ts';
import {
  addOpenItem,
  completeJobRow,
  countItemDead,
  countItemDone,
  failJobRow,
  insertHistory,
} from '#features/jobs/index.ts';
import { markRunningZones, storePages } from '#features/zones/index.ts';
import type { PageReading } from '#pipeline/page-reading.ts';
import type { StageOutput } from '#pipeline/stage.ts';
import type { ItemError } from '#queue/item-error.ts';
import { enqueueItems } from '#queue/queue-repository.ts';
import type { WorkItem } from '#queue/work-item.ts';
import { StaleLease } from '#queue/work-item.ts';

export interface StageResult {
  item: WorkItem;
  version: VersionFile;
  output: StageOutput;
  durationMs: number;
}

/**
 * The effect of a finished work item, in the transaction that removes it: pages and zones, follow-up
 * items, counts, log, and, for the last item of a job, the fan-in. The job's row is locked last, so that
 * items of one job hold up each other as shortly as possible.
 */
export async function storeStageOutput(
  sql: Transaction,
  bells: JobBells,
  result: StageResult,
): Promise<void> {
  const { item, version, output } = result;
  const { jobId, ownerId } = item;
  await storePages(sql, { ownerId, versionId: version.versionId, jobId }, output.pages);
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
  await insertHistory(sql, historyOf(result));
  if (output.facts) {
    const { confidence, ...facts } = output.facts;
    // Before the job is completed: what the run before it found is told by the newest completed one.
    await storeFindings(sql, version.versionId, {
      documentType: facts.documentType.type,
      language: facts.language.code,
    });
    await completeJobRow(sql, jobId, { confidence, metrics: { ...facts } });
  } else {
    await finishStage(sql, item, version.pageCount ?? output.document?.pageCount ?? 1, after);
  }
  ringJob(sql, bells, item);
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
  const { ownerId, jobId, priority } = item;
  await enqueueItems(sql, [
    { ownerId, jobId, queue: 'validate', pageFrom: 1, pageTo: Math.max(1, pageCount), priority },
  ]);
}

function historyOf({ item, output, durationMs }: StageResult) {
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
    },
  };
}

function meanConfidence(pages: readonly PageReading[]): number | null {
  if (pages.length === 0) return null;
  return pages.reduce((sum, page) => sum + page.confidence, 0) / pages.length;
}

function ringJob(sql: Transaction, bells: JobBells, item: WorkItem): void {
  sql.afterCommit(() => {
    bells.jobs.ring(item.jobId);
    bells.queue.ring();
  });
}
