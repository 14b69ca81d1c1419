import type {
  AccessReason,
  Document,
  GivenShare,
  List,
  Share,
  SharePermission,
  ShareWish,
} from './api-model.ts';
import { sendRequest } from './http-request.ts';

/** What is shared: one document, or a folder with all that is in it. */
export type SharedObject = { documentId: string } | { folderId: string };

/** Whether a share is a link, and not meant for one person. */
export function isLink(share: Share): boolean {
  return share.granteeId === null && share.granteeEmail === null;
}

/** Lists the living shares of an object of the account. */
export async function listShares(object: SharedObject, signal: AbortSignal): Promise<Share[]> {
  const { data } = await sendRequest<{ items: Share[] }>('/v1/shares', {
    query: { ...object },
    signal,
  });
  return data.items;
}

/** Shares an object. The token of a link is in this answer and nowhere else. */
export async function giveShare(wish: ShareWish): Promise<GivenShare> {
  const { data } = await sendRequest<GivenShare>('/v1/shares', { method: 'POST', body: wish });
  return data;
}

/** Gives a share another permission. */
export async function changeShare(change: {
  shareId: string;
  permission: SharePermission;
}): Promise<void> {
  const { shareId, permission } = change;
  await sendRequest(sharePath(shareId), { method: 'PATCH', body: { permission } });
}

/** Ends a share at once. */
export async function endShare(shareId: string): Promise<void> {
  await sendRequest(sharePath(shareId), { method: 'DELETE' });
}

/** Lists everybody who can see a document, and why. */
export async function listAccess(documentId: string, signal: AbortSignal): Promise<AccessReason[]> {
  const { data } = await sendRequest<{ items: AccessReason[] }>(
    `/v1/documents/${encodeURIComponent(documentId)}/access`,
    { signal },
  );
  return data.items;
}

/** Lists the documents that others share with the reader, newest first. */
export async function listSharedDocuments(
  query: { cursor?: string | undefined; limit: number },
  signal: AbortSignal,
): Promise<List<Document>> {
  const { data } = await sendRequest<List<Document>>('/v1/documents', {
    query: { shared: true, ...query },
    signal,
  });
  return data;
}

function sharePath(shareId: string): string {
  return `/v1/shares/${encodeURIComponent(shareId)}`;
}
