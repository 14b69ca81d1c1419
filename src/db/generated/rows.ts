// Generated from the migrated database by scripts/generate-row-types.ts. Do not edit.

/** A row of account_tokens. */
export interface AccountTokenRow {
  id: string;
  userId: string;
  purpose: string;
  tokenHash: string;
  email: string | null;
  createdAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
}

/** A row of api_keys. */
export interface ApiKeyRow {
  id: string;
  userId: string;
  name: string;
  prefix: string;
  keyHash: string;
  scopes: string[];
  lastUsedAt: Date | null;
  expiresAt: Date | null;
  revokedAt: Date | null;
  createdAt: Date;
}

/** A row of api_metrics. */
export interface ApiMetricRow {
  id: number;
  recordedAt: Date;
  method: string;
  route: string;
  status: number;
  durationMs: number;
  userId: string | null;
  ipAddress: string | null;
  userAgent: string | null;
  metadata: unknown;
}

/** A row of audit_chains. */
export interface AuditChainRow {
  month: string;
  chain: number;
  seq: number;
  lastAt: Date;
  prevHash: Uint8Array;
  hash: Uint8Array;
  retiredAt: Date | null;
}

/** A row of audit_logs. */
export interface AuditLogRow {
  id: number;
  createdAt: Date;
  actorId: string | null;
  actorKind: string;
  action: string;
  resourceType: string;
  resourceId: string | null;
  changes: unknown;
  reason: string | null;
  ipAddress: string | null;
  userAgent: string | null;
  requestId: string | null;
  chain: number;
  seq: number;
  prevHash: Uint8Array;
  hash: Uint8Array;
}

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

/** A row of cache_entries. */
export interface CacheEntryRow {
  key: string;
  value: Uint8Array;
  expiresAt: Date;
}

/** A row of clerk_events. */
export interface ClerkEventRow {
  id: string;
  type: string;
  subject: string;
  effect: string;
  eventAt: Date;
  receivedAt: Date;
}

/** A row of clerk_users. */
export interface ClerkUserRow {
  subject: string;
  eventAt: Date;
  isDisabled: boolean;
  isDeleted: boolean;
}

