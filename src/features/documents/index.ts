export { createBlobPurger } from './blob-purger.ts';
export { BlobSweeper } from './blob-sweeper.ts';
export { cleanFileName, titleFromFileName } from './document.ts';
export type { Document } from './document.ts';
export type { DocumentSnapshot } from './document-feed-repository.ts';
export { deleteTrashedDocuments } from './document-edit-repository.ts';
export { DocumentFeed, createDocumentTeller, documentChannel } from './document-feed.ts';
export {
  readVersionContents,
  insertDocument,
  insertPendingBlob,
  markBlobFailed,
  markBlobStored,
  readVersionMetadata,
  storeFindings,
  updateVersionFacts,
} from './document-repository.ts';
export type { VersionFile } from './document-repository.ts';
export { documentParamsSchema, versionParamsSchema } from './document-schema.ts';
export { documentRoutes } from './document-routes.ts';
export { getDocument } from './document-service.ts';
export { getVersion } from './document-version-service.ts';
export { uploadResultSchema } from './document-schema.ts';
export { uploadRoutes } from './upload-routes.ts';
export { duplicatesSchema, languagesSchema, relativePathSchema } from './upload-schema.ts';
export { acceptUpload, acceptVersion, receiveUpload } from './upload-service.ts';
export type { DuplicateRule, UploadDeps, UploadOutcome, UploadWish } from './upload-service.ts';
