import type { Account, AuthOptions, NewAccount } from './api-model.ts';
import { sendRequest } from './http-request.ts';

/** How one signs in on this server. Open to anyone. */
export async function getAuthOptions(signal: AbortSignal): Promise<AuthOptions> {
  const { data } = await sendRequest<AuthOptions>('/v1/auth/options', { signal });
  return data;
}

/** Begins a session; the cookie is set by the answer. */
export async function signIn(credentials: { email: string; password: string }): Promise<Account> {
  return post('/v1/auth/sign-in', credentials);
}

/** Ends this session, or all of the account. */
export async function signOut(everywhere: boolean): Promise<void> {
  await post('/v1/auth/sign-out', { everywhere });
}

/** Makes the holder of the link that the server printed its admin, and signs them in. */
export async function becomeFirstAdmin(wish: NewAccount & { token: string }): Promise<Account> {
  return post('/v1/auth/first-admin', wish);
}

async function post<Data>(path: string, body: unknown): Promise<Data> {
  const { data } = await sendRequest<Data>(path, { method: 'POST', body });
  return data;
}

/**
 * Makes an account. By the token of an invitation it is there at once, and its person signed in; without one a mail
 * follows, the answer is null, and whether the address has an account already is not told.
 */
export async function signUp(
  wish: NewAccount,
  invitation: string | null,
): Promise<Account | null> {
  if (invitation !== null) return post('/v1/auth/sign-up', { ...wish, invitation });
  await post('/v1/auth/sign-up', wish);
  return null;
}

/** Begins to accept an invitation by another service; resolves to where the browser is to go. */
export async function startInvited(
  provider: AuthOptions['providers'][number]['id'],
  wish: { invitation: string; returnTo: string },
): Promise<string> {
  const { url } = await post<{ url: string }>(`/v1/auth/providers/${provider}/start`, wish);
  return url;
}

/** Proves that somebody reads the mail of an address. */
export async function verifyEmail(token: string): Promise<void> {
  await post('/v1/auth/verify-email', { token });
}

/** Sends a link by mail that sets a new password; the answer is the same for an unknown address. */
export async function requestReset(email: string): Promise<void> {
  await post('/v1/auth/reset-request', { email });
}

/** Sets a new password by the link of a mail; every session of the account ends. */
export async function resetPassword(wish: { token: string; password: string }): Promise<void> {
  await post('/v1/auth/reset', wish);
}

/** Who is signed in. */
export async function getAccount(signal: AbortSignal): Promise<Account> {
  const { data } = await sendRequest<Account>('/v1/account', { signal });
  return data;
}
