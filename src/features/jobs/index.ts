export { cancelChannel, jobChannel, queueChannel } from './job.ts';
export type { JobOptions, ProcessingJob } from './job.ts';
export {
  addOpenItem,
  completeJobRow,
  completeReviewedJob,
  countItemDead,
  countItemDone,
  failJobRow,
  holdJobForReview,
  insertHistory,
  lockJobRow,
} from './job-progress-repository.ts';
export type { JobAfterItem } from './job-progress-repository.ts';
export { findReadingSettings, insertExportJob, newestJobs, startJob } from './job-repository.ts';
export { JobFeed } from './job-feed.ts';
export { jobRoutes } from './job-routes.ts';
export {
  jobHistorySchema,
  jobListSchema,
  jobPatchSchema,
  jobSchema,
  queueStatsSchema,
} from './job-schema.ts';
export type { JobView } from './job-schema.ts';
export { jobSubjectRoutes } from './job-subject-routes.ts';
export { cancelJob } from './job-control.ts';
export { createExtractJob, getJob } from './job-service.ts';
export type { JobBells, JobDeps } from './job-service.ts';
export { jobEventId, momentOfEvent, presentJob } from './job-view.ts';
