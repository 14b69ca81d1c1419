import type pg from 'pg';
import { DatabaseError, Pool } from 'pg';

import { AppError } from '#kernel/app-error.ts';
import type { Logger } from '#kernel/logger.ts';

import type { ActorSettings } from './actor-settings.ts';
import { runAsActor } from './actor-statement.ts';
import { columnTypeOf } from './column-type.ts';
import { isConnectionLost, isStalePlan, unavailable } from './database-error.ts';
import { buildRows } from './row-builder.ts';
import type { SqlStatement } from './sql-tag.ts';

/** A connection taken from the pool; it must be given back exactly once. */
export interface PooledConnection {
  readonly client: pg.PoolClient;
  /** Gives the connection back; `broken` closes it instead, for a session that cannot be trusted. */
  release(broken?: boolean): void;
}

export interface ConnectionPool {
  /** Waits at most the connect timeout. Throws `db.busy` or `db.unavailable`. */
  take(): Promise<PooledConnection>;
  /** Resolves when every connection is given back and closed. May be called twice. */
  close(): Promise<void>;
}

export interface ConnectionPoolOptions {
  url: string;
  size: number;
  connectTimeoutMs: number;
  /** Sent as a startup parameter; undefined behind a pooler, which may refuse the parameter. */
  statementTimeoutMs: number | undefined;
  applicationName: string;
  /** Age at which a connection is closed when it is given back: one that lives for ever keeps the memory of all it ever planned. */
  maxAgeMs: number;
  /** The same after it was taken so often. */
  maxUses: number;
  logger: Logger;
}

/** A pool of `size` connections at most, opened on demand, idle ones closed after five minutes. */
export function createConnectionPool(options: ConnectionPoolOptions): ConnectionPool {
  const pool = new Pool({
    connectionString: options.url,
    max: options.size,
    connectionTimeoutMillis: options.connectTimeoutMs,
    idleTimeoutMillis: 300_000,
    maxLifetimeSeconds: options.maxAgeMs / 1_000,
    maxUses: options.maxUses,
    keepAlive: true,
    application_name: options.applicationName,
    statement_timeout: options.statementTimeoutMs,
  });
  pool.on('connect', (client) => {
    // A client without a listener would end the process when its server goes away.
    client.on('error', (error) => {
      options.logger.warn({ reason: error.message }, 'db.connection_lost');
    });
  });
  // The client's own listener above has logged it; the pool has dropped the connection.
  pool.on('error', () => undefined);
  let closing: Promise<void> | undefined;
  return {
    take: () => takeConnection(pool, options),
    close: () => (closing ??= pool.end()),
  };
}

async function takeConnection(
  pool: pg.Pool,
  options: ConnectionPoolOptions,
): Promise<PooledConnection> {
  try {
    const client = await pool.connect();
    return { client, release: (broken = false) => client.release(broken) };
  } catch (error) {
    throw connectError(error, options);
  }
}

function connectError(error: unknown, options: ConnectionPoolOptions): AppError {
  const message = error instanceof Error ? error.message : '';
  const tooMany = error instanceof DatabaseError && error.code === '53300';
  if (tooMany || message === 'timeout exceeded when trying to connect') {
    return new AppError(
      'db.busy',
      `All ${options.size} database connections were in use for ${options.connectTimeoutMs} ms. Try again in a moment.`,
      { details: { poolSize: options.size }, cause: error },
    );
  }
  return unavailable(error);
}

/** Reads values in Docmill's way, see `columnTypeOf`. */
const valueTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid: number) => columnTypeOf(oid).parse,
};

/** Told of each statement that has ended: its text with `$1` for values, how long it took, and its rows; null when it failed. */
export type StatementLog = (text: string, durationMs: number, rowCount: number | null) => void;

/** Sends one statement, as an actor if one is given, and reads its rows. Throws what pg throws. */
export async function runStatement<Row extends object>(
  client: pg.ClientBase,
  statement: SqlStatement,
  settings?: ActorSettings,
  log?: StatementLog,
): Promise<Row[]> {
  if (log !== undefined) return runLogged(client, statement, settings, log);
  const config: pg.QueryArrayConfig<unknown[]> = {
    ...(statement.name === undefined ? {} : { name: statement.name }),
    text: statement.text,
    values: [...statement.values],
    rowMode: 'array',
    types: valueTypes,
  };
  const result =
    settings === undefined
      ? await client.query<unknown[], unknown[]>(config)
      : await runAsActor(client, settings, config);
  return buildRows<Row>(result.fields, result.rows);
}

async function runLogged<Row extends object>(
  client: pg.ClientBase,
  statement: SqlStatement,
  settings: ActorSettings | undefined,
  log: StatementLog,
): Promise<Row[]> {
  const begun = performance.now();
  try {
    const rows = await runStatement<Row>(client, statement, settings);
    log(statement.text, performance.now() - begun, rows.length);
    return rows;
  } catch (error) {
    log(statement.text, performance.now() - begun, null);
    throw error;
  }
}

/**
 * Takes a connection for the time of `work`. A connection that was lost, or that `work` left inside a
 * transaction, is closed rather than given to the next caller.
 */
export async function withConnection<Result>(
  pool: ConnectionPool,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const connection = await pool.take();
  let broken = false;
  try {
    return await work(connection.client);
  } catch (error) {
    broken = isConnectionLost(error) || isStalePlan(error);
    throw error;
  } finally {
    connection.release(broken || connection.client.getTransactionStatus() !== 'I');
  }
}
