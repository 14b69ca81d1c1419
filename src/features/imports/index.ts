export type { ImportReport } from './import-report.ts';
export { importJournal } from './journal-import-service.ts';
export { verifyJournal } from './journal-verify-service.ts';
export { readPhase0File } from './phase0-file.ts';
export { importRedis } from './redis-import-service.ts';
export { openRedisSource } from './redis-source.ts';
