import type { JobStatus } from '#api/api-model.ts';

export const jobFilters = [
  'queued',
  'running',
  'paused',
  'completed',
  'failed',
  'cancelled',
] as const;

export interface JobsSearch {
  status?: JobStatus;
}

/** Reads the view state of the jobs page from the address; what is not understood is left out. */
export function readJobsSearch(search: Record<string, unknown>): JobsSearch {
  const status = jobFilters.find((known) => known === search['status']);
  return status === undefined ? {} : { status };
}
