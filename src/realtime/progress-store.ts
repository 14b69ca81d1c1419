import { z } from 'zod';
import type { JobId } from '#kernel/ids.ts';

const progressSchema = z.object({
  ownerId: z.string(),
  status: z.string(),
  stage: z.string(),
  percent: z.coerce.number(),
  confidence: z.string(),
  pagesDone: z.coerce.number(),
  pagesTotal: z.string(),
  etaSeconds: z.string(),
  at: z.coerce.number(),
});

/** How far a job is. Texts that are not known (yet) are empty. */
export type JobProgress = z.infer<typeof progressSchema>;

/** Progress as last told, for whoever asks often. `processing_jobs` is the truth. */
export interface ProgressStore {
  /** Kept for seven days, as well as possible. Progress told before `at` of what is there is dropped. */
  put(jobId: JobId, progress: JobProgress): Promise<void>;
  /** Null when nothing was told, or when the store cannot be asked. */
  get(jobId: JobId): Promise<JobProgress | null>;
}

export const progressSeconds = 7 * 86_400;

/** Null for what is incomplete or from another version. */
export function parseProgress(fields: unknown): JobProgress | null {
  const parsed = progressSchema.safeParse(fields);
  return parsed.success ? parsed.data : null;
}
