import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startEmbeddedServer } from '#db/embedded/embedded-server.ts';
import { readMigrations } from '#db/migrate/migration-file.ts';
import { migrateUp } from '#db/migrate/run-migrations.ts';
import { silentLogger } from '#kernel/logger.ts';

/** Runs `work` with the URL of a throw-away database on which every migration has been applied. */
export async function withMigratedServer<Result>(
  work: (ownerUrl: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'docmill-schema-'));
  try {
    const server = await startEmbeddedServer({
      dataDir: join(folder, 'data'),
      logger: silentLogger,
      settings: { fsync: 'off' },
    });
    try {
      await migrateUp(server.ownerUrl, await readMigrations(projectFile('migrations')));
      return await work(server.ownerUrl);
    } finally {
      await server.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The path of a file of the repository. */
export function projectFile(path: string): string {
  return join(import.meta.dirname, '..', path);
}
