/** Shapes of the HTTP API that the application uses, one name each. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export type JobStatus =
  'queued' | 'running' | 'in_review' | 'paused' | 'completed' | 'failed' | 'cancelled';

export interface Job {
  id: string;
  documentId: string;
  documentTitle: string;
  kind: string;
  status: JobStatus;
  stage: string | null;
  progress: number;
  pagesTotal: number | null;
  pagesDone: number;
  pagesPerSecond: number | null;
  etaSeconds: number | null;
  attempts: number;
  errorCode: string | null;
  errorMessage: string | null;
  queuedAt: string;
  startedAt: string | null;
  completedAt: string | null;
}

export type DocumentStatus = 'uploaded' | 'processing' | 'in_review' | 'completed' | 'failed';

export interface Document {
  id: string;
  title: string;
  status: DocumentStatus;
  originalName: string;
  mediaType: string;
  sizeBytes: number;
  sha256: string;
  versionId: string;
  versionNumber: number;
  pageCount: number | null;
  confidence: number | null;
  createdAt: string;
  updatedAt: string;
  processedAt: string | null;
  deletedAt: string | null;
  job: Job | null;
}

export interface UploadResult {
  accepted: { document: Document; job: Job; duplicateOf: string | null }[];
  refused: { fileName: string; code: string; message: string }[];
}

export interface List<Item> {
  items: Item[];
  nextCursor: string | null;
}

export interface PageSummary {
  number: number;
  width: number;
  height: number;
  rotation: number;
  textSource: string;
  tool: string;
  confidence: number;
  wordCount: number;
  warnings: string[];
}

export interface Zone extends Box {
  id: string;
  kind: string;
  position: number;
  content: string;
  confidence: number;
  tool: string;
  status: string;
  wordFrom: number | null;
  wordTo: number | null;
  data: Record<string, unknown> | null;
}

export interface Page extends PageSummary {
  text?: string;
  zones?: Zone[];
}

export interface PageList {
  items: PageSummary[];
  nextFrom: number | null;
}

export interface HistoryEntry {
  seq: number;
  action: string;
  status: string | null;
  stage: string | null;
  attempt: number | null;
  durationMs: number | null;
  errorCode: string | null;
  errorMessage: string | null;
  createdAt: string;
}

export interface SearchHit {
  documentId: string;
  versionId: string;
  title: string;
  pageNumber: number;
  pageWidth: number;
  pageHeight: number;
  createdAt: string;
  snippet: { text: string; hit: boolean }[];
  boxes: Box[];
}

export type SearchOrder = 'newest' | 'relevance';

export interface SearchResult {
  items: SearchHit[];
  nextCursor: string | null;
  count: { value: number; exact: boolean };
}

export interface System {
  version: string;
  database: { version: string; embedded: boolean };
  engines: { name: string; version: string; use: string }[];
  limits: { uploadBytes: number; filesPerRequest: number; pages: number };
  accepts: string[];
  notes: string[];
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  requestId: string;
  details?: Record<string, unknown>;
}

export type DownloadFormat = 'original' | 'text' | 'markdown' | 'json';
