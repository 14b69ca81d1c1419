// Generated from the migrated database by scripts/generate-row-types.ts. Do not edit.

/** A row of blobs. */
export interface BlobRow {
  id: string;
  ownerId: string;
  purpose: string;
  bucket: string;
  objectKey: string;
  objectVersion: string | null;
  sha256: string | null;
  sizeBytes: number | null;
  mediaType: string;
  state: string;
  createdAt: Date;
  storedAt: Date | null;
}

/** A row of document_versions. */
export interface DocumentVersionRow {
  id: string;
  ownerId: string;
  documentId: string;
  number: number;
  blobId: string;
  originalName: string;
  pageCount: number | null;
  uploadedBy: string;
  note: string | null;
  metadata: unknown;
  createdAt: Date;
}

/** A row of documents. */
export interface DocumentRow {
  id: string;
  ownerId: string;
  folderId: string | null;
  title: string;
  currentVersionId: string | null;
  status: string;
  processedAt: Date | null;
  language: string | null;
  documentType: string | null;
  metadata: unknown;
  rowVersion: number;
  createdAt: Date;
  updatedAt: Date;
  deletedAt: Date | null;
}

/** A row of folder_paths. */
export interface FolderPathRow {
  id: string | null;
  ownerId: string | null;
  path: string[] | null;
}

/** A row of folders. */
export interface FolderRow {
  id: string;
  ownerId: string;
  parentId: string | null;
  name: string;
  rowVersion: number;
  createdAt: Date;
  updatedAt: Date;
  deletedAt: Date | null;
}

/** A row of job_progress. */
export interface JobProgressRow {
  jobId: string | null;
  ownerId: string | null;
  status: string | null;
  stage: string | null;
  progress: number | null;
  pagesTotal: number | null;
  pagesDone: number | null;
  openItems: number | null;
  startedAt: Date | null;
  completedAt: Date | null;
}

/** A row of page_words. */
export interface PageWordRow {
  ownerId: string | null;
  versionId: string | null;
  pageNumber: number | null;
  wordIndex: number | null;
  text: string | null;
  x: number | null;
  y: number | null;
  width: number | null;
  height: number | null;
  confidence: number | null;
}

/** A row of pages. */
export interface PageRow {
  versionId: string;
  number: number;
  ownerId: string;
  jobId: string | null;
  width: number;
  height: number;
  rotation: number;
  text: string;
  textSource: string;
  tool: string;
  confidence: number;
  wordBoxes: number[];
  wordCount: number;
  warnings: unknown;
  createdAt: Date;
  search: string | null;
}

/** A row of processing_history. */
export interface ProcessingHistoryRow {
  id: number;
  ownerId: string;
  jobId: string;
  seq: number;
  zoneId: string | null;
  action: string;
  status: string | null;
  stage: string | null;
  tier: string | null;
  tool: string | null;
  attempt: number | null;
  durationMs: number | null;
  confidence: number | null;
  errorCode: string | null;
  errorMessage: string | null;
  details: unknown;
  createdAt: Date;
}

/** A row of processing_jobs. */
export interface ProcessingJobRow {
  id: string;
  ownerId: string;
  kind: string;
  versionId: string;
  strategy: string;
  status: string;
  stage: string | null;
  tier: string | null;
  tool: string | null;
  confidence: number | null;
  progress: number;
  priority: number;
  attempts: number;
  maxAttempts: number;
  openItems: number;
  deadItems: number;
  pagesDone: number;
  errorCode: string | null;
  errorMessage: string | null;
  options: unknown;
  metrics: unknown;
  requestedBy: string;
  queuedAt: Date;
  startedAt: Date | null;
  completedAt: Date | null;
  updatedAt: Date;
}

/** A row of processing_queue. */
export interface ProcessingQueueRow {
  id: number;
  ownerId: string;
  jobId: string;
  queue: string;
  pageFrom: number;
  pageTo: number;
  priority: number;
  runAt: Date;
  status: string;
  attempts: number;
  maxAttempts: number;
  leaseOwner: string | null;
  leaseToken: number;
  leaseExpiresAt: Date | null;
  lastAttemptAt: Date | null;
  errorCode: string | null;
  errorMessage: string | null;
}

/** A row of schema_migrations. */
export interface SchemaMigrationRow {
  version: number;
  name: string;
  checksum: string;
  appliedAt: Date;
  durationMs: number;
}

/** A row of state_transitions. */
export interface StateTransitionRow {
  machine: string;
  fromStatus: string;
  toStatus: string;
}

/** A row of users. */
export interface UserRow {
  id: string;
  email: string;
  emailVerifiedAt: Date | null;
  firstName: string | null;
  lastName: string | null;
  name: string | null;
  role: string;
  status: string;
  settings: unknown;
  limits: unknown;
  lastLoginAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  deletedAt: Date | null;
}

/** A row of workers. */
export interface WorkerRow {
  id: string;
  lockKey: number;
  host: string;
  pid: number;
  version: string;
  startedAt: Date;
  heartbeatAt: Date;
}

/** A row of zones. */
export interface ZoneRow {
  id: string;
  ownerId: string;
  versionId: string;
  pageNumber: number;
  position: number;
  kind: string;
  x: number;
  y: number;
  width: number;
  height: number;
  polygon: unknown;
  content: string;
  data: unknown;
  confidence: number;
  tool: string;
  status: string;
  wordFrom: number | null;
  wordTo: number | null;
  rowVersion: number;
  metadata: unknown;
  createdAt: Date;
  updatedAt: Date;
}
