import fastifyWebsocket, { type WebSocket } from '@fastify/websocket';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { LiveDeps } from './live-connection.ts';
import { LiveConnection } from './live-connection.ts';

export type LiveRouteDeps = LiveDeps & {
  /** How often each side is heard of; default 20 s. */
  heartbeatMs?: number;
};

/** A client has this much to say at once. */
const maxMessageBytes = 16 * 1024;
/** Clients that do not answer a close are cut off after this. */
const closeLimitMs = 1_000;

/** `GET /v1/live`, a WebSocket; the messages are in live-schema.ts and docs/reference/live.md. */
export function liveRoutes(deps: LiveRouteDeps): FastifyPluginAsyncZod {
  return async (app) => {
    const connections = new Set<LiveConnection>();
    const heartbeatMs = deps.heartbeatMs ?? 20_000;
    const heart = setInterval(() => {
      const now = new Date();
      for (const connection of connections) connection.beat(now);
      const users = new Set([...connections].map(({ actor }) => actor.userId));
      for (const userId of users) void deps.subscriptions.touch(userId);
    }, heartbeatMs);
    await app.register(fastifyWebsocket, {
      options: { maxPayload: maxMessageBytes, perMessageDeflate: false },
      preClose: (done) => {
        clearInterval(heart);
        for (const connection of connections) connection.end();
        const sockets = app.websocketServer.clients;
        const cut = setTimeout(() => sockets.forEach((socket) => socket.terminate()), closeLimitMs);
        app.websocketServer.close(() => {
          clearTimeout(cut);
          done();
        });
      },
    });

    // Hidden, since a WebSocket is beyond OpenAPI; the tag is the area of the scopes of keys.
    const options = { websocket: true, schema: { hide: true, tags: ['jobs'] } } as const;
    app.get('/v1/live', options, (socket: WebSocket, request: FastifyRequest) => {
      const connection = new LiveConnection(socket, request.actor, deps);
      connections.add(connection);
      socket.on('message', (data: Buffer, isBinary: boolean) => {
        connection.receive(isBinary ? '' : data.toString('utf8'));
      });
      socket.on('error', (error) => request.log.debug({ error }, 'live.socket_error'));
      const forget = deps.accessWatch.watch({
        userId: request.actor.userId,
        isStillAllowed: () => request.isStillAllowed(),
        end: () => connection.expel(),
      });
      socket.on('close', () => {
        forget();
        connections.delete(connection);
        connection.leave();
      });
      connection.greet(heartbeatMs / 1_000);
    });
  };
}
