import { openAsBlob } from 'node:fs';
import { z } from 'zod';
import { AppError } from '#kernel/app-error.ts';

/** The little of the API that commands need, over HTTP. */
export interface ApiClient {
  get<Schema extends z.ZodType>(route: string, schema: Schema): Promise<z.output<Schema>>;
  upload<Schema extends z.ZodType>(
    file: { path: string; name: string },
    schema: Schema,
  ): Promise<z.output<Schema>>;
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

/** Throws `cli.server_unreachable`; its methods throw that too, or RefusedRequest with the server's problem. */
export function createApiClient(server: string): ApiClient {
  const base = server.replace(/\/$/, '');

  async function request(route: string, init?: RequestInit): Promise<Response> {
    let response: Response;
    try {
      response = await fetch(`${base}${route}`, init);
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
    async upload(file, schema) {
      const form = new FormData();
      form.append('files', await openAsBlob(file.path), file.name);
      const response = await request('/v1/documents', { method: 'POST', body: form });
      return schema.parse(await response.json());
    },
    async *events(route, schema) {
      const response = await request(route);
      for await (const data of readEvents(response)) yield schema.parse(JSON.parse(data));
    },
  };
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
