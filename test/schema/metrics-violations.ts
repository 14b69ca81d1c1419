import { rows } from './one-of-each.ts';

const long = (length: number): string => `repeat('x', ${length})`;
const bad = "'no such thing'";

/** The rules of metrics and of the archive of jobs; see `violations`. */
export const metricsViolations: Readonly<Record<string, readonly string[]>> = {
  metrics_level_pkey: [`insert into metrics_level values ('native', null)`],
  metrics_level_level_check: [`update metrics_level set level = 'none', extension_version = '2'`],
  metrics_level_versioned: [
    `update metrics_level set extension_version = '2'`,
    `update metrics_level set level = 'timescale'`,
  ],
  metrics_watermark_pkey: [`insert into metrics_watermark default values`],
  metrics_watermark_one: [`update metrics_watermark set one = false`],
  metrics_due_pkey: [
    `insert into metrics_due (id, bucket) overriding system value values (1, now()), (1, now())`,
  ],

  processing_metrics_pkey: [`insert into processing_metrics select * from processing_metrics`],
  processing_metrics_stage_check: [`update processing_metrics set stage = ${bad}`],
  processing_metrics_tier_check: [`update processing_metrics set tier = ${bad}`],
  processing_metrics_duration_ms_check: [
    `update processing_metrics set duration_ms = -1`,
    `update processing_metrics set duration_ms = 'infinity'`,
    `update processing_metrics set duration_ms = 'NaN'`,
  ],
  processing_metrics_metadata_check: [`update processing_metrics set metadata = '[]'`],
  processing_metrics_failure: [
    `update processing_metrics set success = false`,
    `update processing_metrics set error_code = 'x'`,
  ],

  api_metrics_pkey: [`insert into api_metrics select * from api_metrics`],
  api_metrics_method_check: [`update api_metrics set method = ''`],
  api_metrics_route_check: [
    `update api_metrics set route = ''`,
    `update api_metrics set route = ${long(301)}`,
  ],
  api_metrics_status_check: [
    `update api_metrics set status = 99`,
    `update api_metrics set status = 600`,
  ],
  api_metrics_duration_ms_check: [
    `update api_metrics set duration_ms = -1`,
    `update api_metrics set duration_ms = 'NaN'`,
  ],
  api_metrics_metadata_check: [`update api_metrics set metadata = '1'`],

  processing_metrics_rollup_pkey: [
    `insert into processing_metrics_rollup select * from processing_metrics_rollup`,
  ],
  processing_metrics_rollup_whole: [
    `samples = 0, successes = 0, confidences = 0`,
    `successes = 2`,
    `confidences = 2`,
    `duration_min = -1`,
    `duration_max = 0`,
    `histogram = '{1}'`,
  ].map((change) => `update processing_metrics_rollup set ${change}`),

  processing_jobs_archive_fk: [
    `update processing_jobs set archived_at = now(), archive_blob_id = '${rows.strangersBlob}' where id = '${rows.doneJob}';
     set constraints processing_jobs_archive_fk immediate`,
  ],
  processing_jobs_archived: [
    `update processing_jobs set archived_at = now()`,
    `update processing_jobs set archive_blob_id = '${rows.blob}'`,
  ],
};
