import { expect, test } from 'vitest';
import type { ServerMessage } from './live-schema.ts';
import { LiveSender, type SendingSocket } from './live-sender.ts';

/** A socket whose other side takes what it is sent when told to. */
class SlowSocket implements SendingSocket {
  readonly readyState = 1;
  readonly OPEN = 1;
  bufferedAmount = 0;
  readonly sent: string[] = [];
  readonly #taken: (() => void)[] = [];

  send(text: string, done: (error?: Error) => void): void {
    this.sent.push(text);
    this.bufferedAmount += text.length;
    this.#taken.push(() => {
      this.bufferedAmount -= text.length;
      done();
    });
  }

  take(): void {
    for (const taken of this.#taken.splice(0)) taken();
  }
}

function snapshot(id: string): ServerMessage {
  return { type: 'error', code: id, message: 'x'.repeat(60) };
}

test('a client that keeps up gets everything at once', () => {
  const socket = new SlowSocket();
  const sender = new LiveSender(socket, { bufferBytes: 1_000 });
  for (let n = 0; n < 5; n += 1) {
    sender.send(snapshot(`${n}`), 'job');
    socket.take();
  }
  expect(socket.sent).toHaveLength(5);
  expect(sender.behindMs()).toBe(0);
});

test('for a client that falls behind only the newest snapshot of each thing waits', () => {
  const socket = new SlowSocket();
  const sender = new LiveSender(socket, { bufferBytes: 150 });
  for (let n = 0; n < 100; n += 1) sender.send(snapshot(`${n}`), n % 2 === 0 ? 'even' : 'odd');
  expect(socket.sent).toHaveLength(2);
  expect(sender.behindMs()).toBeGreaterThanOrEqual(0);
  socket.take();
  socket.take();
  const codes = socket.sent.map((text) => JSON.parse(text).code);
  expect(codes).toEqual(['0', '1', '98', '99']);
  expect(sender.behindMs()).toBe(0);
});

test('a client for which too much waits is given up', () => {
  const socket = new SlowSocket();
  const sender = new LiveSender(socket, { bufferBytes: 0, heldSnapshots: 10 });
  for (let n = 0; n < 13; n += 1) sender.send(snapshot(`${n}`), `job ${n}`);
  expect(sender.behindMs()).toBe(Infinity);
});

test('what is no snapshot is always sent', () => {
  const socket = new SlowSocket();
  const sender = new LiveSender(socket, { bufferBytes: 0 });
  sender.send(snapshot('first'), 'job');
  sender.send({ type: 'hello', heartbeatSeconds: 20 });
  expect(socket.sent).toHaveLength(2);
});
