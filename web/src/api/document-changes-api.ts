import { ApiError, parseProblem } from './api-error.ts';
import type { DocumentVersion, Job, List } from './api-model.ts';
import { sendRequest } from './http-request.ts';

/** Puts a document into a folder (null: Home). */
export async function moveDocument(documentId: string, folderId: string | null): Promise<void> {
  await sendRequest(documentPath(documentId), { method: 'PATCH', body: { folderId } });
}

/** Deletes a trashed document for good, with all that was read of it. */
export async function purgeDocument(documentId: string): Promise<void> {
  await sendRequest(`${documentPath(documentId)}/purge`, { method: 'POST' });
}

/** Reads a document again, all of it. */
export async function rereadDocument(documentId: string): Promise<Job> {
  const { data } = await sendRequest<Job>(`${documentPath(documentId)}/runs`, {
    method: 'POST',
    body: {},
  });
  return data;
}

/** Lists every upload of a document, newest first. */
export async function listVersions(
  documentId: string,
  query: { cursor?: string | undefined; limit: number },
  signal: AbortSignal,
): Promise<List<DocumentVersion>> {
  const { data } = await sendRequest<List<DocumentVersion>>(`${documentPath(documentId)}/versions`, {
    query,
    signal,
  });
  return data;
}

/** Makes another version the current one again. */
export async function restoreVersion(documentId: string, number: number): Promise<void> {
  await sendRequest(`${documentPath(documentId)}/versions/${number}/restore`, { method: 'POST' });
}

/**
 * Uploads a file as the next version of a document, which becomes the current one.
 * @throws ApiError when the server refuses; TypeError when it cannot be reached.
 */
export async function uploadVersion(documentId: string, file: File): Promise<void> {
  const form = new FormData();
  form.append('files', file, file.name);
  const response = await fetch(`${documentPath(documentId)}/versions`, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: form,
  });
  if (!response.ok) throw new ApiError(response.status, parseProblem(await response.text()));
}

/** Address of the file of one version. */
export function versionAddress(documentId: string, number: number): string {
  return `${documentPath(documentId)}/versions/${number}/original`;
}

function documentPath(documentId: string): string {
  return `/v1/documents/${encodeURIComponent(documentId)}`;
}
