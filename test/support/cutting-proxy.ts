import { once } from 'node:events';
import { type AddressInfo, type Socket, connect, createServer } from 'node:net';

export interface CuttingProxy {
  url: string;
  /** Connections that were cut so far. */
  cuts(): number;
  /** From now on nothing is cut. */
  calm(): void;
  close(): Promise<void>;
}

/**
 * A proxy in front of a server that cuts every connection after some bytes of the client, as many as `nextCut` says;
 * infinity never. A server that is away is answered by a cut too.
 */
export async function startCuttingProxy(
  port: number,
  nextCut: () => number,
): Promise<CuttingProxy> {
  let cuts = 0;
  let isCalm = false;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    let left = nextCut();
    open.add(client);
    const cut = (): void => {
      client.destroy();
      upstream.destroy();
      open.delete(client);
    };
    client.on('error', cut).on('close', cut);
    upstream.on('error', cut).on('close', cut);
    client.on('data', (bytes) => {
      left -= bytes.length;
      upstream.write(bytes);
      if (left > 0 || isCalm) return;
      cuts += 1;
      cut();
    });
    upstream.pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    cuts: () => cuts,
    calm: () => {
      isCalm = true;
    },
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
