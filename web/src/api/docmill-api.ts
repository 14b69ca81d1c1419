import { ApiError } from './api-error.ts';
import type {
  Document,
  DocumentContents,
  DocumentStatus,
  DocumentType,
  DownloadFormat,
  HistoryEntry,
  Job,
  JobStatus,
  List,
  Page,
  PageList,
  QueueStats,
  SearchOrder,
  SearchResult,
  System,
  Word,
} from './api-model.ts';
import { sendRequest, withQuery } from './http-request.ts';

interface ListQuery<Status> {
  status?: Status | undefined;
  cursor?: string | undefined;
  limit?: number;
}

async function read<Data>(
  path: string,
  signal: AbortSignal,
  query?: Record<string, string | number | boolean | undefined>,
): Promise<Data> {
  const answer = await sendRequest<Data>(path, { signal, ...(query && { query }) });
  return answer.data;
}

/** Lists documents, newest first; with `trashed` the trash instead. */
export function listDocuments(
  query: ListQuery<DocumentStatus> & {
    type?: DocumentType | undefined;
    language?: string | undefined;
    /** In this folder, or `home` for what is in none. */
    folderId?: string | undefined;
    trashed?: boolean;
  },
  signal: AbortSignal,
): Promise<List<Document>> {
  return read('/v1/documents', signal, { ...query });
}

/** Reads one document. */
export function getDocument(documentId: string, signal: AbortSignal): Promise<Document> {
  return read(documentPath(documentId), signal);
}

/** What the file of a document lists of itself. */
export function getDocumentContents(
  documentId: string,
  signal: AbortSignal,
): Promise<DocumentContents> {
  return read(`${documentPath(documentId)}/contents`, signal);
}

/**
 * Gives a document another title, only if it still has the title the user saw.
 * @throws ApiError `request.precondition_failed` when somebody changed it.
 */
export async function renameDocument(
  documentId: string,
  change: { from: string; to: string },
): Promise<Document> {
  const { data: now, etag } = await sendRequest<Document>(documentPath(documentId));
  if (now.title !== change.from) {
    throw new ApiError(412, { code: 'request.precondition_failed' });
  }
  const { data } = await sendRequest<Document>(documentPath(documentId), {
    method: 'PATCH',
    body: { title: change.to },
    ...(etag !== null && { ifMatch: etag }),
  });
  return data;
}

/** Moves a document to the trash. */
export async function trashDocument(documentId: string): Promise<void> {
  await sendRequest(documentPath(documentId), { method: 'DELETE' });
}

/** Takes a document out of the trash. */
export async function restoreDocument(documentId: string): Promise<void> {
  await sendRequest(`${documentPath(documentId)}/restore`, { method: 'POST' });
}

/** Lists the sizes of the stored pages from a page number on. */
export function listPages(
  documentId: string,
  query: { from: number; limit: number },
  signal: AbortSignal,
): Promise<PageList> {
  return read(`${documentPath(documentId)}/pages`, signal, query);
}

/** Reads the zones of one page. */
export function getPage(documentId: string, number: number, signal: AbortSignal): Promise<Page> {
  return read(`${documentPath(documentId)}/pages/${number}`, signal, { fields: 'zones' });
}

/** Reads the words of one page with their boxes, in reading order. */
export async function getPageWords(
  documentId: string,
  number: number,
  signal: AbortSignal,
): Promise<Word[]> {
  const page = await read<Page>(`${documentPath(documentId)}/pages/${number}`, signal, {
    fields: 'words',
  });
  return page.words ?? [];
}

/** Reads the plain text of one page. */
export async function getPageText(documentId: string, number: number): Promise<string> {
  const { data } = await sendRequest<Page>(`${documentPath(documentId)}/pages/${number}`, {
    query: { fields: 'text' },
  });
  return data.text ?? '';
}

/** Lists the runs of the pipeline, newest first. */
export function listJobs(query: ListQuery<JobStatus>, signal: AbortSignal): Promise<List<Job>> {
  return read('/v1/jobs', signal, { ...query });
}

/** Reads what happened during a run, oldest first. */
export async function getJobHistory(jobId: string, signal: AbortSignal): Promise<HistoryEntry[]> {
  const data = await read<{ items: HistoryEntry[] }>(`/v1/jobs/${jobId}/history`, signal);
  return data.items;
}

/** Starts a failed run again. */
export async function retryJob(jobId: string): Promise<void> {
  await sendRequest(`/v1/jobs/${jobId}/retry`, { method: 'POST' });
}

/** Stops a run; what it has stored stays. */
export async function cancelJob(jobId: string): Promise<void> {
  await sendRequest(`/v1/jobs/${jobId}/cancel`, { method: 'POST' });
}

/** Holds a run; what is being read is stopped. */
export async function pauseJob(jobId: string): Promise<void> {
  await sendRequest(`/v1/jobs/${jobId}/pause`, { method: 'POST' });
}

/** Lets a paused run go on. */
export async function resumeJob(jobId: string): Promise<void> {
  await sendRequest(`/v1/jobs/${jobId}/resume`, { method: 'POST' });
}

/** Tries the parts of a run that were set aside anew. */
export async function redriveJob(jobId: string): Promise<void> {
  await sendRequest(`/v1/jobs/${jobId}/redrive`, { method: 'POST' });
}

/** Gives an open run another priority; larger goes first. */
export async function prioritiseJob(change: { jobId: string; priority: number }): Promise<void> {
  const { jobId, priority } = change;
  await sendRequest(`/v1/jobs/${jobId}`, { method: 'PATCH', body: { priority } });
}

/** Reads how much work is open and how the stages did in the last day. */
export function getQueueStats(signal: AbortSignal): Promise<QueueStats> {
  return read('/v1/queue', signal);
}

/** Searches all documents, or one in page order. */
export function searchPages(
  query: {
    q: string;
    order?: SearchOrder;
    documentId?: string;
    cursor?: string | undefined;
    limit: number;
  },
  signal: AbortSignal,
): Promise<SearchResult> {
  return read('/v1/search', signal, query);
}

/** Reads versions, engines and limits of the server. */
export function getSystem(signal: AbortSignal): Promise<System> {
  return read('/v1/system', signal);
}

/** Address of a page image; the version makes it cacheable for ever. `width` in device pixels. */
export function pageImageAddress(
  documentId: string,
  versionId: string,
  number: number,
  width: number,
): string {
  return withQuery(`${documentPath(documentId)}/pages/${number}/image`, { width, v: versionId });
}

/** Address of a download. */
export function downloadAddress(documentId: string, format: DownloadFormat): string {
  return `${documentPath(documentId)}/download/${format}`;
}

function documentPath(documentId: string): string {
  return `/v1/documents/${encodeURIComponent(documentId)}`;
}
