import type { ApiKey, KeyWish, MadeKey } from './api-model.ts';
import { sendRequest } from './http-request.ts';

/** Lists the keys of the account, the living ones first. */
export async function listKeys(signal: AbortSignal): Promise<ApiKey[]> {
  const { data } = await sendRequest<{ items: ApiKey[] }>('/v1/keys', { signal });
  return data.items;
}

/** Makes a key. The key itself is in this answer and nowhere else. */
export async function makeKey(wish: KeyWish): Promise<MadeKey> {
  const { data } = await sendRequest<MadeKey>('/v1/keys', { method: 'POST', body: wish });
  return data;
}

/** Ends a key at once. */
export async function revokeKey(keyId: string): Promise<void> {
  await sendRequest(`/v1/keys/${encodeURIComponent(keyId)}`, { method: 'DELETE' });
}
