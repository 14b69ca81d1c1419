import type { JobId } from '#kernel/ids.ts';
import { asId } from '#kernel/ids.ts';
import { BullmqCarrier } from '#queue/bullmq-carrier.ts';
import { Scheduler } from '#queue/scheduler.ts';
import { Worker } from '#queue/worker.ts';
import type { Config } from './config.ts';
import { maintenanceTasks } from './maintenance-tasks.ts';
import { processorCount } from './processor-count.ts';
import { createWorkHandlers } from './work-handlers.ts';
import { productVersion } from './product-version.ts';
import type { StartService, Parts } from './build-parts.ts';

/** The role `worker`: takes work, sweeps and runs what is scheduled. */
export async function startWorker(
  config: Config,
  parts: Parts,
  startService: StartService,
): Promise<{ worker: Worker; stop(): Promise<void> }> {
  const cores = config.DOCMILL_WORKER_CONCURRENCY ?? processorCount();
  // More ranges than text children keep those reading while other ranges are being stored.
  const concurrency = {
    classify: 2,
    preprocess: cores + 3,
    ocr: cores + 1,
    validate: 2,
    export: 2,
  };
  const carrier = openCarrier(config, parts, concurrency, (id) => worker.take(id));
  const worker = new Worker({
    database: parts.database,
    bell: parts.bells.queue,
    handlers: createWorkHandlers({
      ...parts,
      results: parts.realtime.cache,
      recordStage: (metric) => parts.metrics.stages.record(metric),
      settings: { languages: config.DOCMILL_OCR_LANGUAGES, maxPages: config.DOCMILL_MAX_PAGES },
    }),
    concurrency,
    carrier,
    version: productVersion,
    logger: parts.logger,
  });
  await startService(worker);
  const unlisten = await parts.bells.cancel.listen((id) => worker.abortJob(asId<JobId>(id)));
  await startService({ name: 'cancel', start: async () => undefined, stop: unlisten });
  await startService(new Scheduler({ ...parts, tasks: maintenanceTasks({ ...parts, config }) }));
  if (carrier) await startService(carrier);
  return {
    worker,
    async stop() {
      // First, or it would go on giving ids to a worker that takes none.
      await carrier?.stop();
      await worker.stop();
    },
  };
}

function openCarrier(
  config: Config,
  parts: Parts,
  concurrency: Readonly<Record<string, number>>,
  take: (itemId: number) => Promise<void>,
): BullmqCarrier | undefined {
  const { database, bells, logger } = parts;
  if (config.QUEUE_ENGINE !== 'bullmq' || config.REDIS_URL === undefined) return undefined;
  const redisUrl = config.REDIS_URL;
  return new BullmqCarrier({ database, bell: bells.queue, redisUrl, concurrency, take, logger });
}
