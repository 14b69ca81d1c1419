import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDatabase } from '#db/create-database.ts';
import type { Database } from '#db/database.ts';
import { appUrl, ownerUrl, readCredentials } from '#db/embedded/cluster-credentials.ts';
import { silentLogger } from '#kernel/logger.ts';
import { SupervisedProcess } from './supervised-process.ts';

/** `one`: a process that does everything. `two`: the API with the database, and a worker of its own. */
export type Layout = 'one' | 'two';

/** A Docmill of one or two processes on a data folder of its own, with a way in behind its back. */
export interface ChaosSite {
  layout: Layout;
  folder: string;
  dataDir: string;
  /** Where the processes put temporary files. */
  temporaryDir: string;
  processes: readonly SupervisedProcess[];
  /** The one that holds the embedded PostgreSQL and answers requests. */
  server: SupervisedProcess;
  /** As the owner of the schema. Open after `start`. */
  database: Database;
  /** A worker beside the others, not started yet; whoever asks for it stops it. */
  newWorker: (name: string) => SupervisedProcess;
  /** Removes everything; the processes must have been stopped. */
  remove(): Promise<void>;
}

/** Starts the processes and waits until the server answers. */
export async function openSite(layout: Layout): Promise<ChaosSite> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docmill-chaos-'));
  const dataDir = path.join(folder, 'data');
  const temporaryDir = path.join(folder, 'tmp');
  await mkdir(temporaryDir);
  const urls = async (): Promise<{ app: string; owner: string }> => {
    const credentials = await readCredentials(path.join(dataDir, 'pg18.json'));
    return { app: appUrl(credentials), owner: ownerUrl(credentials) };
  };
  const common = {
    PATH: process.env['PATH'] ?? '',
    TMPDIR: temporaryDir,
    DOCMILL_DATA_DIR: dataDir,
    DOCMILL_PORT: '0',
    DOCMILL_SAMPLES: 'false',
    DOCMILL_OCR_ENGINE: 'auto',
  };
  const server = new SupervisedProcess({
    name: layout === 'one' ? 'server' : 'api',
    args: ['serve', ...(layout === 'one' ? [] : ['--roles', 'api'])],
    environment: async () => common,
    ready: /Docmill is ready: (http\S+)/,
  });
  const newWorker = (name: string): SupervisedProcess =>
    new SupervisedProcess({
      name,
      args: ['work'],
      environment: async () => {
        const { app, owner } = await urls();
        return { ...common, DATABASE_URL: app, DATABASE_DIRECT_URL: owner };
      },
      ready: /database\.migrated/,
    });
  const worker = newWorker('worker');
  const remove = (): Promise<void> =>
    rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  try {
    await server.start();
    if (layout === 'two') await worker.start();
  } catch (error) {
    await server.stop();
    await remove();
    throw error;
  }
  const { owner } = await urls();
  const database = createDatabase({
    url: owner,
    poolSize: 2,
    slowPoolSize: 1,
    applicationName: 'chaos',
    logger: silentLogger,
  });
  return {
    layout,
    folder,
    dataDir,
    temporaryDir,
    processes: layout === 'one' ? [server] : [server, worker],
    server,
    database,
    newWorker,
    remove,
  };
}
