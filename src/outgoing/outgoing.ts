import { type IncomingHttpHeaders, type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestEncrypted } from 'node:https';
import { AppError, isAppError } from '#kernel/app-error.ts';
import { readAllowance } from './outgoing-allowance.ts';
import { type Resolve, createOutgoingGuard } from './outgoing-guard.ts';

export interface OutgoingRequest {
  url: string;
  method?: string | undefined;
  headers?: Readonly<Record<string, string>> | undefined;
  body?: string | Uint8Array | undefined;
  /** For everything together: name, connection, answer. Default 15 s. */
  timeoutMs?: number | undefined;
  /** Of the body of the answer. Default 1 MiB. */
  maxBytes?: number | undefined;
  /** A longer body is cut instead of being an error; for answers of which only the beginning is kept. */
  cutBody?: boolean | undefined;
  signal?: AbortSignal | undefined;
}

export interface OutgoingAnswer {
  /** Any status, also that of a redirect: none is followed. */
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** The one way out: webhooks, keys of identity providers, and every other call to a foreign server. */
export interface Outgoing {
  /**
   * Sends one request over a connection of its own and follows nothing. Throws `outgoing.refused` for what must not
   * be called, `outgoing.timeout`, `outgoing.too_large`, and `outgoing.failed` for what the network did.
   */
  send(request: OutgoingRequest): Promise<OutgoingAnswer>;
  /** Throws `outgoing.refused` for an address that is refused whatever its name resolves to. */
  checkUrl(url: string): void;
}

export interface OutgoingOptions {
  /** Hosts, addresses and networks that may be called although they are private, plain or on another port. */
  allow: readonly string[];
  /** How names are resolved; the resolver of the system without it. */
  resolve?: Resolve;
}

const headerBytes = 16 * 1024;

/** Throws `config.invalid` for an entry of `allow` that is no host, address or network. */
export function createOutgoing(options: OutgoingOptions): Outgoing {
  const { allowance, wrong } = readAllowance(options.allow);
  if (wrong.length > 0) {
    throw new AppError('config.invalid', `DOCMILL_OUTGOING_ALLOW: not a host: ${wrong.join(', ')}`);
  }
  const guard = createOutgoingGuard(allowance, options.resolve);
  return {
    checkUrl: (url) => guard.checkUrl(parseUrl(url)),
    async send(request) {
      const url = parseUrl(request.url);
      guard.checkUrl(url);
      const { timeoutMs = 15_000, signal } = request;
      const limit = AbortSignal.timeout(timeoutMs);
      const until = signal ? AbortSignal.any([signal, limit]) : limit;
      try {
        const response = await open(url, request, until, guard.lookupFor(url));
        const body = await readBody(response, request);
        return { status: response.statusCode ?? 0, headers: response.headers, body };
      } catch (error) {
        throw named(error, url, limit.aborted ? timeoutMs : null, signal);
      }
    },
  };
}

function parseUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null) throw new AppError('outgoing.refused', 'That is not an address of the web.');
  return url;
}

function open(
  url: URL,
  { method = 'GET', headers, body }: OutgoingRequest,
  signal: AbortSignal,
  lookup: ReturnType<ReturnType<typeof createOutgoingGuard>['lookupFor']>,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestEncrypted : requestPlain)(url, {
      method,
      headers: {
        'user-agent': 'Docmill',
        // Nothing is unpacked, so nothing can be a bomb.
        'accept-encoding': 'identity',
        ...headers,
        ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
      },
      // A connection of its own, so that none is used that was checked for another address.
      agent: false,
      lookup,
      maxHeaderSize: headerBytes,
      signal,
    });
    request.on('response', resolve);
    request.on('error', reject);
    request.end(body);
  });
}

async function readBody(
  response: IncomingMessage,
  { maxBytes = 1024 * 1024, cutBody = false }: OutgoingRequest,
): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of response) {
    const bytes = Buffer.from(piece);
    pieces.push(bytes);
    size += bytes.length;
    if (size <= maxBytes) continue;
    // Leaving the loop ends the connection.
    if (cutBody) break;
    throw new AppError('outgoing.too_large', `The answer is larger than ${maxBytes} bytes.`);
  }
  return Buffer.concat(pieces).subarray(0, maxBytes);
}

/** Says what went wrong without telling of the network inside. */
function named(
  error: unknown,
  url: URL,
  limitMs: number | null,
  signal: AbortSignal | undefined,
): unknown {
  if (isAppError(error) || signal?.aborted === true) return error;
  const host = url.host;
  if (limitMs !== null) {
    const message = `${host} did not answer within ${limitMs / 1_000} s.`;
    return new AppError('outgoing.timeout', message, { cause: error });
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  const message = `${host} could not be called (${code}).`;
  return new AppError('outgoing.failed', message, { cause: error });
}