/** A row of document_shares. */
export interface DocumentShareRow {
  id: string;
  ownerId: string;
  documentId: string | null;
  folderId: string | null;
  granteeId: string | null;
  linkHash: string | null;
  permission: string;
  passwordHash: string | null;
  expiresAt: Date | null;
  revokedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  granteeEmail: string | null;
  passwordVersion: number;
  uses: number;
  lastUsedAt: Date | null;
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

/** A row of documents_overview. */
export interface DocumentsOverviewRow {
  id: string | null;
  ownerId: string | null;
  folderId: string | null;
  title: string | null;
  status: string | null;
  documentType: string | null;
  language: string | null;
  createdAt: Date | null;
  updatedAt: Date | null;
  processedAt: Date | null;
  deletedAt: Date | null;
  versionId: string | null;
  versionNumber: number | null;
  originalName: string | null;
  pageCount: number | null;
  mediaType: string | null;
  sizeBytes: number | null;
  jobId: string | null;
  jobStatus: string | null;
  jobStage: string | null;
  jobProgress: number | null;
  jobConfidence: number | null;
  jobErrorCode: string | null;
  jobErrorMessage: string | null;
  zoneCount: number | null;
  correctedCount: number | null;
  lowConfidenceCount: number | null;
}

/** A row of error_log. */
export interface ErrorLogRow {
  ownerId: string | null;
  jobId: string | null;
  seq: number | null;
  action: string | null;
  stage: string | null;
  attempt: number | null;
  errorCode: string | null;
  errorMessage: string | null;
  details: unknown;
  createdAt: Date | null;
}

/** A row of export_files. */
export interface ExportFileRow {
  exportId: string;
  format: string;
  ownerId: string;
  blobId: string | null;
  errorCode: string | null;
  errorMessage: string | null;
  validationResults: unknown;
  itemCount: number | null;
  downloadCount: number;
  createdAt: Date;
  finishedAt: Date | null;
}

/** A row of export_history. */
export interface ExportHistoryRow {
  id: string | null;
  ownerId: string | null;
  documentId: string | null;
  versionId: string | null;
  exportType: string | null;
  selection: unknown;
  status: string | null;
  formats: string[] | null;
  fileSizeBytes: number | null;
  downloadCount: number | null;
  overrideReason: string | null;
  overriddenBy: string | null;
  validationResults: unknown;
  createdBy: string | null;
  createdAt: Date | null;
  expiresAt: Date | null;
  completedAt: Date | null;
}

/** A row of export_records. */
export interface ExportRecordRow {
  id: string;
  ownerId: string;
  documentId: string;
  versionId: string;
  exportType: string;
  selection: unknown;
  overrideReason: string | null;
  overriddenBy: string | null;
  validationResults: unknown;
  createdBy: string;
  metadata: unknown;
  createdAt: Date;
  expiresAt: Date | null;
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
  nameKey: string;
}

/** A row of hitl_tasks. */
export interface HitlTaskRow {
  id: string;
  ownerId: string;
  jobId: string;
  pageNumber: number | null;
  zoneId: string | null;
  reason: string;
  priority: number;
  status: string;
  assignedTo: string | null;
  leaseExpiresAt: Date | null;
  draftData: unknown;
  finalData: unknown;
  reviewNotes: string | null;
  dueAt: Date | null;
  completedBy: string | null;
  createdAt: Date;
  updatedAt: Date;
  assignedAt: Date | null;
  startedAt: Date | null;
  completedAt: Date | null;
}

/** A row of idempotency_keys. */
export interface IdempotencyKeyRow {
  ownerId: string;
  key: string;
  method: string;
  route: string;
  requestHash: string;
  statusCode: number | null;
  response: unknown;
  createdAt: Date;
  expiresAt: Date;
  principal: string;
  requestId: string;
  leaseExpiresAt: Date;
}

/** A row of import_refs. */
export interface ImportRefRow {
  source: string;
  externalId: string;
  ownerId: string;
  resourceType: string;
  resourceId: string;
  checksum: string;
  importedAt: Date;
}

/** A row of invitations. */
export interface InvitationRow {
  id: string;
  email: string;
  role: string;
  tokenHash: string;
  invitedBy: string | null;
  createdAt: Date;
  expiresAt: Date;
  acceptedAt: Date | null;
  acceptedBy: string | null;
  revokedAt: Date | null;
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

/** A row of job_progress_fields. */
export interface JobProgressFieldRow {
  jobId: string;
  fields: unknown;
  expiresAt: Date;
}

/** A row of journal_entries. */
export interface JournalEntryRow {
  id: string;
  ownerId: string;
  entryType: string;
  rawData: unknown;
  metadata: unknown;
  occurredAt: Date;
  processingStatus: string;
  excerpt: string;
  search: string | null;
  rowVersion: number;
  createdAt: Date;
  updatedAt: Date;
  deletedAt: Date | null;
}

/** A row of legal_holds. */
export interface LegalHoldRow {
  id: string;
  userId: string | null;
  reason: string;
  placedBy: string;
  placedAt: Date;
  releasedAt: Date | null;
}

/** A row of live_subscriptions. */
export interface LiveSubscriptionRow {
  userId: string;
  jobId: string;
  expiresAt: Date;
}

/** A row of metrics_due. */
export interface MetricsDueRow {
  id: number;
  bucket: Date;
}

/** A row of metrics_level. */
export interface MetricsLevelRow {
  level: string;
  extensionVersion: string | null;
}

/** A row of metrics_watermark. */
export interface MetricsWatermarkRow {
  one: boolean;
  rolledUpTo: Date;
  keptFrom: Date;
}

/** A row of outbox. */
export interface OutboxRow {
  id: number;
  ownerId: string | null;
  topic: string;
  key: string;
  payload: unknown;
  createdAt: Date;
  publishedAt: Date | null;
  attempts: number;
  nextAttemptAt: Date;
  lastError: string | null;
}

/** A row of own_documents. */
export interface OwnDocumentRow {
  id: string | null;
  ownerId: string | null;
  folderId: string | null;
  title: string | null;
  currentVersionId: string | null;
  status: string | null;
  processedAt: Date | null;
  language: string | null;
  documentType: string | null;
  metadata: unknown;
  rowVersion: number | null;
  createdAt: Date | null;
  updatedAt: Date | null;
  deletedAt: Date | null;
}

/** A row of own_pages. */
export interface OwnPageRow {
  versionId: string | null;
  number: number | null;
  ownerId: string | null;
  jobId: string | null;
  width: number | null;
  height: number | null;
  rotation: number | null;
  text: string | null;
  textSource: string | null;
  tool: string | null;
  confidence: number | null;
  wordBoxes: Uint8Array | null;
  warnings: unknown;
  createdAt: Date | null;
  search: string | null;
  wordCount: number | null;
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
  wordBoxes: Uint8Array;
  warnings: unknown;
  createdAt: Date;
  search: string | null;
  wordCount: number;
}

/** A row of partition_plans. */
export interface PartitionPlanRow {
  tableName: string;
  timeColumn: string;
  step: string;
  ahead: number;
}

/** A row of processed_content. */
export interface ProcessedContentRow {
  id: string;
  ownerId: string;
  versionId: string | null;
  entryId: string | null;
  jobId: string | null;
  taskType: string;
  source: string;
  processedData: unknown;
  confidenceScore: number;
  aiProviderInfo: unknown;
  inputHash: string | null;
  authorId: string | null;
  supersededAt: Date | null;
  createdAt: Date;
}

/** A row of processing_daily. */
export interface ProcessingDailyRow {
  day: string | null;
  stage: string | null;
  tier: string | null;
  samples: number | null;
  successes: number | null;
  durationAvg: number | null;
  durationP95: number | null;
  confidenceAvg: number | null;
}

/** A row of processing_history. */
export interface ProcessingHistoryRow {
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
  versionId: string | null;
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
  archivedAt: Date | null;
  archiveBlobId: string | null;
  entryId: string | null;
  exportId: string | null;
  pagesPlanned: number | null;
  pagesBefore: number;
  resumedAt: Date | null;
}

/** A row of processing_metrics. */
export interface ProcessingMetricRow {
  id: number;
  recordedAt: Date;
  jobId: string | null;
  userId: string | null;
  documentType: string | null;
  stage: string;
  tier: string | null;
  durationMs: number;
  confidence: number | null;
  success: boolean;
  errorCode: string | null;
  metadata: unknown;
}

/** A row of processing_metrics_by_stage. */
export interface ProcessingMetricsByStageRow {
  stage: string | null;
  tier: string | null;
  samples: number | null;
  successRate: number | null;
  durationAvg: number | null;
  durationP95: number | null;
  confidenceAvg: number | null;
}

/** A row of processing_metrics_hourly. */
export interface ProcessingMetricsHourlyRow {
  bucket: Date | null;
  stage: string | null;
  tier: string | null;
  samples: number | null;
  successes: number | null;
  durationSum: number | null;
  durationMin: number | null;
  durationMax: number | null;
  histogram: number[] | null;
  confidenceSum: number | null;
  confidences: number | null;
}

/** A row of processing_metrics_rollup. */
export interface ProcessingMetricsRollupRow {
  bucket: Date;
  stage: string;
  tier: string;
  samples: number;
  successes: number;
  durationSum: number;
  durationMin: number;
  durationMax: number;
  histogram: number[];
  confidenceSum: number;
  confidences: number;
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

/** A row of rate_limits. */
export interface RateLimitRow {
  key: string;
  used: number;
  windowEndsAt: Date;
}

/** A row of retry_history. */
export interface RetryHistoryRow {
  ownerId: string | null;
  jobId: string | null;
  seq: number | null;
  stage: string | null;
  attempt: number | null;
  errorCode: string | null;
  errorMessage: string | null;
  pageFrom: number | null;
  pageTo: number | null;
  createdAt: Date | null;
}

/** A row of schedules. */
export interface ScheduleRow {
  name: string;
  pattern: string;
  timezone: string;
  missed: string;
  nextFireAt: Date;
  lastFireAt: Date | null;
  lastStartedAt: Date | null;
  lastFinishedAt: Date | null;
  lastDurationMs: number | null;
  lastError: string | null;
  runs: number;
  runner: string | null;
  leaseToken: number;
  leaseExpiresAt: Date | null;
}

/** A row of schema_migrations. */
export interface SchemaMigrationRow {
  version: number;
  name: string;
  checksum: string;
  appliedAt: Date;
  durationMs: number;
}

/** A row of session_fields. */
export interface SessionFieldRow {
  userId: string;
  sessionId: string;
  state: unknown;
  expiresAt: Date;
}

/** A row of sessions. */
export interface SessionRow {
  id: string;
  userId: string;
  tokenHash: string;
  state: unknown;
  ip: string | null;
  userAgent: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
}

/** A row of share_visits. */
export interface ShareVisitRow {
  id: string;
  ownerId: string;
  shareId: string;
  passwordVersion: number;
  tokenHash: string;
  createdAt: Date;
  expiresAt: Date;
}

/** A row of stage_performance. */
export interface StagePerformanceRow {
  ownerId: string | null;
  stage: string | null;
  finished: number | null;
  retried: number | null;
  dead: number | null;
  averageMs: number | null;
  p95Ms: number | null;
  success: number | null;
}

/** A row of state_transitions. */
export interface StateTransitionRow {
  machine: string;
  fromStatus: string;
  toStatus: string;
}

/** A row of timeblocks. */
export interface TimeblockRow {
  id: string;
  ownerId: string;
  timetableId: string;
  dayOfWeek: number;
  track: number;
  startTime: string;
  endTime: string;
  duration: number;
  name: string;
  notes: string | null;
  color: string;
  position: number;
  metadata: unknown;
  search: string | null;
  createdAt: Date;
  updatedAt: Date;
}

/** A row of timetable_documents. */
export interface TimetableDocumentRow {
  timetableId: string;
  documentId: string;
  ownerId: string;
  createdAt: Date;
}

/** A row of timetables. */
export interface TimetableRow {
  id: string;
  ownerId: string;
  name: string;
  className: string | null;
  term: string | null;
  year: number;
  weekStartDate: string | null;
  timezone: string;
  status: string;
  source: string;
  processedContentId: string | null;
  metadata: unknown;
  search: string | null;
  rowVersion: number;
  createdAt: Date;
  updatedAt: Date;
  deletedAt: Date | null;
}

/** A row of upload_pieces. */
export interface UploadPieceRow {
  uploadId: string;
  number: number;
  ownerId: string;
  sizeBytes: number;
  blobId: string;
}

/** A row of uploads. */
export interface UploadRow {
  id: string;
  ownerId: string;
  protocol: string;
  fileName: string;
  sizeBytes: number;
  offsetBytes: number;
  pieceCount: number;
  sha256: string | null;
  wish: unknown;
  sentMetadata: string | null;
  turn: string | null;
  outcome: unknown;
  endedAt: Date | null;
  createdAt: Date;
  expiresAt: Date;
}

/** A row of usage_events. */
export interface UsageEventRow {
  metric: string;
  sourceId: string;
  ownerId: string;
  amount: number;
  occurredAt: Date;
}

/** A row of usage_stats. */
export interface UsageStatRow {
  userId: string;
  date: string;
  pagesProcessed: number;
  queriesMade: number;
  storageBytes: number;
  createdAt: Date;
  updatedAt: Date;
  ownerId: string;
}

/** A row of user_corrections. */
export interface UserCorrectionRow {
  id: number | null;
  ownerId: string | null;
  zoneId: string | null;
  versionId: string | null;
  pageNumber: number | null;
  originalContent: string | null;
  correctedContent: string | null;
  confidenceBefore: number | null;
  confidenceAfter: number | null;
  correctionType: string | null;
  correctedBy: string | null;
  createdAt: Date | null;
}

/** A row of user_identities. */
export interface UserIdentityRow {
  id: string;
  userId: string;
  provider: string;
  subject: string;
  profile: unknown;
  createdAt: Date;
  updatedAt: Date;
}

/** A row of user_passwords. */
export interface UserPasswordRow {
  userId: string;
  passwordHash: string;
  changedAt: Date;
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
  avatarBlobId: string | null;
  purgedAt: Date | null;
}

/** A row of v_active_timetables. */
export interface VActiveTimetableRow {
  id: string | null;
  ownerId: string | null;
  ownerName: string | null;
  ownerEmail: string | null;
  name: string | null;
  className: string | null;
  term: string | null;
  year: number | null;
  weekStartDate: string | null;
  createdAt: Date | null;
  updatedAt: Date | null;
  blockCount: number | null;
  documentCount: number | null;
}

/** A row of v_processing_queue_stats. */
export interface VProcessingQueueStatRow {
  ownerId: string | null;
  stage: string | null;
  status: string | null;
  tier: string | null;
  items: number | null;
  pages: number | null;
  jobs: number | null;
  averageConfidence: number | null;
  oldest: Date | null;
  newest: Date | null;
}

/** A row of webhook_deliveries. */
export interface WebhookDeliveryRow {
  id: string;
  ownerId: string;
  endpointId: string;
  eventId: string;
  event: string;
  payload: unknown;
  status: string;
  attempts: number;
  nextAttemptAt: Date | null;
  responseStatus: number | null;
  errorMessage: string | null;
  createdAt: Date;
  deliveredAt: Date | null;
  lastAttemptAt: Date | null;
  durationMs: number | null;
  responseExcerpt: string | null;
}

/** A row of webhook_endpoints. */
export interface WebhookEndpointRow {
  id: string;
  ownerId: string;
  url: string;
  description: string | null;
  secret: Uint8Array;
  events: string[];
  isActive: boolean;
  createdAt: Date;
  updatedAt: Date;
  previousSecret: Uint8Array | null;
  previousUntil: Date | null;
  pausedAt: Date | null;
  pauseReason: string | null;
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
  holdsLock: boolean;
}

/** A row of zone_confidence_history. */
export interface ZoneConfidenceHistoryRow {
  zoneId: string | null;
  ownerId: string | null;
  confidence: number | null;
  tool: string | null;
  recordedAt: Date | null;
}

/** A row of zone_revisions. */
export interface ZoneRevisionRow {
  id: number;
  ownerId: string;
  zoneId: string;
  versionId: string;
  pageNumber: number;
  number: number;
  kind: string;
  zoneKind: string;
  position: number;
  x: number;
  y: number;
  width: number;
  height: number;
  polygon: unknown;
  content: string;
  data: unknown;
  wordBoxes: Uint8Array | null;
  confidence: number;
  tool: string;
  status: string;
  reasonCode: string | null;
  authorId: string | null;
  jobId: string | null;
  zoneCreatedAt: Date;
  createdAt: Date;
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
