/** Moments at which a process may be made to die, so that it is proven that nothing is lost there. */
export const failpoints = [
  'upload.begun',
  'upload.blob_durable',
  'upload.rows_written',
  'answer.made',
  'answer.stored',
  'database.commit_sent',
  'database.committed',
  'queue.claimed',
  'queue.stage_done',
  'queue.pages_stored',
  'queue.effect_stored',
  'queue.failure_stored',
] as const;

export type Failpoint = (typeof failpoints)[number];

let onReached: ((name: Failpoint) => void) | undefined;

/** Says that the program has come to this point. Nothing happens unless a test has armed it. */
export function failpoint(name: Failpoint): void {
  onReached?.(name);
}

/** For tests only: calls `reached` at every point until it is called again without one. */
export function armFailpoints(reached?: (name: Failpoint) => void): void {
  onReached = reached;
}
