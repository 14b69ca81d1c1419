import path from 'node:path';
import { Client } from 'pg';
import { startEmbeddedServer } from '#db/embedded/embedded-server.ts';
import { readMigrations } from '#db/migrate/migration-file.ts';
import { migrateUp } from '#db/migrate/run-migrations.ts';
import { silentLogger } from '#kernel/logger.ts';
import { oneOfEach } from '#test/schema/one-of-each.ts';
import { fillTables } from '#test/support/fill-tables.ts';
import { roundTrip } from '#test/support/round-trip.ts';
import type { Bench, BenchContext } from './bench.ts';
import { plainFigure, underLimit } from './figure.ts';
import { secondsOf } from './take-turns.ts';

const migrationFolder = new URL('../migrations/', import.meta.url).pathname;

/** Every migration goes down, up and down again over a database of many rows of every kind. */
export const migrationsBench: Bench = {
  name: 'migrations',
  summary: 'every migration down, up and down over 100,000 rows of every kind',
  run: async ({ folder, dataZones, say }: BenchContext) => {
    const rows = Math.ceil(dataZones / 10);
    const server = await startEmbeddedServer({
      dataDir: path.join(folder, 'migrations-bench'),
      logger: silentLogger,
      settings: { shared_buffers: '512MB', max_wal_size: '4GB' },
    });
    const adminUrl = new URL(server.adminUrl);
    adminUrl.pathname = new URL(server.ownerUrl).pathname;
    const client = new Client({ connectionString: adminUrl.href });
    try {
      const migrations = await readMigrations(migrationFolder);
      const upSeconds = await secondsOf(() => migrateUp(server.ownerUrl, migrations));
      await client.connect();
      await client.query(oneOfEach);
      say(`migrations: ${rows} rows of every kind`);
      const filled = await fillTables(client, rows);
      const startedAt = performance.now();
      const trip = await roundTrip(server.ownerUrl, adminUrl.href, migrations, say);
      for (const fault of trip.faults) say(`migrations: ${fault}`);
      return [
        underLimit('migrations.faults', 'faults', trip.faults.length, 1),
        plainFigure('migrations.steps', 'steps', trip.steps),
        plainFigure('migrations.tables_filled', 'tables', filled.length),
        plainFigure('migrations.rows_of_each', 'rows', rows),
        plainFigure('migrations.up_empty', 's', upSeconds),
        plainFigure('migrations.there_and_back', 's', (performance.now() - startedAt) / 1_000),
      ];
    } finally {
      await client.end();
      await server.stop();
    }
  },
};
