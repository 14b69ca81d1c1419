export { askReviewers } from './ask-reviewers.ts';
export type { ReviewedJob } from './ask-reviewers.ts';
export { defaultReviewSettings } from './review-gate.ts';
export type { ReviewSettings } from './review-gate.ts';
export { releaseExpiredTasks } from './review-repository.ts';
export { reviewRoutes } from './review-routes.ts';
