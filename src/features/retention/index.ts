export { getArchives, readArchive } from './job-archive.ts';
export { getHolds, placeHold, releaseHold } from './legal-hold-service.ts';
export type { RetentionLine, RetentionRules } from './retention.ts';
export { runRetention } from './retention-service.ts';
