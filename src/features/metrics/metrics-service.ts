import type { Database } from '#db/database.ts';
import type { Actor } from '#features/identity/index.ts';
import { requireAdmin } from '#features/identity/index.ts';
import type { Logger } from '#kernel/logger.ts';
import type { RequestMetric, StageDay, StageMetric, StagePerformance } from './metric.ts';
import { MetricBuffer } from './metric-buffer.ts';
import {
  addUpDueHours,
  forgetDueHours,
  insertRequestMetrics,
  insertStageMetrics,
  lockRollup,
  raiseWatermark,
  readMetricsLevel,
  readStageDays,
  readStagePerformance,
  readWatermark,
  refreshDays,
} from './metrics-repository.ts';

export interface MetricsDeps {
  database: Database;
}

/** Where the program puts its metrics; both are services that must be started and stopped. */
export interface MetricBuffers {
  stages: MetricBuffer<StageMetric>;
  requests: MetricBuffer<RequestMetric>;
}

export function createMetricBuffers(database: Database, logger: Logger): MetricBuffers {
  const { sql } = database;
  return {
    stages: new MetricBuffer({
      name: 'stage-metrics',
      store: (rows) => insertStageMetrics(sql, rows),
      logger,
    }),
    requests: new MetricBuffer({
      name: 'request-metrics',
      store: (rows) => insertRequestMetrics(sql, rows),
      logger,
    }),
  };
}

/**
 * Adds up the hours that have new rows, late ones included, and makes the days anew. Safe when several
 * processes call at once: one does it. Resolves to how many hours were due.
 */
export async function rollUpMetrics(database: Database, clock: () => Date): Promise<number> {
  const level = await readMetricsLevel(database.sql);
  const hours = await database.transaction(async (sql) => {
    if (!(await lockRollup(sql))) return 0;
    const due = level === 'timescale' ? 0 : await addUpDueHours(sql);
    if (level === 'timescale') await forgetDueHours(sql);
    await raiseWatermark(sql, clock());
    return due;
  });
  await refreshDays(database.slow);
  return hours;
}

export interface StageReport {
  /** Hours before this instant are in the figures; null before the first rollup. */
  upTo: Date | null;
  stages: StagePerformance[];
}

/** How each stage does. Throws `request.not_found` for anybody but an admin. */
export async function getStageReport(deps: MetricsDeps, actor: Actor): Promise<StageReport> {
  const { sql } = deps.database;
  await requireAdmin(sql, actor);
  return { upTo: await readWatermark(sql), stages: await readStagePerformance(sql) };
}

/** The last `days` days by stage. Throws `request.not_found` for anybody but an admin. */
export async function getStageDays(
  deps: MetricsDeps,
  actor: Actor,
  days: number,
  now: Date = new Date(),
): Promise<StageDay[]> {
  await requireAdmin(deps.database.sql, actor);
  const since = new Date(now.getTime() - (days - 1) * 86_400_000);
  return readStageDays(deps.database.sql, since);
}
