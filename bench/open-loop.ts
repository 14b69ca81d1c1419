import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface OpenLoop {
  /** Such as `http://127.0.0.1:4600`. */
  server: string;
  /** What is asked for where there are no `requests`. */
  route?: string;
  /** Whole requests, which every connection sends one after the other, each beginning with another one. */
  requests?: readonly Buffer[];
  connections: number;
  /** Between two requests of one connection. */
  everyMs: number;
  durationMs: number;
}

export interface OpenLoopResult {
  /** Milliseconds from the moment a request was due, sent late or not, to the end of its answer. */
  latenciesMs: number[];
  /** The same by the place of the request in `requests`. */
  latenciesOf: number[][];
  /** Answers outside of 2xx, and connections that broke with requests unanswered. */
  errors: number;
  /** From the first due moment to the last answer; longer than asked when the server fell behind. */
  elapsedMs: number;
}

/**
 * An open-loop load: every connection has its own fixed timetable, evenly staggered, and keeps to it
 * however slow the server is; a request whose turn comes while the last one is still unanswered waits
 * and pays for the wait. Raw sockets with keep-alive, since an HTTP client would use as much processor
 * as the server under test.
 */
export async function runOpenLoop(load: OpenLoop): Promise<OpenLoopResult> {
  const requests = load.requests ?? [getRequest(load.server, load.route ?? '/')];
  const latenciesOf = requests.map((): number[] => []);
  const result: OpenLoopResult = { latenciesMs: [], latenciesOf, errors: 0, elapsedMs: 0 };
  const clients = await Promise.all(
    Array.from({ length: load.connections }, (_, index) =>
      openClient(load, { requests, first: index }, result),
    ),
  );
  const startedAt = performance.now();
  await Promise.all(
    clients.map((client, index) => {
      const offset = (index / load.connections) * load.everyMs;
      return client.follow(startedAt + offset, startedAt + load.durationMs);
    }),
  );
  result.elapsedMs = performance.now() - startedAt;
  for (const client of clients) client.close();
  return result;
}

function getRequest(server: string, route: string): Buffer {
  return Buffer.from(`GET ${route} HTTP/1.1\r\nhost: ${new URL(server).host}\r\n\r\n`);
}

interface LoadClient {
  /** Sends on time from the first due moment until `endsAt`, and resolves when all is answered. */
  follow(firstDue: number, endsAt: number): Promise<void>;
  close(): void;
}

async function openClient(
  { server, everyMs }: OpenLoop,
  { requests, first }: { requests: readonly Buffer[]; first: number },
  result: OpenLoopResult,
): Promise<LoadClient> {
  const { hostname, port } = new URL(server);
  const socket = connect(Number(port), hostname).setNoDelay(true);
  await once(socket, 'connect');
  const waiting: number[] = [];
  let place = first % requests.length;
  let inFlight: number | undefined;
  let isBroken = false;
  let settle: (() => void) | undefined;

  const sendNext = (): void => {
    inFlight = waiting.shift();
    if (inFlight === undefined) settle?.();
    else socket.write(requests[place] ?? '');
  };
  readAnswers(socket, (status) => {
    if (inFlight !== undefined) {
      const latencyMs = performance.now() - inFlight;
      result.latenciesMs.push(latencyMs);
      result.latenciesOf[place]?.push(latencyMs);
    }
    if (status < 200 || status > 299) result.errors += 1;
    place = (place + 1) % requests.length;
    sendNext();
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    result.errors += waiting.length + (inFlight === undefined ? 0 : 1);
    waiting.length = 0;
    inFlight = undefined;
    isBroken = true;
    settle?.();
  });

  return {
    async follow(firstDue, endsAt) {
      for (let due = firstDue; due < endsAt; due += everyMs) {
        await until(due);
        if (isBroken) result.errors += 1;
        else waiting.push(due);
        if (inFlight === undefined) sendNext();
      }
      if (inFlight === undefined) return;
      await new Promise<void>((resolve) => (settle = resolve));
    },
    close: () => socket.destroy(),
  };
}

function until(due: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
}

/** Calls back with the status of each answer when its last byte is there. Answers must say their length. */
function readAnswers(socket: Socket, onAnswer: (status: number) => void): void {
  let head = '';
  let bodyLeft = -1;
  let status = 0;
  socket.setEncoding('latin1').on('data', (text: string) => {
    let rest = text;
    while (rest !== '') {
      if (bodyLeft < 0) {
        head += rest;
        const end = head.indexOf('\r\n\r\n');
        if (end < 0) return;
        rest = head.slice(end + 4);
        status = Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0);
        bodyLeft = Number(/^content-length: (\d+)/im.exec(head.slice(0, end))?.[1] ?? 0);
        head = '';
      }
      const taken = Math.min(bodyLeft, rest.length);
      bodyLeft -= taken;
      rest = rest.slice(taken);
      if (bodyLeft === 0) {
        bodyLeft = -1;
        onAnswer(status);
      }
    }
  });
}
