import type { Transaction } from '#db/database.ts';
import { contentExtraction, findContent, storeContent } from '#features/content/index.ts';
import type { Actor } from '#features/identity/index.ts';
import { type ZoneDecision, decideZonesIn } from '#features/zones/index.ts';
import type { ReviewTaskId } from '#kernel/ids.ts';
import { listDoubtfulZones, markPageSeen } from './doubt-repository.ts';
import { type HitlTask, reviewInvalid, taskConflict } from './review.ts';
import { completeTaskRow, startTaskRow } from './review-repository.ts';
import { type ReviewDeps, changeTask } from './review-service.ts';
import { endReviewedJob } from './reviewed-job.ts';

/** What a reviewer decided: zones they name are changed, what else is in doubt is right as it stands. */
export interface ReviewDecision {
  zones: readonly ZoneDecision[];
  notes: string | null;
}

const reasonCode = 'review';

/**
 * Decides a task: zones are corrected or confirmed with confidence 1, the structured result of the document becomes a
 * person's, and the job is completed when this was its last open question. All or nothing.
 * Throws `review.not_found`, `review.conflict` when the actor does not have the task, `zone.not_found` or `zone.invalid`.
 */
export async function completeTask(
  deps: ReviewDeps,
  actor: Actor,
  id: ReviewTaskId,
  decision: ReviewDecision,
): Promise<HitlTask> {
  return changeTask(deps, actor, id, async (sql, task, lease) => {
    if (task.assignedTo !== actor.userId) throw taskConflict(task, 'completed by you');
    if (task.status === 'assigned') await startTaskRow(sql, id, lease);
    const decided = await decideZones(sql, deps, actor, task, decision);
    await storeHumanContent(sql, actor, task, decided);
    await completeTaskRow(sql, id, {
      finalData: { zones: decided },
      notes: decision.notes,
      by: actor.userId,
      now: lease.now,
    });
    await endReviewedJob(sql, deps.bells, task.jobId);
  });
}

/** Zones of the decision and, unchanged, those in doubt that it does not name. Resolves to all of them. */
async function decideZones(
  sql: Transaction,
  deps: ReviewDeps,
  actor: Actor,
  task: HitlTask,
  decision: ReviewDecision,
): Promise<ZoneDecision[]> {
  const { versionId, pageNumber, zoneId, ownerId } = task;
  if (pageNumber === null) {
    if (decision.zones.length > 0) {
      throw reviewInvalid('zones', 'The task is about the whole document, not about zones.');
    }
    return [];
  }
  if (zoneId !== null && decision.zones.some((zone) => zone.id !== zoneId)) {
    throw reviewInvalid('zones', `The task is about zone ${zoneId} only.`);
  }
  const named = new Set(decision.zones.map((zone) => zone.id));
  if (named.size < decision.zones.length) {
    throw reviewInvalid('zones', 'Each zone is decided once.');
  }
  const doubtful = await listDoubtfulZones(sql, versionId, deps.review.gates, pageNumber);
  const confirmed = doubtful
    .filter((zone) => !named.has(zone.id) && (zoneId === null || zone.id === zoneId))
    .map(({ id, content }): ZoneDecision => ({ id, content }));
  const all = [...decision.zones, ...confirmed];
  const author = { userId: actor.userId, reasonCode };
  await decideZonesIn(sql, author, { versionId, pageNumber, ownerId }, all);
  if (zoneId === null) await markPageSeen(sql, versionId, pageNumber);
  return all;
}

/** The machine's result with what was reviewed, as a person's; several reviews of a document add up. */
async function storeHumanContent(
  sql: Transaction,
  actor: Actor,
  task: HitlTask,
  decided: readonly ZoneDecision[],
): Promise<void> {
  const { versionId, ownerId, jobId } = task;
  const current = await findContent(sql, versionId, contentExtraction);
  const before = current?.processedData ?? {};
  const reviews = Array.isArray(before['reviews']) ? before['reviews'] : [];
  const review = { taskId: task.id, page: task.pageNumber, zones: decided.map(({ id }) => id) };
  await storeContent(sql, {
    ownerId,
    versionId,
    jobId,
    taskType: contentExtraction,
    processedData: { ...before, reviews: [...reviews, review] },
    confidenceScore: 1,
    authorId: actor.userId,
  });
}
