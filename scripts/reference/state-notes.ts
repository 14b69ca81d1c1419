import type { stateMachines } from '#kernel/state-machines.ts';

type Machines = typeof stateMachines;

interface MachineNote<Status extends string> {
  title: string;
  /** What moves, and which column holds the status. */
  about: string;
  /** Where a new row begins. */
  start: Status;
  means: Readonly<Record<Status, string>>;
}

/** What the statuses mean, for docs/reference/state-machines.md. */
export const stateNotes: {
  readonly [Name in keyof Machines]: MachineNote<keyof Machines[Name] & string>;
} = {
  processing_jobs: {
    title: 'Jobs',
    about:
      'One requested run of the pipeline over one version of a document: `processing_jobs.status`.',
    start: 'queued',
    means: {
      queued: 'Waits for a worker.',
      running:
        'At least one part has been taken by a worker; `stage` and `progress` say how far it is.',
      in_review: 'Waits for a person to decide what the machine was not sure of.',
      paused: 'Held by a user; what was read stays.',
      completed: 'Everything has been read and stored.',
      failed: 'Parts could not be read; `error_code` says why. A retry goes on from there.',
      cancelled: 'Ended by a user; what was read stays.',
    },
  },
  zones: {
    title: 'Zones',
    about: 'A region of a page: `zones.status`.',
    start: 'pending',
    means: {
      pending: 'Known, and not read yet.',
      processing: 'Being read.',
      extracted: 'Read by a machine.',
      corrected: 'Put right by a person.',
      failed: 'Could not be read.',
      skipped: 'Left out on purpose.',
    },
  },
  blobs: {
    title: 'Blobs',
    about:
      'The bytes of a file in the blob store: `blobs.state`. Its row is there before its bytes and after them.',
    start: 'pending',
    means: {
      pending: 'Being written; an old one belongs to an upload that was interrupted, and is swept.',
      stored: 'Durable, with hash and size.',
      failed: 'The upload ended before its last byte; what there is of it is swept.',
      purging: 'About to be removed from the store.',
      purged: 'Removed from the store.',
    },
  },
  hitl_tasks: {
    title: 'Review tasks',
    about: 'A request that a person decides a part of a result: `hitl_tasks.status`.',
    start: 'pending',
    means: {
      pending: 'Waits for a reviewer.',
      assigned:
        'A reviewer has it and has not begun. When their lease ends it returns to the queue.',
      in_progress: 'A reviewer works on it.',
      completed: 'Decided; what was corrected stands on the page.',
      cancelled: 'Not needed any more.',
    },
  },
  timetables: {
    title: 'Timetables',
    about: 'The week of a class: `timetables.status`.',
    start: 'draft',
    means: {
      draft: 'Being made; a timetable read from a document begins here.',
      active: 'In use.',
      archived: 'Kept for later, no longer in use.',
    },
  },
  users: {
    title: 'Users',
    about: 'A person with an account: `users.status`.',
    start: 'active',
    means: {
      active: 'May sign in.',
      suspended: 'May not sign in; everything stays.',
      deleted: 'Gone for good; the rows are purged later.',
    },
  },
};
