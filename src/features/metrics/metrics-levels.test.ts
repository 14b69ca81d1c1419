import { describe, test } from 'vitest';
import { createDatabase } from '#db/create-database.ts';
import { readMigrations } from '#db/migrate/migration-file.ts';
import { migrateUp } from '#db/migrate/run-migrations.ts';
import { silentLogger } from '#kernel/logger.ts';
import { type MetricsHost, describeMetrics } from '#test/conformance/metrics-suite.ts';
import { startDebianPostgres, timescaleInstalled } from '#test/support/debian-postgres.ts';
import { createTestDatabase, runOn } from '#test/support/test-database.ts';

describeMetrics('native', async () => {
  const clone = await createTestDatabase({ poolSize: 12 });
  return {
    database: clone.database,
    settle: async () => undefined,
    close: () => clone.close(),
  };
});

/** A server of its own with the extension in the database before it is migrated, as the guide says. */
async function openTimescale(license: 'apache' | 'timescale'): Promise<MetricsHost> {
  const server = await startDebianPostgres({
    settings: { shared_preload_libraries: 'timescaledb', 'timescaledb.license': license },
    prepare: 'create extension timescaledb',
  });
  const folder = new URL('../../../migrations/', import.meta.url).pathname;
  await migrateUp(server.ownerUrl, await readMigrations(folder));
  const database = createDatabase({ url: server.ownerUrl, logger: silentLogger });
  const refresh = `call refresh_continuous_aggregate('processing_metrics_cagg', null, null);
    refresh materialized view processing_daily`;
  return {
    database,
    async settle() {
      if (license !== 'timescale') return;
      for (const statement of refresh.split(';')) await runOn(server.ownerUrl, statement);
    },
    async close() {
      await database.close();
      await server.stop();
    },
  };
}

if (timescaleInstalled()) {
  describeMetrics('timescale_apache', () => openTimescale('apache'));
  describeMetrics('timescale', () => openTimescale('timescale'));
} else {
  describe.each(['timescale_apache', 'timescale'])('metrics at level %s', () => {
    test.skip('the same suite (skipped: TimescaleDB is not installed for PostgreSQL 15)', () =>
      undefined);
  });
}
