import { ApiError, parseProblem } from './api-error.ts';

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
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
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  if (options.ifMatch !== undefined) headers['if-match'] = options.ifMatch;
  const response = await fetch(withQuery(path, options.query ?? {}), {
    method: options.method ?? 'GET',
    headers,
    body: options.body === undefined ? null : JSON.stringify(options.body),
    signal: options.signal ?? null,
  });
  const text = await response.text();
  if (!response.ok) throw new ApiError(response.status, parseProblem(text));
  // The answers are checked against these shapes where they are made, on the server.
  const data: Data = JSON.parse(text === '' ? 'null' : text);
  return { data, etag: response.headers.get('etag') };
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
