import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the ports that systems give to whoever names none (Linux from 32,768, others from 49,152). */
const [lowest, highest] = [20_000, 32_000];

/**
 * A port of the loopback address that nobody listens on at the moment. None that the system gives away by itself: until
 * its program listens, any connection of a test that runs at the same time could be given it.
 */
export async function freeTestPort(): Promise<number> {
  for (let tries = 0; tries < 50; tries += 1) {
    const port = randomInt(lowest, highest);
    const server = createServer().listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
      server.close();
      await once(server, 'close');
      return port;
    } catch {
      // Somebody listens there.
    }
  }
  throw new Error(`no free port between ${lowest} and ${highest}`);
}
