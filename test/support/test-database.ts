import { randomUUID } from 'node:crypto';

import { Client } from 'pg';
import { inject } from 'vitest';

import { type DatabaseOptions, createDatabase } from '#db/create-database.ts';
import type { Database } from '#db/database.ts';
import { systemActor } from '#features/identity/index.ts';
import { silentLogger } from '#kernel/logger.ts';

import type { TestCluster } from './global-setup.ts';

export interface TestDatabase {
  /** As the application's role, with its grants and nothing more. */
  readonly database: Database;
  /** As the role that owns the objects; for fixtures the application may not make. */
  readonly ownerUrl: string;
  readonly appUrl: string;
  /** Closes `database` and drops the clone, whoever is still connected. */
  close(): Promise<void>;
}

/** A migrated database of its own, cloned from the template of the run. One per test file is enough. */
export async function createTestDatabase(
  options: Partial<DatabaseOptions> = {},
): Promise<TestDatabase> {
  const cluster = testCluster();
  const name = `test_${process.pid}_${randomUUID().slice(0, 8)}`;
  await runAsAdmin(`create database ${name} template docmill owner docmill_owner`);
  // Rights on the database itself are not cloned.
  await runAsAdmin(
    `revoke all on database ${name} from public; grant connect on database ${name} to docmill_app`,
  );
  const appUrl = withDatabase(cluster.appUrl, name);
  // Fixtures are of many owners; what runs on behalf of somebody says so and sees their rows only.
  const database = createDatabase({
    url: appUrl,
    logger: silentLogger,
    defaultActor: systemActor,
    ...options,
  });
  return {
    database,
    ownerUrl: withDatabase(cluster.ownerUrl, name),
    appUrl,
    async close() {
      // Forced, because a test that failed in the middle may have left a session behind.
      await Promise.all([database.close(), runAsAdmin(`drop database ${name} with (force)`)]);
    },
  };
}

/** An empty database without migrations, for what makes its own tables; owned by `docmill_owner`. */
export async function createEmptyDatabase(): Promise<{
  ownerUrl: string;
  adminUrl: string;
  close(): Promise<void>;
}> {
  const name = `test_${process.pid}_${randomUUID().slice(0, 8)}`;
  await runAsAdmin(
    `create database ${name} template template0 encoding 'UTF8' owner docmill_owner`,
  );
  return {
    ownerUrl: withDatabase(testCluster().ownerUrl, name),
    adminUrl: withDatabase(testCluster().adminUrl, name),
    close: () => runAsAdmin(`drop database ${name} with (force)`),
  };
}

/** Runs SQL as the superuser on database `postgres`. */
export function runAsAdmin(sql: string): Promise<void> {
  return runOn(testCluster().adminUrl, sql);
}

/** Runs SQL, several statements if need be, on a connection of its own. */
export async function runOn(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function testCluster(): TestCluster {
  const cluster = inject('testCluster');
  if (typeof cluster === 'string') throw new Error(`this test needs PostgreSQL: ${cluster}`);
  return cluster;
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}
