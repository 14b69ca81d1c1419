import { ensurePartitions } from '#db/partitions.ts';
import { anchorAudit } from '#features/audit/index.ts';
import { deleteClerkEvents } from '#features/clerk/index.ts';
import { BlobSweeper } from '#features/documents/index.ts';
import { deleteEndedKeys } from '#features/idempotency/index.ts';
import { rollUpMetrics } from '#features/metrics/index.ts';
import { releaseExpiredTasks } from '#features/review/index.ts';
import { runRetention } from '#features/retention/index.ts';
import { deleteOldDeliveries } from '#features/webhooks/index.ts';
import type { OpenUploadDeps } from '#features/uploads/index.ts';
import { UploadSweeper } from '#features/uploads/index.ts';
import { deletePublished } from '#queue/outbox-repository.ts';
import type { ScheduledTask } from '#queue/scheduler.ts';
import { sweepExpired } from '#realtime/postgres-sweep.ts';
import type { Config } from './config.ts';
import { retentionRules } from './retention-rules.ts';

const batch = 5_000;
/** Told events are kept for a day, to see what was told. */
const outboxSeconds = 86_400;
const plan = { timezone: 'UTC', missed: 'run_once' } as const;
const clock = (): Date => new Date();

export interface MaintenanceParts extends OpenUploadDeps {
  config: Config;
}

/** What this installation does by the clock, in one process at a time. */
export function maintenanceTasks(parts: MaintenanceParts): ScheduledTask[] {
  return [...sweepTasks(parts), ...recordTasks(parts)];
}

function sweepTasks(parts: MaintenanceParts): ScheduledTask[] {
  const { config, database } = parts;
  const sweeper = new BlobSweeper(parts);
  const uploads = new UploadSweeper(parts);
  return [
    {
      ...plan,
      name: 'sweep.uploads',
      pattern: '*/2 * * * *',
      run: async () => void (await uploads.tick()),
    },
    {
      ...plan,
      name: 'sweep.blobs',
      pattern: '*/10 * * * *',
      run: async () => void (await sweeper.tick()),
    },
    {
      ...plan,
      name: 'sweep.realtime',
      pattern: '*/5 * * * *',
      run: (signal) => untilDone(signal, () => sweepExpired(database, batch)),
    },
    {
      ...plan,
      name: 'sweep.outbox',
      pattern: '17 * * * *',
      run: (signal) =>
        untilDone(signal, () => deletePublished(database.slow, outboxSeconds, batch)),
    },
    {
      ...plan,
      name: 'sweep.clerk_events',
      pattern: '43 3 * * *',
      run: (signal) => {
        const before = new Date(clock().getTime() - 30 * 86_400_000);
        return untilDone(signal, () => deleteClerkEvents(database.slow, before, batch));
      },
    },
    {
      ...plan,
      name: 'sweep.idempotency_keys',
      pattern: '29 * * * *',
      run: (signal) => untilDone(signal, () => deleteEndedKeys(database.slow, batch)),
    },
    {
      ...plan,
      name: 'sweep.webhook_deliveries',
      pattern: '41 3 * * *',
      run: (signal) => {
        const before = new Date(
          clock().getTime() - config.DOCMILL_KEEP_DELIVERIES_DAYS * 86_400_000,
        );
        return untilDone(signal, () => deleteOldDeliveries(database.slow, before, batch));
      },
    },
    {
      ...plan,
      name: 'sweep.review_leases',
      pattern: '* * * * *',
      run: async () => void (await releaseExpiredTasks(database.sql, clock())),
    },
  ];
}

/** Audit log, metrics and what is too old. */
function recordTasks(parts: MaintenanceParts): ScheduledTask[] {
  const { config, database } = parts;
  const { auditAnchor } = config;
  return [
    {
      ...plan,
      name: 'partitions.make',
      pattern: '7 * * * *',
      run: async () => void (await ensurePartitions(database.sql, clock())),
    },
    {
      ...plan,
      name: 'audit.anchor',
      pattern: '*/5 * * * *',
      run: async () => void (await anchorAudit(database, auditAnchor, clock)),
    },
    {
      ...plan,
      name: 'metrics.roll_up',
      pattern: '*/5 * * * *',
      run: async () => void (await rollUpMetrics(database, clock)),
    },
    {
      ...plan,
      name: 'retention.run',
      pattern: '23 3 * * *',
      run: async () => {
        const deps = { ...parts, rules: retentionRules(config), auditAnchor };
        await runRetention(deps, clock, { dryRun: false });
      },
    },
  ];
}

/** Batch after batch until one is empty, so that no statement is long. */
async function untilDone(signal: AbortSignal, work: () => Promise<number>): Promise<void> {
  while (!signal.aborted && (await work()) > 0);
}
