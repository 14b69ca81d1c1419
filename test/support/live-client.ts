import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { ClientMessage, ServerMessage } from '#features/live/index.ts';
import { serverMessageSchema } from '#features/live/index.ts';
import { eventually } from './eventually.ts';

type OfType<Type extends ServerMessage['type']> = Extract<ServerMessage, { type: Type }>;

/** A client of `/v1/live` that checks every message it gets against the schema. */
export interface LiveClient {
  readonly socket: WebSocket;
  readonly heard: ServerMessage[];
  say(message: ClientMessage): void;
  /** The first message of the type for which `test` holds, heard already or still to come. */
  hear<Type extends ServerMessage['type']>(
    type: Type,
    test?: (message: OfType<Type>) => boolean,
  ): Promise<OfType<Type>>;
  /** Messages of one type so far. */
  all<Type extends ServerMessage['type']>(type: Type): OfType<Type>[];
  /** Resolves to the close code. */
  closed: Promise<number>;
  close(): Promise<void>;
}

/** Resolves when the server has greeted. Throws when it refuses. */
export async function openLive(
  url: string,
  headers: Record<string, string> = {},
): Promise<LiveClient> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/v1/live`, { headers });
  const heard: ServerMessage[] = [];
  socket.on('message', (data: Buffer) => {
    heard.push(serverMessageSchema.parse(JSON.parse(data.toString('utf8'))));
  });
  const closed = new Promise<number>((resolve) => {
    socket.on('close', resolve);
  });
  const isOf =
    <Type extends ServerMessage['type']>(type: Type) =>
    (message: ServerMessage): message is OfType<Type> =>
      message.type === type;
  const client: LiveClient = {
    socket,
    heard,
    say: (message) => socket.send(JSON.stringify(message)),
    hear: (type, test = () => true) =>
      eventually(`a message of type ${type}`, () => heard.filter(isOf(type)).find(test)),
    all: (type) => heard.filter(isOf(type)),
    closed,
    async close() {
      socket.close();
      await closed;
    },
  };
  await once(socket, 'open');
  await client.hear('hello');
  return client;
}
