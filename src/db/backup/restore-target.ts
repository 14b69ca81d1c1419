import { readLedger } from '../migrate/migration-ledger.ts';
import { withMigrationClient } from '../migrate/migration-session.ts';

/** What is in a database that is to be filled. */
export interface RestoreTarget {
  /** The newest migration it has; 0 for none. */
  readonly schemaVersion: number;
  /** Whether anybody has ever used it. */
  readonly holdsData: boolean;
}

/** Every use leaves one of these. */
const traces = ['users', 'blobs', 'documents', 'audit_logs'];

/** The local owner of V001 and the system user of V002. */
const ofMigrations = [1, 2].map((number) => `00000000-0000-7000-8000-00000000000${number}`);

/** Looks, and changes nothing. Throws `db.unavailable`. */
export function readRestoreTarget(url: string): Promise<RestoreTarget> {
  return withMigrationClient(url, async (client) => {
    const schemaVersion = (await readLedger(client)).at(-1)?.version ?? 0;
    const found = await client.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relname = any ($1)`,
      [traces],
    );
    for (const { name } of found.rows) {
      const rows = await client.query(
        name === 'users'
          ? { text: 'select from users where id <> all ($1) limit 1', values: [ofMigrations] }
          : `select from ${name} limit 1`,
      );
      if (rows.rowCount !== 0) return { schemaVersion, holdsData: true };
    }
    return { schemaVersion, holdsData: false };
  });
}
