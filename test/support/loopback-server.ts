import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A server of a test on a free port of 127.0.0.1; `close` does not wait for open connections. */
export async function listenOnLoopback(
  handler: Handler,
): Promise<{ url: string; port: number; close(): void }> {
  const server = createServer(handler);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
