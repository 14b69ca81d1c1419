import { AppError } from '#kernel/app-error.ts';
import type { DocumentId, JobId, ReviewTaskId, UserId, VersionId, ZoneId } from '#kernel/ids.ts';
import type { ReviewStatus } from '#kernel/state-machines.ts';

export interface HitlTask {
  id: ReviewTaskId;
  ownerId: UserId;
  jobId: JobId;
  documentId: DocumentId;
  documentTitle: string;
  versionId: VersionId;
  pageNumber: number | null;
  zoneId: ZoneId | null;
  reason: string;
  priority: number;
  status: ReviewStatus;
  assignedTo: UserId | null;
  leaseExpiresAt: Date | null;
  draftData: Record<string, unknown>;
  finalData: Record<string, unknown> | null;
  reviewNotes: string | null;
  dueAt: Date | null;
  completedBy: UserId | null;
  createdAt: Date;
  assignedAt: Date | null;
  startedAt: Date | null;
  completedAt: Date | null;
}

/** Names of the priorities 1..4 at the edge. */
export const priorityNames = ['low', 'normal', 'high', 'urgent'] as const;
export type PriorityName = (typeof priorityNames)[number];

export function priorityName(priority: number): PriorityName {
  return priorityNames[priority - 1] ?? 'normal';
}

/** True while somebody has still to decide. */
export function isOpenTask(status: ReviewStatus): boolean {
  return status !== 'completed' && status !== 'cancelled';
}

export function taskNotFound(id: string): AppError {
  return new AppError('review.not_found', `There is no review task ${id}.`);
}

export function taskConflict(task: HitlTask, wanted: string): AppError {
  const held = task.assignedTo === null ? '' : ' and somebody has it';
  return new AppError(
    'review.conflict',
    `The task is ${task.status}${held}, so it cannot be ${wanted}.`,
    { details: { status: task.status } },
  );
}

export function reviewInvalid(field: string, message: string): AppError {
  return new AppError('review.invalid', message, { details: { field } });
}
