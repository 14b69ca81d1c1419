import { Client } from 'pg';

import { type BackoffPolicy, backoffMs } from '#kernel/backoff.ts';
import type { Logger } from '#kernel/logger.ts';

import { unavailable } from './database-error.ts';
import type { Unlisten } from './database.ts';
import { createSerialStatements } from './serial-statements.ts';
import { quoteIdentifier } from './sql-tag.ts';

export interface ListenConnectionOptions {
  /** Straight to PostgreSQL: LISTEN means nothing behind a pooler in transaction mode. */
  url: string;
  connectTimeoutMs: number;
  applicationName: string;
  logger: Logger;
}

const reconnectBackoff: BackoffPolicy = { firstMs: 100, factor: 2, maxMs: 10_000 };

type Listener = (payload: string) => void;

/**
 * One connection for every LISTEN, NOTIFY and session lock of the process, opened when it is first needed. When
 * it is lost it is opened again, with growing pauses, listens to the same channels and takes the same locks.
 * What was sent in between is lost: listeners are hints, and whoever needs every change polls as well.
 */
export class ListenConnection {
  readonly #options: ListenConnectionOptions;
  readonly #listeners = new Map<string, Set<Listener>>();
  /** Key → the session that holds it; undefined while none of ours does. */
  readonly #locks = new Map<number, Client | undefined>();
  #client: Promise<Client> | undefined;
  #retry: NodeJS.Timeout | undefined;
  readonly #serial = createSerialStatements();
  #failures = 0;
  #closed = false;

  constructor(options: ListenConnectionOptions) {
    this.#options = options;
  }

