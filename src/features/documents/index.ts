export { BlobSweeper } from './blob-sweeper.ts';
export type { Document } from './document.ts';
export {
  findVersionFile,
  readVersionMetadata,
  storeFindings,
  updateVersionFacts,
} from './document-repository.ts';
export type { VersionFile } from './document-repository.ts';
export { documentParamsSchema } from './document-schema.ts';
export { documentRoutes } from './document-routes.ts';
export { getDocument } from './document-service.ts';
export { uploadResultSchema } from './document-schema.ts';
export { uploadRoutes } from './upload-routes.ts';
export { acceptUpload } from './upload-service.ts';
export type { UploadDeps } from './upload-service.ts';
