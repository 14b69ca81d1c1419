import { ApiError, parseProblem } from './api-error.ts';
import { politeFetch } from './polite-fetch.ts';

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
  /** JSON text that is sent as it stands, instead of a body. */
  json?: string;
  /** Bytes that are sent as they stand, under their own type, instead of a body. */
  bytes?: Blob;
  ifMatch?: string;
  signal?: AbortSignal;
}

export interface Answer<Data> {
  data: Data;
  etag: string | null;
}

/**
 * Sends one request and parses its JSON answer.
 * @throws ApiError for every answer outside 2xx; TypeError when the server cannot be reached.
 */
export async function sendRequest<Data>(
  path: string,
  options: RequestOptions = {},
): Promise<Answer<Data>> {
  const headers: Record<string, string> = { accept: 'application/json' };
  const { bytes, json } = options;
  const body =
    bytes ?? json ?? (options.body === undefined ? null : JSON.stringify(options.body));
  if (body !== null) headers['content-type'] = bytes?.type ?? 'application/json';
  if (options.ifMatch !== undefined) headers['if-match'] = options.ifMatch;
  const response = await politeFetch(withQuery(path, options.query ?? {}), {
    method: options.method ?? 'GET',
    headers,
    body,
    signal: options.signal ?? null,
  });
  const text = await response.text();
  if (!response.ok) {
    const error = new ApiError(response.status, parseProblem(text));
    const isSignedOut = error.code === 'auth.required' || error.code === 'auth.invalid';
    // The page is being left: an answer now would only flash an error.
    if (isSignedOut && onSignedOut()) return new Promise(() => undefined);
    throw error;
  }
  // The answers are checked against these shapes where they are made, on the server.
  const data: Data = JSON.parse(text === '' ? 'null' : text);
  return { data, etag: response.headers.get('etag') };
}

let onSignedOut = (): boolean => false;

/** Says what happens when the server does not know who asks; `act` tells whether the page is left because of it. */
export function whenSignedOut(act: () => boolean): void {
  onSignedOut = act;
}

/** Appends the defined values to a path. */
export function withQuery(
  path: string,
  query: Record<string, string | number | boolean | undefined>,
): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.set(name, String(value));
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}
