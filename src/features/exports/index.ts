export { exportFormats } from './export.ts';
export { createExportHandlers, exportQueue } from './export-jobs.ts';
export type { ExportJobDeps } from './export-jobs.ts';
export { countExpiredFiles, purgeExpiredFiles } from './export-repository.ts';
export { exportRoutes } from './export-routes.ts';
export { exportWithFilesSchema } from './export-schema.ts';
