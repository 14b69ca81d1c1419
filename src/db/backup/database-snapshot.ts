import type { Readable } from 'node:stream';

import { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';

import { toDatabaseError } from '../database-error.ts';
import { type AppliedMigration, readLedger } from '../migrate/migration-ledger.ts';
import { quoteIdentifier } from '../sql-tag.ts';
import { takeBackupLock } from './backup-lock.ts';
import {
  type CalendarPiece,
  type LastingTable,
  type SequenceState,
  readLastingTables,
  readPieces,
  readSequences,
} from './lasting-tables.ts';

/** The database as it was at one moment. Streams are to be read to their end, one after the other. */
export interface DatabaseSnapshot {
  /** Such as `18.4`. */
  readonly serverVersion: string;
  readonly migrations: readonly AppliedMigration[];
  readonly tables: readonly LastingTable[];
  readonly sequences: readonly SequenceState[];
  readonly pieces: readonly CalendarPiece[];
  /** The rows of a table in the text format of COPY. */
  copyTable(table: LastingTable): Readable;
  /** Key in the store, SHA-256 and size of each blob that is stored, parted by tabs, by hash. */
  copyBlobList(): Readable;
}

export interface BackupSession {
  /** Runs `read` over one snapshot, while everybody else goes on writing. */
  snapshot<Result>(read: (snapshot: DatabaseSnapshot) => Promise<Result>): Promise<Result>;
}

/** Dates, numbers and bytes are written the same whatever the server and the role prefer. */
export const copySettings = `
  set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set client_encoding = 'UTF8';
  set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set timezone = 'UTC'; set bytea_output = 'hex';
  set extra_float_digits = 1`;

/**
 * Runs `work` with a session during which no bytes are removed from the blob store, so that what the snapshot names can be
 * copied after it. `url` leads straight to PostgreSQL, as the role that owns the objects, which sees every row.
 * Throws `backup.running` and `db.unavailable`, also when the session was lost meanwhile and the promise with it.
 */
export async function withBackupSession<Result>(
  url: string,
  work: (session: BackupSession) => Promise<Result>,
): Promise<Result> {
  const client = new Client({
    connectionString: url,
    application_name: 'docmill backup',
    // Copying bytes may take hours, in which nothing is said here.
    keepAlive: true,
    keepAliveInitialDelayMillis: 30_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(`${copySettings}; set idle_session_timeout = 0`);
    await takeBackupLock(client);
    const result = await work({ snapshot: (read) => readSnapshot(client, read) });
    await client.query('select');
    return result;
  } catch (error) {
    throw toDatabaseError(error, {});
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function readSnapshot<Result>(
  client: Client,
  read: (snapshot: DatabaseSnapshot) => Promise<Result>,
): Promise<Result> {
  const names = (await readLastingTables(client)).map(({ name }) => quoteIdentifier(name));
  await client.query('begin isolation level repeatable read read only');
  try {
    // Before the snapshot is taken: a partition that retention dropped in between would be missing without a word.
    if (names.length > 0) await client.query(`lock table ${names.join(', ')} in access share mode`);
    return await read(await openSnapshot(client));
  } finally {
    await client.query('rollback').catch(() => undefined);
  }
}

async function openSnapshot(client: Client): Promise<DatabaseSnapshot> {
  const migrations = await readLedger(client);
  const version = await client.query<{ version: string }>(
    `select current_setting('server_version') as version`,
  );
  const copy = (query: string): Readable => client.query(copyTo(`copy (${query}) to stdout`));
  return {
    serverVersion: version.rows[0]?.version ?? 'unknown',
    migrations,
    tables: await readLastingTables(client),
    sequences: await readSequences(client),
    pieces: await readPieces(client),
    copyTable: ({ name, columns }) =>
      copy(`select ${columns.map(quoteIdentifier).join(', ')} from ${quoteIdentifier(name)}`),
    copyBlobList: () =>
      copy(`select object_key, sha256, size_bytes from blobs
        where state = 'stored' and sha256 is not null order by sha256, object_key`),
  };
}
