import type { Logger } from 'pino';
import type { BlobLinks } from '#blobs/blob-links.ts';
import type { BlobStore } from '#blobs/blob-store.ts';
import type { Database } from '#db/database.ts';
import type { Engines } from '#engines/create-engines.ts';
import { createEngines } from '#engines/create-engines.ts';
import type { DuplicateRule } from '#features/documents/index.ts';
import { documentChannel } from '#features/documents/index.ts';
import { reportWalls } from '#engines/sandbox/report-walls.ts';
import type { JobBells } from '#features/jobs/index.ts';
import { cancelChannel, jobChannel, queueChannel } from '#features/jobs/index.ts';
import type { ReviewSettings } from '#features/review/index.ts';
import type { UsageLimits } from '#features/usage/index.ts';
import type { MetricBuffers } from '#features/metrics/index.ts';
import { createMetricBuffers } from '#features/metrics/index.ts';
import { WebhookSender } from '#features/webhooks/index.ts';
import type { UploadBounds } from '#features/uploads/index.ts';
import type { SecretBox } from '#kernel/secret-box.ts';
import type { Service } from '#kernel/service.ts';
import type { Outgoing } from '#outgoing/outgoing.ts';
import { createOutgoing } from '#outgoing/outgoing.ts';
import type { Bell } from '#queue/bell.ts';
import { createBell } from '#queue/bell.ts';
import type { Realtime } from '#realtime/open-realtime.ts';
import { openRealtime } from '#realtime/open-realtime.ts';
import { shareSignal } from '#realtime/shared-signal.ts';
import type { Config } from './config.ts';
import { openSecretBox } from './open-secret-box.ts';
import { openBlobStore } from './open-blob-store.ts';
import type { DatabaseServer } from './open-database.ts';
import { connectDatabase } from './open-database.ts';
import { processorCount } from './processor-count.ts';
import { productVersion } from './product-version.ts';
import { usageLimits } from './request-limits.ts';

/** Starts a service that is stopped with the process. */
export type StartService = (service: Service) => Promise<void>;

/** What every role of a process works with. */
export interface Parts {
  server: DatabaseServer;
  database: Database;
  blobs: BlobStore;
  blobLinks: BlobLinks | null;
  readLinks: BlobLinks | null;
  realtime: Realtime;
  outgoing: Outgoing;
  box: SecretBox;
  webhooks: WebhookSender;
  version: string;
  engines: Engines;
  bells: JobBells & { documents: Bell };
  metrics: MetricBuffers;
  maxUploadBytes: number;
  maxFiles: number;
  duplicates: DuplicateRule;
  uploadBounds: UploadBounds;
  maxZonesPerPage: number;
  review: ReviewSettings;
  exportDays: number;
  usageLimits: UsageLimits;
  logger: Logger;
  close(): Promise<void>;
}

/** config → the parts. Throws what opening one of them throws. */
export async function buildParts(
  config: Config,
  logger: Logger,
  server: DatabaseServer,
): Promise<Parts> {
  const store = await openBlobStore(config);
  logger.info({ store: store.blobs.name, place: store.place }, 'blobs.opened');
  const database = connectDatabase(config, server, logger);
  const realtime = openRealtime({ database, redisUrl: config.REDIS_URL, logger });
  const bellOn = (channel: string): Bell => {
    const bell = createBell(database, channel, logger);
    return realtime.engine === 'redis' ? shareSignal(bell, realtime.pubSub, channel, logger) : bell;
  };
  logger.info(await reportWalls(), 'engines.walls');
  const engines = await createEngines({
    limits: {
      memoryMb: config.DOCMILL_ENGINE_MEMORY_MB,
      timeoutMs: config.DOCMILL_ENGINE_TIMEOUT_SECONDS * 1_000,
      maxPixels: config.DOCMILL_MAX_PIXELS,
    },
    ocr: config.DOCMILL_OCR_ENGINE,
    concurrency: config.DOCMILL_WORKER_CONCURRENCY ?? processorCount(),
    logger,
  });
  const calls = {
    outgoing: createOutgoing({ allow: config.DOCMILL_OUTGOING_ALLOW }),
    box: await openSecretBox(config),
    version: productVersion,
  };
  return {
    server,
    database,
    engines,
    blobs: store.blobs,
    blobLinks: store.links,
    readLinks: config.S3_PRESIGNED_READS ? store.links : null,
    realtime,
    ...calls,
    webhooks: new WebhookSender({ ...calls, database, logger }),
    bells: {
      queue: bellOn(queueChannel),
      jobs: bellOn(jobChannel),
      cancel: bellOn(cancelChannel),
      documents: bellOn(documentChannel),
    },
    metrics: createMetricBuffers(database, logger),
    maxUploadBytes: config.maxUploadBytes,
    maxFiles: config.DOCMILL_MAX_FILES,
    duplicates: config.DOCMILL_DUPLICATES,
    uploadBounds: {
      keepMs: config.DOCMILL_UPLOAD_HOURS * 3_600_000,
      openBytes: config.DOCMILL_OPEN_UPLOADS_MB * 1024 * 1024,
    },
    maxZonesPerPage: config.DOCMILL_MAX_ZONES_PER_PAGE,
    exportDays: config.DOCMILL_EXPORT_DAYS,
    usageLimits: usageLimits(config),
    review: {
      mode: config.DOCMILL_REVIEW,
      gates: {
        text: config.DOCMILL_REVIEW_TEXT_GATE,
        table: config.DOCMILL_REVIEW_TABLE_GATE,
        figure: config.DOCMILL_REVIEW_FIGURE_GATE,
      },
      leaseMs: config.DOCMILL_REVIEW_LEASE_MINUTES * 60_000,
    },
    logger,
    async close() {
      await engines.close();
      await database.close();
      store.close();
    },
  };
}
