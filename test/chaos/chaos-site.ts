import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDatabase } from '#db/create-database.ts';
import type { Database } from '#db/database.ts';
import { appUrl, ownerUrl, readCredentials } from '#db/embedded/cluster-credentials.ts';
import { silentLogger } from '#kernel/logger.ts';
import { type TestRedis, startRedis } from '#test/support/redis-server.ts';
import { SupervisedProcess } from './supervised-process.ts';

/**
 * `one`: a process that does everything. `two`: the API with the database, and a worker of its own. `redis`: the same
 * two with a Redis for the fast layer, and BullMQ that carries the work.
 */
export const layouts = ['one', 'two', 'redis'] as const;
export type Layout = (typeof layouts)[number];

/** A Docmill of one or two processes on a data folder of its own, with a way in behind its back. */
export interface ChaosSite {
  layout: Layout;
  folder: string;
  dataDir: string;
  /** Where the processes put temporary files. */
  temporaryDir: string;
  /** A file of the name of a failpoint in here makes the first process that reaches it die. */
  failpointDir: string;
  processes: readonly SupervisedProcess[];
  /** The one that holds the embedded PostgreSQL and answers requests. */
  server: SupervisedProcess;
  /** Of the layout `redis`. */
  redis: TestRedis | undefined;
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
  const failpointDir = path.join(folder, 'failpoints');
  await Promise.all([mkdir(temporaryDir), mkdir(failpointDir)]);
  const urls = async (): Promise<{ app: string; owner: string }> => {
    const credentials = await readCredentials(path.join(dataDir, 'pg18.json'));
    return { app: appUrl(credentials), owner: ownerUrl(credentials) };
  };
  const redis = layout === 'redis' ? await startRedis() : undefined;
  const common = {
    PATH: process.env['PATH'] ?? '',
    TMPDIR: temporaryDir,
    DOCMILL_DATA_DIR: dataDir,
    DOCMILL_PORT: '0',
    DOCMILL_SAMPLES: 'false',
    DOCMILL_SIGN_IN: 'off',
    DOCMILL_OCR_ENGINE: 'auto',
    CHAOS_FAILPOINTS: failpointDir,
    ...(redis && { REDIS_URL: redis.url, QUEUE_ENGINE: 'bullmq' }),
    NODE_OPTIONS: `--import=${path.join(import.meta.dirname, 'failpoint-preload.ts')}`,
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
      ready: /worker\.started/,
    });
  const worker = newWorker('worker');
  const remove = async (): Promise<void> => {
    await redis?.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
  try {
    await server.start();
    if (layout !== 'one') await worker.start();
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
    failpointDir,
    processes: layout === 'one' ? [server] : [server, worker],
    server,
    redis,
    database,
    newWorker,
    remove,
  };
}
