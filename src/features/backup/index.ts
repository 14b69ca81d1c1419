export { takeBackup } from './backup-service.ts';
export type { RestoreReport } from './restore-service.ts';
export { checkBackup, describeBackup, restoreBackup } from './restore-service.ts';
