import { Client } from 'pg';
import { expect, test } from 'vitest';

import { oneOfEach } from '#test/schema/one-of-each.ts';
import { fillTables } from '#test/support/fill-tables.ts';
import { roundTrip } from '#test/support/round-trip.ts';
import { createEmptyDatabase, runOn } from '#test/support/test-database.ts';

import { dumpSchema } from '../schema/schema-dump.ts';
import { readMigrations } from './migration-file.ts';
import { migrateDown, migrateUp } from './run-migrations.ts';

const readProjectMigrations = () =>
  readMigrations(new URL('../../../migrations/', import.meta.url).pathname);

test("Docmill's own migrations go up, down to nothing, and up again to the same schema", async () => {
  const migrations = await readProjectMigrations();
  const database = await createEmptyDatabase();
  try {
    const whole = async (): Promise<string> => {
      await migrateUp(database.ownerUrl, migrations);
      return dumpSchema(database.ownerUrl);
    };
    const first = await whole();
    const reversible = migrations.every((migration) => migration.irreversible === undefined);
    if (reversible) {
      await migrateDown(database.ownerUrl, migrations, { to: 0 });
      expect(await dumpSchema(database.ownerUrl)).not.toMatch(
        /^(?:view|CREATE) |^table (?!schema_migrations$)/m,
      );
    }
    expect(await whole()).toBe(first);
  } finally {
    await database.close();
  }
});

// With 100,000 rows of each kind: npm run bench -- migrations.
test('each of them goes down, up and down again over rows of every kind, and what stays is the same', async () => {
  const migrations = await readProjectMigrations();
  const database = await createEmptyDatabase();
  const client = new Client({ connectionString: database.adminUrl });
  try {
    await migrateUp(database.ownerUrl, migrations);
    await runOn(database.ownerUrl, oneOfEach);
    await client.connect();
    const filled = await fillTables(client, 20);
    expect(filled.length).toBeGreaterThan(35);
    const trip = await roundTrip(database.ownerUrl, database.adminUrl, migrations);
    expect(trip.faults).toEqual([]);
    expect(trip.steps).toBe(migrations.length);
  } finally {
    await client.end();
    await database.close();
  }
}, 120_000);
