import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { readMigrations } from '#db/migrate/migration-file.ts';
import { migrateDown, migrateUp } from '#db/migrate/run-migrations.ts';
import { dumpSchema } from '#db/schema/schema-dump.ts';
import {
  type DebianPostgres,
  debianPostgresInstalled,
  startDebianPostgres,
} from '#test/support/debian-postgres.ts';
import { runOn } from '#test/support/test-database.ts';

import { oneOfEach } from './one-of-each.ts';

const why = debianPostgresInstalled() ? '' : ' (skipped: postgresql-15 is not installed)';

// On PostgreSQL 18 src/db/migrate/project-migrations.test.ts does the same.
describe.skipIf(!debianPostgresInstalled())(`on PostgreSQL 15${why}`, () => {
  let server: DebianPostgres;

  beforeAll(async () => {
    server = await startDebianPostgres();
  });

  afterAll(() => server.stop());

  test('the migrations go up, down to nothing even with rows, and up again to the same schema', async () => {
    const migrations = await readMigrations(new URL('../../migrations/', import.meta.url).pathname);
    await migrateUp(server.ownerUrl, migrations);
    const first = await dumpSchema(server.ownerUrl);
    await runOn(server.ownerUrl, oneOfEach);
    await migrateDown(server.ownerUrl, migrations, { to: 0 });
    expect(await dumpSchema(server.ownerUrl)).not.toMatch(
      /^(?:view|domain|CREATE) |^table (?!schema_migrations$)/m,
    );
    await migrateUp(server.ownerUrl, migrations);
    expect(await dumpSchema(server.ownerUrl)).toBe(first);
  });
});
