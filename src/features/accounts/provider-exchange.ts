import type { z } from 'zod';
import { AppError } from '#kernel/app-error.ts';
import type { ProviderVisit } from './sign-in-provider.ts';

export type ProviderFetch = typeof globalThis.fetch;

export interface ProviderClient {
  clientId: string;
  clientSecret: string;
  /** Guarded against calls into the network of the server; follows no redirect. */
  fetch: ProviderFetch;
}

/** A provider has so long to answer, in milliseconds. */
const limitMs = 10_000;

/** Where the browser goes, with state and proof of the code (PKCE). */
export async function authorizationUrl(
  client: ProviderClient,
  visit: ProviderVisit,
  wish: { endpoint: string; scopes: string[]; nonce?: string },
): Promise<URL> {
  // Loaded when it is needed: most servers have no such provider.
  const { createAuthorizationURL } = await import('better-auth/oauth2');
  return createAuthorizationURL({
    id: 'docmill',
    options: { clientId: client.clientId, clientSecret: client.clientSecret },
    authorizationEndpoint: wish.endpoint,
    redirectURI: visit.redirectUri,
    state: visit.state,
    codeVerifier: visit.codeVerifier,
    scopes: wish.scopes,
    ...(wish.nonce !== undefined && { nonce: wish.nonce }),
  });
}

/** Exchanges the code for tokens (RFC 6749, 4.1.3). Throws `auth.provider_failed`. */
export async function exchangeCode<Schema extends z.ZodType>(
  client: ProviderClient,
  visit: ProviderVisit,
  wish: { endpoint: string; code: string; authentication: 'basic' | 'post' },
  schema: Schema,
): Promise<z.output<Schema>> {
  const { authorizationCodeRequest } = await import('better-auth/oauth2');
  const { body, headers } = await authorizationCodeRequest({
    code: wish.code,
    codeVerifier: visit.codeVerifier,
    redirectURI: visit.redirectUri,
    options: { clientId: client.clientId, clientSecret: client.clientSecret },
    authentication: wish.authentication,
    tokenEndpoint: wish.endpoint,
  });
  return askProvider(client, schema, wish.endpoint, {
    method: 'POST',
    headers: { ...headers },
    body: body.toString(),
  });
}

/** Asks a provider for JSON. Throws `auth.provider_failed`, which names the address and nothing that was sent. */
export async function askProvider<Schema extends z.ZodType>(
  client: ProviderClient,
  schema: Schema,
  url: string,
  init: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<z.output<Schema>> {
  try {
    const headers = { accept: 'application/json', ...init.headers };
    const signal = AbortSignal.timeout(limitMs);
    const response = await client.fetch(url, { ...init, headers, signal, redirect: 'error' });
    if (!response.ok) throw new Error(`answered ${response.status}`);
    return schema.parse(await response.json());
  } catch (cause) {
    throw providerFailed(`${new URL(url).host} gave no answer that could be used.`, cause);
  }
}

export function providerFailed(message: string, cause?: unknown): AppError {
  return new AppError('auth.provider_failed', `Signing in elsewhere failed: ${message}`, { cause });
}
