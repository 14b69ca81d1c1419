import { setTimeout as delay } from 'node:timers/promises';

import type pg from 'pg';
import { escapeLiteral } from 'pg';

import { type BackoffPolicy, backoffMs } from '#kernel/backoff.ts';
import { failpoint } from '#kernel/failpoint.ts';
import type { Logger } from '#kernel/logger.ts';

import { abortError, throwIfAborted } from './abort-error.ts';
import { actorSettingNames, actorSettings } from './actor-settings.ts';
import type { BulkPlan } from './bulk-insert.ts';
import type { BackendCanceller } from './cancel-backend.ts';
import type { ConnectionPool, StatementLog } from './connection-pool.ts';
import type { ConstraintErrors } from './constraint-errors.ts';
import { isConnectionLost, isStalePlan, sqlStateOf, toDatabaseError } from './database-error.ts';
import type { Transaction, TransactionOptions } from './database.ts';
import { openTransaction } from './open-transaction.ts';
import type { SqlCompiler } from './sql-tag.ts';

export interface TransactionRunner {
  pool: ConnectionPool;
  canceller: BackendCanceller;
  compile: SqlCompiler;
  constraintErrors: ConstraintErrors;
  /** Set with `set local` at each begin; undefined where the connection brings its own. */
  localStatementTimeoutMs: number | undefined;
  /** How rows get into a table fastest, by role, table and columns. */
  bulkPlans: Map<string, BulkPlan>;
  statementLog: StatementLog | undefined;
  logger: Logger;
}

/** The loser of a conflict retries soon: the winner is mostly done by the time the error arrives. */
const conflictBackoff: BackoffPolicy = { firstMs: 10, factor: 3, maxMs: 250 };

/** The implementation of `Database.transaction`; see there. */
export async function runTransaction<Result>(
  runner: TransactionRunner,
  work: (sql: Transaction) => Promise<Result>,
  options: TransactionOptions = {},
): Promise<Result> {
  const attempts = options.attempts ?? 3;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptTransaction(runner, work, options);
    } catch (error) {
      if (options.signal?.aborted === true) throw abortError(options.signal);
      if (attempt >= attempts || !isRetryable(error)) {
        throw toDatabaseError(error, runner.constraintErrors);
      }
      runner.logger.debug({ attempt, sqlState: sqlStateOf(error) }, 'db.transaction_retried');
      await pause(backoffMs(attempt, conflictBackoff), options.signal);
    }
  }
}

async function attemptTransaction<Result>(
  runner: TransactionRunner,
  work: (sql: Transaction) => Promise<Result>,
  options: TransactionOptions,
): Promise<Result> {
  throwIfAborted(options.signal);
  const connection = await runner.pool.take();
  let broken = true;
  let committed: { result: Result; actions: readonly (() => void)[] };
  try {
    const pid = await begin(connection.client, runner, options);
    const transaction = openTransaction(
      connection.client,
      runner,
      options.actor && actorSettings(options.actor).role,
      options.signal,
    );
    const stopWatching = cancelOnAbort(runner, options.signal, pid, () => transaction.settled());
    try {
      const result = await work(transaction.sql);
      await transaction.close();
      throwIfAborted(options.signal);
      await commit(connection.client, transaction.lastError());
      committed = { result, actions: transaction.commitActions() };
      broken = false;
    } catch (error) {
      await transaction.close();
      // The cancel must have come and gone before another statement uses this backend.
      await stopWatching();
      broken =
        isConnectionLost(error) || isStalePlan(error) || !(await rollback(connection.client));
      throw error;
    } finally {
      await stopWatching();
    }
  } finally {
    connection.release(broken);
  }
  failpoint('database.committed');
  for (const action of committed.actions) runCommitAction(action, runner.logger);
  return committed.result;
}

/** Begins. Resolves to the backend's pid when a signal may need it, else to undefined. */
async function begin(
  client: pg.ClientBase,
  runner: TransactionRunner,
  options: TransactionOptions,
): Promise<number | undefined> {
  const level = options.isolation === undefined ? '' : ` isolation level ${options.isolation}`;
  const timeoutMs = runner.localStatementTimeoutMs;
  const timeout = timeoutMs === undefined ? '' : `; set local statement_timeout = ${timeoutMs}`;
  // One message and one round trip for all of it.
  await client.query(`begin${level}${timeout}${actorCommands(options)}`);
  if (options.signal === undefined) return undefined;
  // Asked of the backend itself: behind a pooler the pid of the connection is the pooler's.
  const answer = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return answer.rows[0]?.pid;
}

/** Tells the server who acts and why until the end of the transaction. */
function actorCommands({ actor, reason }: TransactionOptions): string {
  if (actor === undefined) return '';
  const { values, role } = actorSettings(actor, reason);
  const calls = actorSettingNames.map(
    (name, index) => `set_config('${name}', ${escapeLiteral(values[index] ?? '')}, true)`,
  );
  return `; select ${calls.join(', ')}${role === undefined ? '' : `; set local role ${role}`}`;
}

/**
 * PostgreSQL answers the commit of a failed transaction with a quiet rollback. That happens when
 * `work` swallows the error of a statement outside a savepoint, and must not pass for success.
 */
async function commit(client: pg.ClientBase, lastError: unknown): Promise<void> {
  const answering = client.query('commit');
  failpoint('database.commit_sent');
  const answer = await answering;
  if (answer.command !== 'COMMIT') {
    throw new Error('a statement of the transaction failed and the failure was swallowed', {
      cause: lastError,
    });
  }
}

/** True when the connection is outside a transaction and can be used again. */
async function rollback(client: pg.ClientBase): Promise<boolean> {
  try {
    await client.query('rollback');
    return true;
  } catch {
    // The error that led here is the one to report; this one only means the connection is gone.
    return false;
  }
}

function isRetryable(error: unknown): boolean {
  const state = sqlStateOf(error);
  return state === '40001' || state === '40P01' || isStalePlan(error);
}

/** Watches the signal. The function returned stops that and waits for a cancel under way. */
function cancelOnAbort(
  runner: TransactionRunner,
  signal: AbortSignal | undefined,
  pid: number | undefined,
  settled: () => Promise<void>,
): () => Promise<void> {
  if (signal === undefined || pid === undefined) return () => Promise.resolve();
  let cancelling: Promise<void> = Promise.resolve();
  const onAbort = (): void => {
    cancelling = runner.canceller.cancel(pid, settled());
  };
  signal.addEventListener('abort', onAbort, { once: true });
  return async () => {
    signal.removeEventListener('abort', onAbort);
    await cancelling;
  };
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(ms, undefined, signal === undefined ? {} : { signal });
  } catch {
    throwIfAborted(signal);
  }
}

function runCommitAction(action: () => void, logger: Logger): void {
  try {
    action();
  } catch (error) {
    // The change is stored: the caller must not see a failure.
    logger.error({ error }, 'db.commit_action_failed');
  }
}
