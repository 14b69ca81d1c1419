import { setTimeout as delay } from 'node:timers/promises';

import { Client } from 'pg';

import type { Logger } from '#kernel/logger.ts';

export interface BackendCanceller {
  /**
   * Cancels the statement that backend `pid` runs, again and again until `settled` resolves.
   * Never throws: when the server cannot be reached, the statement's own timeout remains.
   */
  cancel(pid: number, settled: Promise<void>): Promise<void>;
}

/**
 * Cancels over a connection of its own, opened for the purpose: the pool may have none free, and a
 * statement that holds the last one is the one to cancel. Behind a pooler `url` must be the direct one.
 */
export function createBackendCanceller(options: {
  url: string;
  connectTimeoutMs: number;
  applicationName: string;
  logger: Logger;
}): BackendCanceller {
  return {
    async cancel(pid, settled) {
      const client = new Client({
        connectionString: options.url,
        connectionTimeoutMillis: options.connectTimeoutMs,
        application_name: `${options.applicationName} cancel`,
      });
      client.on('error', () => undefined);
      try {
        await client.connect();
        await cancelUntilSettled(client, pid, settled);
      } catch (error) {
        options.logger.warn({ pid, error }, 'db.cancel_failed');
      } finally {
        await client.end().catch(() => undefined);
      }
    },
  };
}

/**
 * Once is not enough: a statement still on its way to the server when the cancel arrives would run
 * on, because an idle backend ignores it.
 */
async function cancelUntilSettled(
  client: Client,
  pid: number,
  settled: Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const ended = settled.then(() => stop.abort());
  for (let pauseMs = 20; !stop.signal.aborted; pauseMs = Math.min(pauseMs * 2, 1_000)) {
    await client.query('select pg_cancel_backend($1)', [pid]);
    await Promise.race([ended, delay(pauseMs, undefined, { signal: stop.signal }).catch(ignore)]);
  }
}

/** The pause was cut short because the statement has ended, which is what it waited for. */
function ignore(): void {}
