import type { Sql, Transaction } from '#db/database.ts';
import { fragment, json } from '#db/sql-tag.ts';
import type {
  MetricsLevel,
  RequestMetric,
  StageDay,
  StageMetric,
  StagePerformance,
} from './metric.ts';

const stageColumns = fragment`
  recorded_at timestamptz, job_id uuid, user_id uuid, document_type text, stage text, tier text,
  duration_ms double precision, confidence numeric, error_code text, metadata jsonb`;

/**
 * Adds rows in one statement, and the mark that their hours are to be added up. Rows of a time whose raw
 * rows are dropped are left out: their hours could not be added up any more.
 */
export async function insertStageMetrics(sql: Sql, rows: readonly StageMetric[]): Promise<void> {
  const records = rows.map((row) => ({
    recorded_at: row.recordedAt.toISOString(),
    job_id: row.jobId,
    user_id: row.userId,
    document_type: row.documentType,
    stage: row.stage,
    tier: row.tier,
    duration_ms: row.durationMs,
    confidence: row.confidence,
    error_code: row.errorCode,
    metadata: row.metadata,
  }));
  await sql`
    -- 1. the rows; 2. a mark for each of their hours
    with added as (
      insert into processing_metrics
        (recorded_at, job_id, user_id, document_type, stage, tier, duration_ms, confidence, success, error_code, metadata)
      select r.recorded_at, r.job_id, r.user_id, r.document_type, r.stage, r.tier, r.duration_ms, r.confidence,
        r.error_code is null, r.error_code, r.metadata
      from jsonb_to_recordset(${json(records)}) as r (${stageColumns})
      where r.recorded_at >= (select w.kept_from from metrics_watermark w)
      returning recorded_at
    )
    insert into metrics_due (bucket) select distinct date_trunc('hour', recorded_at, 'UTC') from added`;
}

const requestColumns = fragment`
  recorded_at timestamptz, method text, route text, status smallint, duration_ms double precision,
  user_id uuid, ip_address text, user_agent text, metadata jsonb`;

/** Adds rows in one statement. */
export async function insertRequestMetrics(
  sql: Sql,
  rows: readonly RequestMetric[],
): Promise<void> {
  const records = rows.map((row) => ({
    recorded_at: row.recordedAt.toISOString(),
    method: row.method,
    route: row.route,
    status: row.status,
    duration_ms: row.durationMs,
    user_id: row.userId,
    ip_address: row.ipAddress,
    user_agent: row.userAgent,
    metadata: row.metadata,
  }));
  await sql`
    insert into api_metrics
      (recorded_at, method, route, status, duration_ms, user_id, ip_address, user_agent, metadata)
    select r.recorded_at, r.method, left(r.route, 300), r.status, r.duration_ms, r.user_id,
      audit_address(r.ip_address), left(r.user_agent, 500), r.metadata
    from jsonb_to_recordset(${json(records)}) as r (${requestColumns})`;
}

export async function readMetricsLevel(sql: Sql): Promise<MetricsLevel> {
  const rows = await sql<{ level: MetricsLevel }>`select level from metrics_level`;
  return rows[0]?.level ?? 'native';
}

