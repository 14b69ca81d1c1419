import type pg from 'pg';

import { throwIfAborted } from './abort-error.ts';
import { type StatementLog, runStatement } from './connection-pool.ts';
import type { ConstraintErrors } from './constraint-errors.ts';
import { type BulkPlan, bulkInsert, planBulkInsert } from './bulk-insert.ts';
import { toDatabaseError } from './database-error.ts';
import type { SqlValue, Transaction } from './database.ts';
import { createSerialStatements } from './serial-statements.ts';
import type { SqlCompiler } from './sql-tag.ts';

/** A transaction between begin and commit, as its runner sees it. */
export interface OpenTransaction {
  /** What `work` gets. */
  readonly sql: Transaction;
  /** Refuses further statements and resolves when the running one has ended. */
  close(): Promise<void>;
  /** Resolves when no statement runs or waits. */
  settled(): Promise<void>;
  /** The error of the statement that failed last, for the report of a swallowed failure. */
  lastError(): unknown;
  /** What `afterCommit` collected, without what rolled-back savepoints asked for. */
  commitActions(): readonly (() => void)[];
}

/** The statements of one transaction over a client on which `begin` has run. */
export function openTransaction(
  client: pg.ClientBase,
  runner: {
    compile: SqlCompiler;
    constraintErrors: ConstraintErrors;
    bulkPlans: Map<string, BulkPlan>;
    statementLog: StatementLog | undefined;
  },
  role: string | undefined,
  signal: AbortSignal | undefined,
): OpenTransaction {
  const serial = createSerialStatements();
  const actions: (() => void)[] = [];
  let ended = false;
  let savepoints = 0;
  let lastError: unknown;

  const run = <Result>(work: () => Promise<Result>): Promise<Result> =>
    serial.run(async () => {
      // The client may by now serve another caller: a late statement must never reach it.
      if (ended) throw new Error('a statement was started after its transaction had ended');
      throwIfAborted(signal);
      try {
        return await work();
      } catch (error) {
        lastError = error;
        throwIfAborted(signal);
        throw toDatabaseError(error, runner.constraintErrors);
      }
    });

  const statement = <Row extends object>(
    strings: TemplateStringsArray,
    ...values: readonly SqlValue[]
  ): Promise<Row[]> =>
    run(async () =>
      runStatement<Row>(client, runner.compile(strings, values), undefined, runner.statementLog),
    );

  const sql: Transaction = Object.assign(statement, {
    async savepoint<Result>(work: (inner: Transaction) => Promise<Result>): Promise<Result> {
      const name = `s${(savepoints += 1)}`;
      const mark = actions.length;
      await run(() => client.query(`savepoint ${name}`));
      try {
        const result = await work(sql);
        await run(() => client.query(`release savepoint ${name}`));
        return result;
      } catch (error) {
        actions.length = mark;
        throwIfAborted(signal);
        await run(() => client.query(`rollback to savepoint ${name}; release savepoint ${name}`));
        throw error;
      }
    },
    copyInto: (...[table, columns, rows]: Parameters<Transaction['copyInto']>) =>
      run(async () => {
        const key = [role, table, ...columns].join('\n');
        const plan = runner.bulkPlans.get(key) ?? (await planBulkInsert(client, table, columns));
        const count = await bulkInsert(client, plan, table, columns, rows, signal);
        runner.bulkPlans.set(key, plan);
        return count;
      }),
    afterCommit: (action: () => void) => {
      actions.push(action);
    },
  });

  return {
    sql,
    close() {
      ended = true;
      return serial.settled();
    },
    settled: () => serial.settled(),
    lastError: () => lastError,
    commitActions: () => actions,
  };
}
