import { type Client, DatabaseError } from 'pg';

import { AppError } from '#kernel/app-error.ts';

import type { Migration, MigrationScript } from './migration-file.ts';
import { deleteLedgerRow, insertLedgerRow, setLedgerDuration } from './migration-ledger.ts';
import { splitStatements } from './split-statements.ts';

/** Applies one migration and writes its row. Resolves to its duration in ms. Throws `migration.failed`. */
export async function applyMigration(client: Client, migration: Migration): Promise<number> {
  const startedAt = performance.now();
  const durationMs = (): number => Math.round(performance.now() - startedAt);
  await runScript(client, migration.up, {
    // First, so that a second runner without the lock fails on the key before it changes anything.
    first: () => insertLedgerRow(client, migration, 0),
    last: () => setLedgerDuration(client, migration, durationMs()),
    only: () => insertLedgerRow(client, migration, durationMs()),
  });
  return durationMs();
}

/** Undoes one migration and removes its row. Resolves to its duration in ms. Throws `migration.failed`. */
export async function undoMigration(client: Client, migration: Migration): Promise<number> {
  const startedAt = performance.now();
  await runScript(client, migration.down, {
    first: () => deleteLedgerRow(client, migration),
    last: () => Promise.resolve(),
    only: () => deleteLedgerRow(client, migration),
  });
  return Math.round(performance.now() - startedAt);
}

interface LedgerSteps {
  /** Before and after the statements of a transaction. */
  first: () => Promise<void>;
  last: () => Promise<void>;
  /** After the statements of a file that runs outside of a transaction. */
  only: () => Promise<void>;
}

async function runScript(
  client: Client,
  script: MigrationScript,
  ledger: LedgerSteps,
): Promise<void> {
  if (!script.transactional) {
    for (const piece of splitStatements(script.sql)) {
      await client.query(piece.text).catch((error: unknown) => {
        throw scriptError(script, error, piece.line);
      });
    }
    await ledger.only();
    return;
  }
  await client.query('begin');
  try {
    await ledger.first();
    await client.query(script.sql).catch((error: unknown) => {
      throw scriptError(script, error, undefined);
    });
    await ledger.last();
    // Deferred constraints are checked here, so that this too may be the file's own mistake.
    await client.query('commit').catch((error: unknown) => {
      throw scriptError(script, error, undefined);
    });
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** Names file and line; a lost connection stays what it is. */
function scriptError(
  script: MigrationScript,
  error: unknown,
  statementLine: number | undefined,
): unknown {
  if (!(error instanceof DatabaseError) || error.severity === 'FATAL') return error;
  const line = statementLine ?? lineOfPosition(script.sql, error.position);
  const place = line === undefined ? script.file : `${script.file}, line ${line}`;
  return new AppError('migration.failed', `${place}: ${error.message}`, {
    details: { file: script.file, line: line ?? null, sqlState: error.code ?? null },
    cause: error,
  });
}

/** PostgreSQL counts characters, that is code points, from 1 over the whole text that was sent. */
function lineOfPosition(sql: string, position: string | undefined): number | undefined {
  if (position === undefined) return undefined;
  return Array.from(sql).slice(0, Number(position)).join('').split('\n').length;
}