/** False when another process is adding up at the moment. */
export async function lockRollup(sql: Transaction): Promise<boolean> {
  const rows = await sql<{ taken: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended('metrics rollup', 0)) as taken`;
  return rows[0]?.taken ?? false;
}

/**
 * Adds up every hour that has new rows, whole, however late they came. Marks and rows are seen in one
 * snapshot: what is committed later has a mark of its own. Resolves to how many hours were due.
 */
export async function addUpDueHours(sql: Transaction): Promise<number> {
  const rows = await sql<{ hours: number }>`
    -- 1. hours with new rows; 2. their rows by bin; 3. one line an hour, stage and tier
    with due as (
      delete from metrics_due returning bucket
    ), hours as (
      select distinct d.bucket from due d, metrics_watermark w where d.bucket >= w.kept_from
    ), bins as (
      select h.bucket, m.stage, coalesce(m.tier, 'none') as tier, duration_bin(m.duration_ms) as bin,
        count(*) as samples, count(*) filter (where m.success) as successes,
        sum(m.duration_ms) as duration_sum, min(m.duration_ms) as duration_min, max(m.duration_ms) as duration_max,
        coalesce(sum(m.confidence), 0) as confidence_sum, count(m.confidence) as confidences
      from hours h
      join processing_metrics m on m.recorded_at >= h.bucket and m.recorded_at < h.bucket + interval '1 hour'
      group by 1, 2, 3, 4
    ), lines as (
      insert into processing_metrics_rollup
      select b.bucket, b.stage, b.tier, sum(b.samples), sum(b.successes), sum(b.duration_sum),
        min(b.duration_min), max(b.duration_max),
        (select array_agg(coalesce(o.samples, 0)::bigint order by place)
         from generate_series(0, 89) place
         left join bins o on o.bucket = b.bucket and o.stage = b.stage and o.tier = b.tier and o.bin = place),
        sum(b.confidence_sum), sum(b.confidences)
      from bins b
      group by b.bucket, b.stage, b.tier
      on conflict (bucket, stage, tier) do update set
        samples = excluded.samples, successes = excluded.successes, duration_sum = excluded.duration_sum,
        duration_min = excluded.duration_min, duration_max = excluded.duration_max,
        histogram = excluded.histogram, confidence_sum = excluded.confidence_sum,
        confidences = excluded.confidences
    )
    select count(*)::int as hours from hours`;
  return rows[0]?.hours ?? 0;
}

/** TimescaleDB adds up by itself. */
export async function forgetDueHours(sql: Transaction): Promise<void> {
  await sql`delete from metrics_due`;
}

export async function raiseWatermark(sql: Transaction, now: Date): Promise<void> {
  await sql`
    update metrics_watermark
    set rolled_up_to = greatest(rolled_up_to, date_trunc('hour', ${now}::timestamptz, 'UTC'))`;
}

/** null before the first rollup. */
export async function readWatermark(sql: Sql): Promise<Date | null> {
  const rows = await sql<{ upTo: Date | null }>`
    select case when isfinite(rolled_up_to) then rolled_up_to end as up_to from metrics_watermark`;
  return rows[0]?.upTo ?? null;
}

export async function refreshDays(sql: Sql): Promise<void> {
  await sql`select refresh_processing_daily()`;
}

export async function readStagePerformance(sql: Sql): Promise<StagePerformance[]> {
  return sql<StagePerformance>`
    select stage, tier, samples, success_rate, duration_avg, duration_p95, confidence_avg
    from processing_metrics_by_stage order by stage, tier`;
}

/** Days from `since` on, oldest first. */
export async function readStageDays(sql: Sql, since: Date): Promise<StageDay[]> {
  return sql<StageDay>`
    select day, stage, tier, samples, successes, duration_avg, duration_p95, confidence_avg
    from processing_daily where day >= (${since}::timestamptz at time zone 'UTC')::date
    order by day, stage, tier`;
}

/** Drops raw rows of whole days that ended by `before`; resolves to the names of the dropped pieces. */
export async function dropRawMetrics(
  sql: Sql,
  table: 'processing_metrics' | 'api_metrics',
  before: Date,
): Promise<string[]> {
  const rows = await sql<{ name: string }>`select drop_raw_metrics(${table}, ${before}) as name`;
  return rows.map((row) => row.name);
}

/** Removes hours that ended by `before`; resolves to how many rows went. */
export async function dropMetricHours(sql: Sql, before: Date): Promise<number> {
  const rows = await sql<{ removed: number }>`select drop_metric_hours(${before}) as removed`;
  return rows[0]?.removed ?? 0;
}
