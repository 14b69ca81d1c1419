import type { Logger } from 'pino';
import type { Database } from '#db/database.ts';
import { ensurePartitions } from '#db/partitions.ts';
import type { Worker } from '#queue/worker.ts';
import type { Config } from './config.ts';
import { migrateDatabase, openDatabaseServer } from './open-database.ts';
import { importSamples } from './sample-import.ts';
import type { StartService } from './build-parts.ts';
import { buildParts } from './build-parts.ts';
import { startOutbox } from './start-outbox.ts';
import { startWorker } from './start-worker.ts';
import { startApi } from './start-api.ts';

export type Role = 'api' | 'worker';

/** A running Docmill: everything one process holds. */
export interface App {
  /** Where the API listens; null for a process without the role `api`. */
  address: string | null;
  database: Database;
  worker: Worker | null;
  /** Where whoever started the server makes the first admin; null when there is one, and without an API. */
  firstAdminLink: string | null;
  /** Stops taking requests and work, lets running work finish or hands it back, and closes everything. */
  stop(): Promise<void>;
}

/**
 * The composition root: config → objects. Throws what starting the parts throws; what was started
 * before is stopped again.
 */
export async function startApp(
  config: Config,
  logger: Logger,
  roles: readonly Role[] = ['api', 'worker'],
): Promise<App> {
  const cleanups: (() => Promise<void>)[] = [];
  let serving = true;
  const stop = async (): Promise<void> => {
    serving = false;
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
  };
  try {
    const server = await openDatabaseServer(config, logger);
    cleanups.push(() => server.stop());
    await migrateDatabase(server, logger);
    const parts = await buildParts(config, logger, server);
    cleanups.push(() => parts.close());
    await ensurePartitions(parts.database.sql, new Date());
    const startService: StartService = async (service) => {
      cleanups.push(() => service.stop());
      await service.start();
    };
    // Before what measures itself, so that they end after it.
    await startService(parts.metrics.stages);
    await startService(parts.metrics.requests);
    await startService({ name: 'realtime', ...parts.realtime });
    const outbox = await startOutbox(parts, startService);
    const work = roles.includes('worker') ? await startWorker(config, parts, startService) : null;
    const api = roles.includes('api')
      ? await startApi(config, parts, startService, { isServing: () => serving, outbox })
      : null;
    // At the same time: a supervisor waits 30 s for requests and work together.
    cleanups.push(async () => {
      await Promise.all([api?.http.close(), work?.stop()]);
    });
    if (roles.includes('api') && config.DOCMILL_SAMPLES) await importSamples(parts, logger);
    return {
      firstAdminLink: api?.firstAdminLink ?? null,
      address: api?.address ?? null,
      database: parts.database,
      worker: work?.worker ?? null,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
