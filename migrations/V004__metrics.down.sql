-- Undoes V004. Metrics are lost. What was archived stays in blob storage and is no longer known to its jobs.
drop function archive_jobs(uuid[], uuid);
alter table processing_jobs
  drop constraint processing_jobs_archived,
  drop constraint processing_jobs_archive_fk,
  drop column archive_blob_id,
  drop column archived_at;
delete from blobs where purpose = 'archive';
alter table blobs drop constraint blobs_purpose_check;
alter table blobs add constraint blobs_purpose_check check (
  purpose in ('source', 'page_image', 'thumbnail', 'avatar', 'export', 'import'));
drop function drop_metric_hours(timestamptz);
drop function drop_raw_metrics(text, timestamptz);
drop function refresh_processing_daily();
drop materialized view processing_daily;
drop view processing_metrics_by_stage;
drop view processing_metrics_hourly;
do $$
begin
  if (select level = 'timescale' from metrics_level) then
    drop materialized view processing_metrics_cagg;
  end if;
end
$$;
drop table metrics_watermark;
drop table metrics_due;
drop table processing_metrics_rollup;
drop function histogram_quantile(bigint[], double precision);
drop aggregate merge_histograms(bigint[]);
drop function add_histograms(bigint[], bigint[]);
drop function duration_bin(double precision);
drop table api_metrics;
drop table processing_metrics;
delete from partition_plans where table_name in ('processing_metrics', 'api_metrics');
drop sequence metrics_id_seq;
drop table metrics_level;
