import type { Account, AccountChange, AccountSession, Identity } from './api-model.ts';
import { sendRequest } from './http-request.ts';

/** Changes name or preferences at once; another address is asked by mail first. */
export async function changeAccount(change: AccountChange): Promise<Account> {
  const { data } = await sendRequest<Account>('/v1/account', { method: 'PATCH', body: change });
  return data;
}

/** Sets the picture of the account; the server makes a square of its middle. */
export async function setAvatar(file: File): Promise<void> {
  // What it is say its bytes, to the server: names and types of files are guesses.
  const bytes = file.slice(0, file.size, 'image/*');
  await sendRequest('/v1/account/avatar', { method: 'PUT', bytes });
}

/** Takes the picture of the account away. */
export async function removeAvatar(): Promise<void> {
  await sendRequest('/v1/account/avatar', { method: 'DELETE' });
}

/** Sets another password; all other sessions end. */
export async function changePassword(wish: {
  currentPassword: string | null;
  newPassword: string;
}): Promise<void> {
  await sendRequest('/v1/account/password', { method: 'POST', body: wish });
}

/** Lists where the account is signed in. */
export async function listSessions(signal: AbortSignal): Promise<AccountSession[]> {
  const { data } = await sendRequest<{ items: AccountSession[] }>('/v1/account/sessions', {
    signal,
  });
  return data.items;
}

/** Ends one session. */
export async function endSession(sessionId: string): Promise<void> {
  await sendRequest(`/v1/account/sessions/${encodeURIComponent(sessionId)}`, { method: 'DELETE' });
}

/** Ends every session but this one. */
export async function endOtherSessions(): Promise<void> {
  await sendRequest('/v1/account/sessions', { method: 'DELETE' });
}

/** Lists the other services by which one can sign in. */
export async function listIdentities(signal: AbortSignal): Promise<Identity[]> {
  const { data } = await sendRequest<{ items: Identity[] }>('/v1/account/identities', { signal });
  return data.items;
}

/** Signing in by this service ends. */
export async function removeIdentity(identityId: string): Promise<void> {
  await sendRequest(`/v1/account/identities/${encodeURIComponent(identityId)}`, {
    method: 'DELETE',
  });
}

/** Deletes the account; the password says that it is really its owner. null for who has none. */
export async function deleteAccount(password: string | null): Promise<void> {
  await sendRequest('/v1/account', { method: 'DELETE', body: { password } });
}
