import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import type { StageMetric } from '#features/metrics/index.ts';
import {
  type MetricsLevel,
  dropMetricHours,
  dropRawMetrics,
  readMetricsLevel,
  rollUpMetrics,
} from '#features/metrics/index.ts';
import { insertRequestMetrics, insertStageMetrics } from '#features/metrics/metrics-repository.ts';
import type { JobId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import { seededOwner } from '#test/support/seed-rows.ts';

export interface MetricsHost {
  /** As the run-time role. */
  database: Database;
  /** Adds up at level timescale what its own job would add up within the hour. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

const hourMs = 3_600_000;
const clock = () => new Date();
/** Whole hours before the one that runs now. */
const hoursAgo = (hours: number, minute = 10): Date =>
  new Date(Math.floor(Date.now() / hourMs) * hourMs - hours * hourMs + minute * 60_000);

function metric(change: Partial<StageMetric> = {}): StageMetric {
  return {
    recordedAt: hoursAgo(2),
    jobId: newId<JobId>(),
    userId: seededOwner,
    documentType: null,
    stage: 'ocr',
    tier: 'local_ocr',
    durationMs: 100,
    confidence: 0.9,
    errorCode: null,
    metadata: {},
    ...change,
  };
}

/** What every level of metrics must do alike. */
export function describeMetrics(level: MetricsLevel, open: () => Promise<MetricsHost>): void {
  describe(`metrics at level ${level}`, () => {
    let host: MetricsHost;
    let database: Database;

    beforeAll(async () => {
      host = await open();
      database = host.database;
    });

    afterAll(() => host.close());

    async function rollUp(): Promise<void> {
      await rollUpMetrics(database, clock);
      await host.settle();
    }

    const hourly = () => database.sql<{
      bucket: Date;
      stage: string;
      tier: string;
      samples: number;
    }>`
      select bucket, stage, tier, samples from processing_metrics_hourly order by bucket, stage, tier`;

    test('the level is the one that the database can do', async () => {
      expect(await readMetricsLevel(database.sql)).toBe(level);
    });

    test('hours hold counts, sums, extremes and a histogram by stage and tier', async () => {
      const recordedAt = hoursAgo(2);
      await insertStageMetrics(database.sql, [
        metric({ recordedAt, durationMs: 10 }),
        metric({ recordedAt, durationMs: 1_000, confidence: null }),
        metric({ recordedAt, durationMs: 30, errorCode: 'engine.timeout', confidence: null }),
        metric({ recordedAt, stage: 'classify', tier: null }),
      ]);
      await rollUp();
      const [line] = await database.sql`
        select *, (select sum(n) from unnest(histogram) n) as counted, cardinality(histogram) as bins
        from processing_metrics_hourly where stage = 'ocr'`;
      expect(line).toMatchObject({
        bucket: hoursAgo(2, 0),
        tier: 'local_ocr',
        samples: 3,
        successes: 2,
        durationSum: 1_040,
        durationMin: 10,
        durationMax: 1_000,
        confidenceSum: 0.9,
        confidences: 1,
        counted: 3,
        bins: 90,
      });
      expect(await hourly()).toContainEqual({
        bucket: hoursAgo(2, 0),
        stage: 'classify',
        tier: 'none',
        samples: 1,
      });
    });

    test('a row that comes days late is added to its hour', async () => {
      const recordedAt = hoursAgo(50);
      await insertStageMetrics(database.sql, [metric({ recordedAt, stage: 'persist' })]);
      await rollUp();
      await insertStageMetrics(database.sql, [metric({ recordedAt, stage: 'persist' })]);
      await rollUp();
      expect(await hourly()).toContainEqual({
        bucket: hoursAgo(50, 0),
        stage: 'persist',
        tier: 'local_ocr',
        samples: 2,
      });
    });

    test('the 95th percentile of several hours is read from their histograms within 19 %', async () => {
      const rows = Array.from({ length: 1_000 }, (_, index) =>
        metric({
          stage: 'llm',
          tier: 'llm',
          recordedAt: hoursAgo(3 + (index % 5)),
          durationMs: index + 1,
        }),
      );
      await insertStageMetrics(database.sql, rows);
      await rollUp();
      const [found] = await database.sql<{ p95: number; samples: number; successRate: number }>`
        select duration_p95 as p95, samples, success_rate from processing_metrics_by_stage where stage = 'llm'`;
      expect(found).toMatchObject({ samples: 1_000, successRate: 1 });
      expect(found?.p95).toBeGreaterThan(950 / 1.19);
      expect(found?.p95).toBeLessThan(950 * 1.19);
      const days = await database.sql<{ samples: number }>`
        select sum(samples)::int as samples from processing_daily where stage = 'llm'`;
      expect(days).toEqual([{ samples: 1_000 }]);
    });

    test('no row is counted twice or missed by writers and rollups at the same time', async () => {
      const writers = Array.from({ length: 40 }, (_, index) =>
        insertStageMetrics(database.sql, [
          metric({ stage: 'preprocess', recordedAt: hoursAgo(4 + (index % 3)) }),
        ]),
      );
      await Promise.all([
        ...writers,
        ...Array.from({ length: 6 }, () => rollUpMetrics(database, clock)),
      ]);
      await rollUp();
      const [sum] = await database.sql`
        select sum(samples)::int as samples from processing_metrics_hourly where stage = 'preprocess'`;
      expect(sum).toEqual({ samples: 40 });
    });

    test('requests are stored by the template of their route', async () => {
      await insertRequestMetrics(database.sql, [
        {
          recordedAt: hoursAgo(1),
          method: 'GET',
          route: '/v1/documents/:documentId',
          status: 200,
          durationMs: 3.5,
          userId: seededOwner,
          ipAddress: 'unknown',
          userAgent: null,
          metadata: {},
        },
      ]);
      const rows =
        await database.sql`select route, status, duration_ms, ip_address from api_metrics`;
      expect(rows).toEqual([
        { route: '/v1/documents/:documentId', status: 200, durationMs: 3.5, ipAddress: null },
      ]);
    });

    test('old raw rows go by whole days, their hours stay until they are old themselves', async () => {
      const old = hoursAgo(40 * 24);
      await insertStageMetrics(database.sql, [metric({ recordedAt: old, stage: 'validate' })]);
      await rollUp();
      await dropRawMetrics(database.sql, 'processing_metrics', hoursAgo(30 * 24));
      const raw = () =>
        database.sql`select from processing_metrics where recorded_at < ${hoursAgo(31 * 24)}`;
      expect(await raw()).toEqual([]);
      const kept = async () => (await hourly()).filter((line) => line.stage === 'validate');
      expect(await kept()).toMatchObject([{ samples: 1 }]);
      await insertStageMetrics(database.sql, [metric({ recordedAt: old, stage: 'validate' })]);
      await rollUp();
      expect(await kept()).toMatchObject([{ samples: 1 }]);
      await dropMetricHours(database.sql, hoursAgo(39 * 24));
      expect(await kept()).toEqual([]);
    });
  });
}
