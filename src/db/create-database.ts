import type { Logger } from '#kernel/logger.ts';

import { type ActorSettings, actorSettings } from './actor-settings.ts';
import type { BulkPlan } from './bulk-insert.ts';
import { createBackendCanceller } from './cancel-backend.ts';
import {
  type ConnectionPool,
  type StatementLog,
  createConnectionPool,
  runStatement,
  withConnection,
} from './connection-pool.ts';
import type { ConstraintErrors } from './constraint-errors.ts';
import { isStalePlan, toDatabaseError } from './database-error.ts';
import type { Database, DatabaseActor, Sql, SqlValue } from './database.ts';
import { ListenConnection } from './listen-connection.ts';
import { runTransaction } from './run-transaction.ts';
import { type SqlCompiler, createSqlCompiler } from './sql-tag.ts';

export interface DatabaseOptions {
  /** Where statements go: PostgreSQL itself or a pooler in transaction mode. */
  url: string;
  /** Straight to PostgreSQL, for LISTEN, cancelling and slow statements. Given means `url` is a pooler. */
  directUrl?: string | undefined;
  /** Connections of the main pool. Default 10. */
  poolSize?: number;
  /** Connections of the slow pool. Default 2. */
  slowPoolSize?: number;
  /** Named statements. Default true; false for a pooler that cannot carry them (PgBouncer before 1.21). */
  prepare?: boolean;
  /** How long a caller waits for a connection, new or used. Default 5,000. */
  connectTimeoutMs?: number;
  /** Default 60,000. Behind a pooler it holds inside transactions; a single statement has the role's limit. */
  statementTimeoutMs?: number;
  /** Default 30 minutes. */
  slowStatementTimeoutMs?: number;
  /** A connection is replaced at this age. Default one hour. */
  connectionAgeMs?: number;
  /** A connection is replaced after it was taken so often. Default 50,000. */
  connectionUses?: number;
  /** Logs each statement with its duration as `db.statement`, never its values. Default false. */
  logStatements?: boolean;
  /** Shown in pg_stat_activity. Default `docmill`. */
  applicationName?: string;
  constraintErrors?: ConstraintErrors;
  /** Whose behalf statements are on that name nobody. Default: nobody's, who sees no tenant's rows. */
  defaultActor?: DatabaseActor | undefined;
  logger: Logger;
}

const halfAnHourMs = 30 * 60_000;

/** Opens nothing yet: connections are made when they are first needed. Throws nothing. */
export function createDatabase(options: DatabaseOptions): Database {
  const directUrl = options.directUrl ?? options.url;
  const pooled = directUrl !== options.url;
  const statementTimeoutMs = options.statementTimeoutMs ?? 60_000;
  const constraintErrors = options.constraintErrors ?? {};
  const connection = {
    connectTimeoutMs: options.connectTimeoutMs ?? 5_000,
    applicationName: options.applicationName ?? 'docmill',
    logger: options.logger,
  };
  const ofPool = {
    ...connection,
    maxAgeMs: options.connectionAgeMs ?? 3_600_000,
    maxUses: options.connectionUses ?? 50_000,
  };
  const pool = createConnectionPool({
    ...ofPool,
    url: options.url,
    size: options.poolSize ?? 10,
    statementTimeoutMs: pooled ? undefined : statementTimeoutMs,
  });
  const slowPool = createConnectionPool({
    ...ofPool,
    url: directUrl,
    size: options.slowPoolSize ?? 2,
    statementTimeoutMs: options.slowStatementTimeoutMs ?? halfAnHourMs,
  });
  const compile = createSqlCompiler({ prepare: options.prepare ?? true });
  const listener = new ListenConnection({ ...connection, url: directUrl });
  const runner = {
    pool,
    canceller: createBackendCanceller({ ...connection, url: directUrl }),
    compile,
    constraintErrors,
    statementLog: options.logStatements === true ? statementLogOf(options.logger) : undefined,
    bulkPlans: new Map<string, BulkPlan>(),
    localStatementTimeoutMs: pooled ? statementTimeoutMs : undefined,
    logger: options.logger,
  };
  const { defaultActor } = options;
  const settings = defaultActor && actorSettings(defaultActor);
  return {
    sql: createSql(pool, runner, settings),
    slow: createSql(slowPool, runner, settings),
    as: (actor) => createSql(pool, runner, actorSettings(actor)),
    transaction: (work, wish) => runTransaction(runner, work, { actor: defaultActor, ...wish }),
    listen: (channel, onPayload) => listener.listen(channel, onPayload),
    notify: (channel, payload) => listener.notify(channel, payload),
    holdLock: (key) => listener.holdLock(key),
    releaseLock: (key) => listener.releaseLock(key),
    async close() {
      await Promise.all([pool.close(), slowPool.close(), listener.close()]);
    },
  };
}

function statementLogOf(logger: Logger): StatementLog {
  return (text, durationMs, rowCount) => {
    const statement = text.replaceAll(/\s+/g, ' ').trim();
    const ms = Math.round(durationMs * 1_000) / 1_000;
    logger.info({ statement, durationMs: ms, rowCount }, 'db.statement');
  };
}

function createSql(
  pool: ConnectionPool,
  {
    compile,
    constraintErrors,
    statementLog,
  }: {
    compile: SqlCompiler;
    constraintErrors: ConstraintErrors;
    statementLog: StatementLog | undefined;
  },
  settings: ActorSettings | undefined,
): Sql {
  return async <Row extends object>(
    strings: TemplateStringsArray,
    ...values: readonly SqlValue[]
  ): Promise<Row[]> => {
    const statement = compile(strings, values);
    const send = (name: string | undefined): Promise<Row[]> =>
      withConnection(pool, (client) =>
        runStatement<Row>(client, { ...statement, name }, settings, statementLog),
      );
    try {
      return await send(statement.name).catch((error: unknown) => {
        // A migration changed the table under a prepared statement. It has not run; the other
        // connections may hold the same stale plan, so that it goes again without a name.
        if (isStalePlan(error)) return send(undefined);
        throw error;
      });
    } catch (error) {
      throw toDatabaseError(error, constraintErrors);
    }
  };
}
