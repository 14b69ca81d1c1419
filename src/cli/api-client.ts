import { openAsBlob } from 'node:fs';
import { z } from 'zod';
import { AppError } from '#kernel/app-error.ts';
import { patientFetch } from './patient-fetch.ts';
import { printMessage } from './terminal.ts';

/** A file, and what is to become of it. */
export interface FileToUpload {
  path: string;
  name: string;
  languages?: string | undefined;
  /** Keeps the folders of this path, with slashes, below the folder. */
  relativePath?: string | undefined;
  folderId?: string | undefined;
  duplicates?: string | undefined;
}

/** The little of the API that commands need, over HTTP. */
export interface ApiClient {
  get<Schema extends z.ZodType>(route: string, schema: Schema): Promise<z.output<Schema>>;
  /** Sends a body, or none, and reads the answer; null for an answer without content. */
  send<Schema extends z.ZodType>(
    method: 'POST' | 'PATCH' | 'DELETE',
    route: string,
    schema: Schema,
    body?: unknown,
  ): Promise<z.output<Schema>>;
  /** Sends a JSON text as it stands. */
  post<Schema extends z.ZodType>(
    route: string,
    body: string,
    schema: Schema,
  ): Promise<z.output<Schema>>;
  upload<Schema extends z.ZodType>(file: FileToUpload, schema: Schema): Promise<z.output<Schema>>;
  /** A file: the name that the server gives it, and its bytes as they come. */
  download(route: string): Promise<{ name: string; body: ReadableStream<Uint8Array> }>;
  /** Server-sent events of a route, as parsed data of `event: job`. Ends when the server ends it. */
  events<Schema extends z.ZodType>(route: string, schema: Schema): AsyncGenerator<z.output<Schema>>;
}

const problemSchema = z.object({ code: z.string(), detail: z.string() });

export class RefusedRequest extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'RefusedRequest';
    this.code = code;
  }
}

function tellWait(seconds: number): void {
  if (seconds > 5) printMessage(`The server asks to wait ${seconds} s, then it goes on.`);
}

/**
 * `apiKey` says who asks. Throws `cli.server_unreachable`; its methods throw that too, or RefusedRequest with the server's problem.
 */
export function createApiClient(server: string, apiKey: string | undefined): ApiClient {
  const base = server.replace(/\/$/, '');

  async function request(route: string, init?: RequestInit): Promise<Response> {
    const headers = new Headers(init?.headers);
    if (apiKey !== undefined) headers.set('authorization', `Bearer ${apiKey}`);
    let response: Response;
    try {
      response = await patientFetch(`${base}${route}`, { ...init, headers }, tellWait);
    } catch (cause) {
      throw new AppError(
        'cli.server_unreachable',
        `No Docmill answers at ${base}. Start it with "npx docmill serve", or name it with --server.`,
        { cause },
      );
    }
    if (response.ok) return response;
    const problem = problemSchema.safeParse(await response.json().catch(() => null));
    throw problem.success
      ? new RefusedRequest(problem.data.code, problem.data.detail)
      : new RefusedRequest('request.failed', `The server answered ${response.status}.`);
  }

  return {
    async get(route, schema) {
      return schema.parse(await (await request(route)).json());
    },
    async send(method, route, schema, body) {
      const response = await request(route, {
        method,
        ...(body !== undefined && {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      });
      return schema.parse(response.status === 204 ? null : await response.json());
    },
    async post(route, body, schema) {
      const headers = { 'content-type': 'application/json' };
      const response = await request(route, { method: 'POST', headers, body });
      return schema.parse(await response.json());
    },
    async upload(file, schema) {
      const form = new FormData();
      for (const name of ['languages', 'relativePath', 'folderId', 'duplicates'] as const) {
        const value = file[name];
        if (value !== undefined) form.append(name, value);
      }
      form.append('files', await openAsBlob(file.path), file.name);
      const response = await request('/v1/documents', { method: 'POST', body: form });
      return schema.parse(await response.json());
    },
    async download(route) {
      const { headers, body } = await request(route);
      const name = fileNameOf(headers.get('content-disposition') ?? '');
      return { name, body: body ?? new ReadableStream() };
    },
    async *events(route, schema) {
      const response = await request(route);
      for await (const data of readEvents(response)) yield schema.parse(JSON.parse(data));
    },
  };
}

/** The name in a Content-Disposition header (RFC 6266), the form for any character before the plain one. */
function fileNameOf(disposition: string): string {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  if (encoded !== undefined) return decodeURIComponent(encoded);
  return /filename="([^"]+)"/i.exec(disposition)?.[1] ?? 'export';
}

/** Data of each `event: job` of a server-sent event stream. */
async function* readEvents(response: Response): AsyncGenerator<string> {
  if (!response.body) return;
  let buffer = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    buffer += chunk;
    for (let end = buffer.indexOf('\n\n'); end >= 0; end = buffer.indexOf('\n\n')) {
      const block = buffer.slice(0, end);
      buffer = buffer.slice(end + 2);
      const lines = block.split('\n');
      const data = lines.find((line) => line.startsWith('data: '));
      if (lines.includes('event: job') && data) yield data.slice('data: '.length);
    }
  }
}
