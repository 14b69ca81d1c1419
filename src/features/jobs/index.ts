export { cancelChannel, jobChannel, queueChannel } from './job.ts';
export type { ProcessingJob } from './job.ts';
export {
  addOpenItem,
  completeJobRow,
  countItemDead,
  countItemDone,
  failJobRow,
  insertHistory,
} from './job-progress-repository.ts';
export type { JobAfterItem } from './job-progress-repository.ts';
export { findJobs, findReadingSettings, newestJobs, startJob } from './job-repository.ts';
export { JobFeed } from './job-feed.ts';
export { jobRoutes } from './job-routes.ts';
export { jobSchema } from './job-schema.ts';
export type { JobView } from './job-schema.ts';
export { createExtractJob } from './job-service.ts';
export type { JobBells } from './job-service.ts';
export { presentJob } from './job-view.ts';
