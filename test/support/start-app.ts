import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import type { BlobStore } from '#blobs/blob-store.ts';
import { createLocalBlobStore } from '#blobs/local-blob-store.ts';
import type { Database } from '#db/database.ts';
import type { Engines } from '#engines/create-engines.ts';
import { createEngines } from '#engines/create-engines.ts';
import { DocumentFeed, documentChannel } from '#features/documents/index.ts';
import { BackgroundWork, sessionCookie, visitCookie } from '#features/accounts/index.ts';
import { createFileMailer } from '#features/mail/index.ts';
import { AccessWatch } from '#features/identity/index.ts';
import type { JobBells } from '#features/jobs/index.ts';
import { JobFeed, cancelChannel, jobChannel, queueChannel } from '#features/jobs/index.ts';
import type { ReviewSettings } from '#features/review/index.ts';
import { defaultReviewSettings } from '#features/review/index.ts';
import { linkCookie } from '#features/sharing/index.ts';
import { PageImageCache } from '#features/zones/index.ts';
import { type Authenticate, asLocalOwner } from '#http/authenticate.ts';
import type { RequestLimits, RouteDeps } from '#http/server.ts';
import type { UploadBounds } from '#features/uploads/index.ts';
import { createServer } from '#http/server.ts';
import type { Logger } from '#kernel/logger.ts';
import { silentLogger } from '#kernel/logger.ts';
import { type Outgoing, createOutgoing } from '#outgoing/outgoing.ts';
import { type SecretBox, createSecretBox } from '#kernel/secret-box.ts';
import type { ReadingSettings } from '#pipeline/reading-settings.ts';
import type { StageEngines } from '#pipeline/stage.ts';
import type { Bell } from '#queue/bell.ts';
import { createBell } from '#queue/bell.ts';
import { Worker } from '#queue/worker.ts';
import type { Cache } from '#realtime/cache.ts';
import { openRealtime } from '#realtime/open-realtime.ts';
import { constraintErrors } from '../../src/constraint-messages.ts';
import { createWorkHandlers } from '../../src/work-handlers.ts';
import { productPaths } from '../../src/product-paths.ts';
import { createTestDatabase } from './test-database.ts';

/** The parts of the product inside the test's process, over a database and a blob folder of their own. */
export interface TestParts {
  database: Database;
  /** As the owner of the schema, for what the run-time role may not do. */
  ownerUrl: string;
  /** As the run-time role, for programs in a process of their own. */
  appUrl: string;
  blobs: BlobStore;
  blobLinks: null;
  readLinks: null;
  engines: Engines;
  /** Calls nothing but receivers on 127.0.0.1. */
  outgoing: Outgoing;
  box: SecretBox;
  version: string;
  clerk: { webhookSecrets: readonly string[] };
  bells: JobBells & { documents: Bell };
  cache: PageImageCache;
  maxUploadBytes: number;
  maxFiles: number;
  duplicates: 'keep' | 'skip';
  uploadBounds: UploadBounds;
  maxZonesPerPage: number;
  review: ReviewSettings;
  exportDays: number;
  logger: Logger;
  /** For caches and the like; removed by `close`. */
  folder: string;
  close(): Promise<void>;
}

