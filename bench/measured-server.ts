import { basename } from 'node:path';
import { z } from 'zod';
import { createApiClient } from '#cli/api-client.ts';
import { startServer, stopServer, type TestServer } from '#test/support/start-server.ts';

const uploadAnswer = z.object({
  accepted: z.array(
    z.object({ document: z.object({ id: z.string() }), job: z.object({ id: z.string() }) }),
  ),
});
const jobEvent = z.object({ status: z.string() });
const searchAnswer = z.object({ items: z.array(z.unknown()) });

export interface UploadedFile {
  documentId: string;
  jobId: string;
}

/** A real server in a process of its own, driven over HTTP as any client would. */
export interface MeasuredServer extends TestServer {
  upload(file: string): Promise<UploadedFile>;
  /** Resolves when the job is completed; throws when it ended otherwise. */
  finish(jobId: string): Promise<void>;
  /** Throws unless a search inside the document finds the word. */
  expectFound(word: string, documentId: string): Promise<void>;
}

const running = new Set<TestServer>();

/** For a bench that is interrupted: no server may outlive it. */
export async function stopAllServers(): Promise<void> {
  await Promise.all([...running].map(stopServer));
}

/** Runs `work` with a fresh server and removes the server afterwards, whatever happens. */
export async function withServer<Result>(
  env: Record<string, string>,
  work: (server: MeasuredServer) => Promise<Result>,
  args: readonly string[] = [],
): Promise<Result> {
  const server = await startServer({ env, args });
  running.add(server);
  try {
    return await work(measure(server));
  } finally {
    running.delete(server);
    await stopServer(server);
  }
}

function measure(server: TestServer): MeasuredServer {
  const client = createApiClient(server.url, undefined);
  return {
    ...server,
    async upload(file) {
      const { accepted } = await client.upload({ path: file, name: basename(file) }, uploadAnswer);
      const [first] = accepted;
      if (first === undefined) throw new Error(`${file} was refused`);
      return { documentId: first.document.id, jobId: first.job.id };
    },
    async finish(jobId) {
      // The server says when something changes: asking again and again would be load of its own.
      let last = 'unknown';
      for await (const job of client.events(`/v1/jobs/${jobId}/events`, jobEvent)) {
        last = job.status;
        if (last === 'completed') return;
      }
      throw new Error(`a job of the bench was not completed: it is ${last}`);
    },
    async expectFound(word, documentId) {
      const query = new URLSearchParams({ q: word, documentId });
      const { items } = await client.get(`/v1/search?${query.toString()}`, searchAnswer);
      if (items.length === 0) throw new Error(`"${word}" was not found in ${documentId}`);
    },
  };
}
