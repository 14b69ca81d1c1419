import type { AccountSettings, Job } from '#api/api-model.ts';

export type NoticeKind = 'completed' | 'failed' | 'review';

/** One thing to say about runs that ended alike, so that a hundred documents are said in one line. */
export interface RunNotice {
  kind: NoticeKind;
  jobs: readonly Job[];
}

const kinds = [
  { kind: 'completed', status: 'completed', wish: 'documentCompleted' },
  { kind: 'failed', status: 'failed', wish: 'documentFailed' },
  { kind: 'review', status: 'in_review', wish: 'reviewRequested' },
] as const satisfies readonly {
  kind: NoticeKind;
  status: Job['status'];
  wish: keyof AccountSettings['notifications'];
}[];

/** What somebody wants to be told about runs that have ended. */
export function wantedNotices(
  jobs: readonly Job[],
  wishes: AccountSettings['notifications'],
): RunNotice[] {
  return kinds
    .filter(({ wish }) => wishes[wish])
    .map(({ kind, status }) => ({ kind, jobs: jobs.filter((job) => job.status === status) }))
    .filter((notice) => notice.jobs.length > 0);
}
