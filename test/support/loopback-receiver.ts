import { type IncomingHttpHeaders, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Answers one request; the body has been read. */
export type Answer = (request: ReceivedRequest, response: ServerResponse) => void;

/** A server of somebody else on a loopback address that keeps what it was sent. */
export interface LoopbackReceiver {
  /** Such as `http://127.0.0.1:41234`. */
  url: string;
  port: number;
  received: ReceivedRequest[];
  /** How requests are answered from now on; 200 with `ok` without it. */
  answer(how: Answer): void;
  /** Resolves when `count` requests have come in all. */
  until(count: number): Promise<void>;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<LoopbackReceiver> {
  const received: ReceivedRequest[] = [];
  const waiting = new Set<() => void>();
  let how: Answer = (_, response) => void response.end('ok');
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const taken = { method, path, headers, body: Buffer.concat(pieces).toString('utf8') };
      received.push(taken);
      how(taken, response);
      for (const look of waiting) look();
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const port = portOf(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    received,
    answer: (next) => {
      how = next;
    },
    until: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (received.length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}
