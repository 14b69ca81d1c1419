/**
 * Every move a status may make. The same list stands in the table state_transitions, where one guard
 * trigger enforces it, and in docs/reference/state-machines.md; a test holds the three equal.
 */
export const stateMachines = {
  processing_jobs: {
    queued: ['running', 'paused', 'cancelled'],
    running: ['queued', 'in_review', 'paused', 'completed', 'failed', 'cancelled'],
    in_review: ['running', 'cancelled', 'failed'],
    paused: ['queued', 'cancelled'],
    failed: ['queued'],
    completed: [],
    cancelled: [],
  },
  zones: {
    pending: ['processing', 'skipped'],
    processing: ['extracted', 'failed'],
    extracted: ['processing', 'corrected'],
    corrected: ['processing', 'corrected'],
    failed: ['processing', 'corrected', 'skipped'],
    skipped: ['processing'],
  },
  blobs: {
    pending: ['stored', 'failed'],
    stored: ['purging'],
    failed: ['purging'],
    purging: ['purged'],
    purged: [],
  },
  hitl_tasks: {
    pending: ['assigned', 'cancelled'],
    assigned: ['in_progress', 'pending', 'cancelled'],
    in_progress: ['completed', 'pending', 'cancelled'],
    completed: [],
    cancelled: [],
  },
  timetables: {
    draft: ['active', 'archived'],
    active: ['archived', 'draft'],
    archived: ['active'],
  },
  users: {
    active: ['suspended', 'deleted'],
    suspended: ['active', 'deleted'],
    deleted: [],
  },
} as const;

export type JobStatus = keyof (typeof stateMachines)['processing_jobs'];
export type ZoneStatus = keyof (typeof stateMachines)['zones'];
export type ReviewStatus = keyof (typeof stateMachines)['hitl_tasks'];
export type TimetableStatus = keyof (typeof stateMachines)['timetables'];

/** True for a status that nothing leaves but a manual retry. */
export function isFinishedJob(status: JobStatus): boolean {
  return status === 'completed' || status === 'failed' || status === 'cancelled';
}