/** Engines start their children only when they are used, so a test that reads nothing pays nothing. */
export async function openParts(): Promise<TestParts> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docmill-test-'));
  const testDatabase = await createTestDatabase({ constraintErrors });
  const { database, ownerUrl, appUrl } = testDatabase;
  const logger = silentLogger;
  const engines = await createEngines({
    limits: { memoryMb: 1_024, timeoutMs: 60_000, maxPixels: 60_000_000 },
    ocr: 'auto',
    concurrency: 1,
    logger,
  });
  return {
    database,
    ownerUrl,
    blobLinks: null,
    readLinks: null,
    appUrl,
    blobs: createLocalBlobStore({ folder: path.join(folder, 'blobs') }),
    engines,
    outgoing: createOutgoing({ allow: ['127.0.0.1'] }),
    box: createSecretBox(randomBytes(32)),
    version: 'test',
    clerk: { webhookSecrets: [] },
    bells: {
      queue: createBell(database, queueChannel, logger),
      jobs: createBell(database, jobChannel, logger),
      cancel: createBell(database, cancelChannel, logger),
      documents: createBell(database, documentChannel, logger),
    },
    cache: new PageImageCache(path.join(folder, 'pages'), 2 ** 30, logger),
    maxUploadBytes: 1024 * 1024,
    maxFiles: 100,
    duplicates: 'keep',
    uploadBounds: { keepMs: 3_600_000, openBytes: 2 ** 30 },
    maxZonesPerPage: 200,
    review: defaultReviewSettings,
    exportDays: 30,
    logger,
    folder,
    async close() {
      await engines.close();
      await testDatabase.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A worker over the real stages that runs nothing until `tick` or `start`. */
export function makeWorker(
  parts: TestParts,
  changes: {
    engines?: StageEngines;
    settings?: Partial<ReadingSettings>;
    review?: ReviewSettings;
    results?: Cache;
  } = {},
): Worker {
  return new Worker({
    database: parts.database,
    bell: parts.bells.queue,
    handlers: createWorkHandlers({
      ...parts,
      settings: {},
      ...changes,
      engines: { ...parts.engines, ...changes.engines },
    }),
    concurrency: { classify: 1, preprocess: 2, ocr: 1, validate: 1, export: 1 },
    version: 'test',
    logger: parts.logger,
  });
}

/** Ticks until there is nothing left to claim; needs no listening worker. */
export async function workOff(worker: Worker): Promise<void> {
  while ((await worker.tick()) > 0) await worker.idle();
}

export interface TestApp {
  http: FastifyInstance;
  /** Such as `http://127.0.0.1:41234`. */
  url: string;
  feed: JobFeed;
  /** What is done after answers, such as mails. */
  background: BackgroundWork;
  close(): Promise<void>;
}

/**
 * The HTTP edge listening on a free port; `changes` replaces what the routes are given. `authenticate` says who asks:
 * without it, everybody is the local owner.
 */
export async function startApp(
  parts: TestParts,
  changes: Partial<RouteDeps> = {},
  webFolder: string = productPaths.web,
  authenticate: Authenticate = asLocalOwner,
  limits: RequestLimits = {},
): Promise<TestApp> {
  const feed = new JobFeed(parts.database, parts.bells.jobs, parts.logger);
  await feed.start();
  const realtime = openRealtime({ ...parts, redisUrl: undefined });
  const background = new BackgroundWork(parts.logger);
  const accessWatch = new AccessWatch(parts.database);
  await accessWatch.start();
  const documentFeed = new DocumentFeed(parts.database, parts.bells.documents, parts.logger);
  await documentFeed.start();
  const http = await createServer({
    version: 'test',
    publicHosts: ['docs.example.test'],
    webFolder,
    authenticate,
    limits,
    logger: pino({ level: 'silent' }),
    deps: {
      ...parts,
      cookie: sessionCookie(undefined),
      linkCookie: linkCookie(undefined),
      rateLimits: realtime.rateLimits,
      sessionMs: 86_400_000,
      signInMode: 'required',
      signUp: 'invited',
      mailer: createFileMailer({
        folder: path.join(parts.folder, 'mail'),
        from: 'docmill@example.test',
      }),
      providers: [],
      visitCookie: visitCookie(undefined),
      background,
      publicUrl: () => 'https://docs.example.test',
      accessWatch,
      feed,
      documentFeed,
      subscriptions: realtime.subscriptions,
      isServing: () => true,
      checkDatabase: async () => {
        await parts.database.sql`select 1`;
      },
      describeSystem: () => Promise.reject(new Error('not part of this test')),
      ...changes,
    },
  });
  const url = await http.listen({ host: '127.0.0.1', port: 0 });
  return {
    http,
    url,
    feed,
    background,
    async close() {
      await http.close();
      await feed.stop();
      await documentFeed.stop();
      await accessWatch.stop();
      await background.stop();
    },
  };
}
