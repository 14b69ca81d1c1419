import type { ClientBase } from 'pg';

import { AppError } from '#kernel/app-error.ts';

import { sqlStateOf } from '../database-error.ts';
import type { Sql } from '../database.ts';
import { literalInteger } from '../sql-tag.ts';

/** Any two numbers will do as long as nobody else uses them: "docm", "back" in ASCII. */
const lockKey = [0x646f636d, 0x6261636b] as const;
const waitMs = 60_000;

/**
 * To be asked by a transaction before it removes bytes from the blob store: false while a backup runs, which may still have
 * to copy them. True keeps a backup from beginning until the transaction has ended.
 */
export async function keepBackupsOut(sql: Sql): Promise<boolean> {
  const rows = await sql<{ kept: boolean }>`
    select pg_try_advisory_xact_lock_shared(${literalInteger(lockKey[0])}, ${literalInteger(lockKey[1])}) as kept`;
  return rows[0]?.kept === true;
}

/** Takes the lock for the session of `client`: from then on no bytes are removed. Throws `backup.running`. */
export async function takeBackupLock(client: ClientBase): Promise<void> {
  try {
    await client.query(`set lock_timeout = ${waitMs}`);
    await client.query('select pg_advisory_lock($1, $2)', [...lockKey]);
    await client.query('set lock_timeout = 0');
  } catch (error) {
    if (sqlStateOf(error) !== '55P03') throw error;
    throw new AppError(
      'backup.running',
      `Another backup of this database has been running for more than ${waitMs / 1_000} s. Wait for it, or look for a session named "docmill backup" in pg_stat_activity.`,
      { cause: error },
    );
  }
}
