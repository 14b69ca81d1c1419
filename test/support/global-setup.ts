import { mkdtemp, rm } from 'node:fs/promises';
import { existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { TestProject } from 'vitest/node';

import { type EmbeddedServer, startEmbeddedServer } from '#db/embedded/embedded-server.ts';
import { readMigrations } from '#db/migrate/migration-file.ts';
import { migrateUp } from '#db/migrate/run-migrations.ts';
import { isAppError } from '#kernel/app-error.ts';
import { silentLogger } from '#kernel/logger.ts';

/** The cluster of this run, as test files see it; `createTestDatabase` clones its template. */
export interface TestCluster {
  /** Superuser on database `postgres`. */
  readonly adminUrl: string;
  /** On the template itself: replace the database name. */
  readonly ownerUrl: string;
  readonly appUrl: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** The cluster, or the reason why there is none on this machine. */
    testCluster: TestCluster | string;
  }
}

/**
 * Nothing of a test must survive a crash, so that durability would only cost time. And clones come and go: each would be
 * looked at for what wants to be analysed.
 */
const testSettings = {
  autovacuum_naptime: '60s',
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  max_connections: '200',
};

const migrationsFolder = new URL('../../migrations/', import.meta.url).pathname;

/**
 * One cluster for the whole run, in a temporary folder, with database `docmill` migrated to the
 * newest version. Whatever goes wrong, the cluster is stopped and its folder removed.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'docmill-cluster-'));
  let server: EmbeddedServer | undefined;
  // When the run is ended in a hurry, nothing asynchronous is possible any more.
  const atExit = (): void => {
    if (server !== undefined) endNow(server.pid);
    removeNow(folder);
  };
  process.once('exit', atExit);
  const teardown = async (): Promise<void> => {
    try {
      await server?.stop();
    } finally {
      await rm(folder, { recursive: true, force: true });
      // Last: an interrupted run may end in the middle of the lines above.
      process.off('exit', atExit);
    }
  };
  try {
    server = await startEmbeddedServer({
      dataDir: join(folder, 'data'),
      logger: silentLogger,
      settings: testSettings,
    });
    await migrateUp(server.ownerUrl, await readMigrations(migrationsFolder));
    const { adminUrl, ownerUrl, appUrl } = server;
    project.provide('testCluster', { adminUrl, ownerUrl, appUrl });
    return teardown;
  } catch (error) {
    await teardown();
    if (!isAppError(error, 'embedded.unavailable')) throw error;
    // Tests without a database can still run; the others say why they cannot.
    project.provide('testCluster', error.message);
    return () => Promise.resolve();
  }
}

/**
 * The server needs a moment to let go of its files, and nothing asynchronous can be waited for.
 * A file it removes meanwhile makes `rmSync` throw, or with `force` stop half way without a word.
 */
function removeNow(folder: string): void {
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (let tries = 0; tries < 40 && existsSync(folder); tries += 1) {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Tried again below.
    }
    Atomics.wait(clock, 0, 0, 50);
  }
}

function endNow(pid: number): void {
  try {
    // SIGQUIT: PostgreSQL leaves at once and takes its children with it.
    process.kill(pid, 'SIGQUIT');
  } catch {
    // It has ended already.
  }
}