  /**
   * Resolves when the server listens. Throws `db.unavailable` when it cannot be reached; the listener
   * is not kept then.
   */
  async listen(channel: string, listener: Listener): Promise<Unlisten> {
    if (this.#closed) throw new Error('the listen connection is closed');
    // An own function per call: the same listener may be given twice and stopped once.
    const own: Listener = (payload) => listener(payload);
    const listeners = this.#listeners.get(channel) ?? new Set<Listener>();
    this.#listeners.set(channel, listeners.add(own));
    try {
      const client = await this.#connected();
      await this.#serial.run(() => this.#tell(client, 'listen', channel));
    } catch (error) {
      this.#forget(channel, own);
      throw unavailable(error);
    }
    return () => this.#unlisten(channel, own);
  }

  /** The implementation of `Database.notify`; see there. */
  async notify(channel: string, payload: string): Promise<void> {
    if (this.#closed) throw unavailable(new Error('the listen connection is closed'));
    this.#deliver(channel, payload);
    try {
      const client = await this.#connected();
      await this.#serial.run(() =>
        client.query({
          name: 'docmill_notify',
          text: 'select pg_notify($1, $2)',
          values: [channel, payload],
        }),
      );
    } catch (error) {
      throw unavailable(error);
    }
  }

  /** The implementation of `Database.holdLock`; see there. */
  async holdLock(key: number): Promise<boolean> {
    if (this.#closed) throw unavailable(new Error('the listen connection is closed'));
    try {
      const client = await this.#connected();
      return await this.#serial.run(() => this.#takeLock(client, key));
    } catch (error) {
      throw unavailable(error);
    }
  }

  /** The implementation of `Database.releaseLock`; see there. */
  async releaseLock(key: number): Promise<void> {
    const client = this.#locks.get(key);
    this.#locks.delete(key);
    if (client === undefined) return;
    try {
      await this.#serial.run(() => client.query('select pg_advisory_unlock($1)', [key]));
    } catch {
      // A lost connection holds no lock.
    }
  }

  /** Closes the connection and ends reconnecting. May be called twice. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#listeners.clear();
    this.#locks.clear();
    const client = this.#client;
    this.#client = undefined;
    await client?.then((open) => open.end()).catch(() => undefined);
  }

  #connected(): Promise<Client> {
    if (this.#client !== undefined) return this.#client;
    clearTimeout(this.#retry);
    const opening: Promise<Client> = this.#connect(() => this.#lost(opening));
    this.#client = opening;
    opening.catch(() => this.#lost(opening));
    return opening;
  }

  async #connect(onEnd: () => void): Promise<Client> {
    const client = new Client({
      connectionString: this.#options.url,
      connectionTimeoutMillis: this.#options.connectTimeoutMs,
      application_name: `${this.#options.applicationName} listen`,
      // Nothing may be sent over this connection for long, so that a dead peer shows in no other way.
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    });
    client.on('error', (error) => {
      this.#options.logger.warn({ reason: error.message }, 'db.listen_lost');
    });
    try {
      await client.connect();
      client.on('end', onEnd);
      // A hint need not survive a crash of the server.
      const answer = await client.query<{ pid: number }>(
        "select set_config('synchronous_commit', 'off', false), pg_backend_pid() as pid",
      );
      const pid = answer.rows[0]?.pid;
      client.on('notification', ({ channel, payload, processId }) => {
        // What this session sent itself was delivered when it was sent.
        if (processId !== pid) this.#deliver(channel, payload ?? '');
      });
      for (const channel of this.#listeners.keys()) await this.#tell(client, 'listen', channel);
      for (const key of this.#locks.keys()) await this.#takeLock(client, key);
      // Whoever needed the connection first may have brought it back.
      if (this.#failures > 0) this.#options.logger.info({}, 'db.listen_restored');
      this.#failures = 0;
      return client;
    } catch (error) {
      void client.end().catch(() => undefined);
      throw error;
    }
  }

  async #tell(client: Client, verb: 'listen' | 'unlisten', channel: string): Promise<void> {
    await client.query(`${verb} ${quoteIdentifier(channel)}`);
  }

  #lost(opened: Promise<Client>): void {
    // A connection given up earlier may still report its end.
    if (this.#client !== opened) return;
    this.#client = undefined;
    clearTimeout(this.#retry);
    if (this.#closed) return;
    this.#failures += 1;
    this.#retry = setTimeout(
      () => {
        if (this.#listeners.size === 0 && this.#locks.size === 0) return;
        this.#connected().catch((error: unknown) => {
          this.#options.logger.warn({ error }, 'db.listen_retry_failed');
        });
      },
      backoffMs(this.#failures, reconnectBackoff),
    );
  }

  #deliver(channel: string, payload: string): void {
    for (const listener of this.#listeners.get(channel) ?? []) {
      try {
        listener(payload);
      } catch (error) {
        this.#options.logger.error({ channel, error }, 'db.listener_failed');
      }
    }
  }

  async #unlisten(channel: string, listener: Listener): Promise<void> {
    if (!this.#forget(channel, listener)) return;
    const client = this.#client;
    if (client === undefined) return;
    try {
      const open = await client;
      await this.#serial.run(async () => {
        // A new listener may have come in the meantime.
        if (!this.#listeners.has(channel)) await this.#tell(open, 'unlisten', channel);
      });
    } catch {
      // A lost connection listens to nothing; the next one is not asked for this channel.
    }
  }

  /** Never waits: the session of a lost connection may hold the lock until the server notices. */
  async #takeLock(client: Client, key: number): Promise<boolean> {
    if (this.#locks.get(key) === client) return true;
    const answer = await client.query<{ taken: boolean }>(
      'select pg_try_advisory_lock($1) as taken',
      [key],
    );
    const taken = answer.rows[0]?.taken === true;
    this.#locks.set(key, taken ? client : undefined);
    return taken;
  }

  /** True when the channel has no listener left. */
  #forget(channel: string, listener: Listener): boolean {
    const listeners = this.#listeners.get(channel);
    if (listeners === undefined || !listeners.delete(listener)) return false;
    if (listeners.size > 0) return false;
    this.#listeners.delete(channel);
    return true;
  }
}
