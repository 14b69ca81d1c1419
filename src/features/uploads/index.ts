export type { UploadBounds } from './open-upload.ts';
export { openUploadRoutes } from './open-upload-routes.ts';
export type { OpenUploadDeps } from './open-upload-service.ts';
export { UploadSweeper } from './upload-sweeper.ts';
