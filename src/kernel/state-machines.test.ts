import { expect, test } from 'vitest';

import { isFinishedJob, stateMachines } from './state-machines.ts';

/** Where a new row of the machine begins. */
const starts: Readonly<Record<string, string>> = {
  processing_jobs: 'queued',
  zones: 'pending',
  blobs: 'pending',
  hitl_tasks: 'pending',
  timetables: 'draft',
  users: 'active',
};

const machines = Object.entries(stateMachines).map(
  ([name, moves]): [string, Map<string, readonly string[]>] => [
    name,
    new Map(Object.entries(moves)),
  ],
);

test.each(machines)('%s moves only to statuses it has', (_, moves) => {
  for (const targets of moves.values()) {
    expect([...moves.keys()]).toEqual(expect.arrayContaining([...targets]));
    expect(new Set(targets).size).toBe(targets.length);
  }
});

test.each(machines)('every status of %s can be reached from the first one', (name, moves) => {
  const reached = new Set([starts[name] ?? '']);
  for (const status of reached) {
    for (const next of moves.get(status) ?? []) reached.add(next);
  }
  expect([...reached].toSorted()).toEqual([...moves.keys()].toSorted());
});

test('a job is finished in exactly the statuses that leave only by a manual retry', () => {
  const { processing_jobs: jobs } = stateMachines;
  const finished = ['completed', 'failed', 'cancelled'] as const;
  const open = ['queued', 'running', 'in_review', 'paused'] as const;
  expect([...finished, ...open].toSorted()).toEqual(Object.keys(jobs).toSorted());
  for (const status of finished) {
    expect(isFinishedJob(status)).toBe(true);
    expect(jobs[status].every((next) => next === 'queued')).toBe(true);
  }
  for (const status of open) {
    expect(isFinishedJob(status)).toBe(false);
    expect(jobs[status].some((next) => next === 'cancelled')).toBe(true);
  }
});
