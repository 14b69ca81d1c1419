import type { Document, List, OpenLink } from './api-model.ts';
import { sendRequest } from './http-request.ts';

/**
 * Opens a share link; a cookie remembers it.
 * @throws ApiError `link.not_found` alike for a link that never was or has ended, and for a wrong or missing password.
 */
export async function openLink(wish: { token: string; password?: string }): Promise<void> {
  await sendRequest('/v1/links/open', { method: 'POST', body: wish });
}

/** What the link shares that this browser opened last. */
export async function getCurrentLink(signal?: AbortSignal): Promise<OpenLink> {
  const { data } = await sendRequest<OpenLink>('/v1/links/current', {
    ...(signal && { signal }),
  });
  return data;
}

/** Documents of one folder, newest first. */
export async function listFolderDocuments(
  folderId: string,
  query: { cursor?: string | undefined; limit: number },
  signal: AbortSignal,
): Promise<List<Document>> {
  const { data } = await sendRequest<List<Document>>('/v1/documents', {
    query: { folderId, ...query },
    signal,
  });
  return data;
}
