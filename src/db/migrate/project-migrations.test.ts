import { expect, test } from 'vitest';

import { createEmptyDatabase } from '#test/support/test-database.ts';

import { dumpSchema } from '../schema/schema-dump.ts';
import { readMigrations } from './migration-file.ts';
import { migrateDown, migrateUp } from './run-migrations.ts';

test("Docmill's own migrations go up, down to nothing, and up again to the same schema", async () => {
  const migrations = await readMigrations(
    new URL('../../../migrations/', import.meta.url).pathname,
  );
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
