-- Metrics of stages and of requests, and what retention needs of jobs. One set of views at three levels:
-- native (partitions by the day), TimescaleDB under its Apache licence (hypertables), and TimescaleDB in full
-- (hypertables and a continuous aggregate). The level is found here and does not change afterwards; for
-- TimescaleDB run `create extension timescaledb` in the database before the first migration.
-- Metrics belong to the operator and not to a tenant, so they have no owner_id; admins read them.

create table metrics_level (
  level text primary key check (level in ('native', 'timescale_apache', 'timescale')),
  extension_version text,
  constraint metrics_level_versioned check ((level = 'native') = (extension_version is null))
);
comment on table metrics_level is 'Exactly one row: how metrics are stored in this database.';
comment on column metrics_level.level is 'native, timescale_apache or timescale (the full licence).';
comment on column metrics_level.extension_version is 'Version of TimescaleDB when the tables were made.';

insert into metrics_level (level, extension_version)
select
  case
    when e.extversion is null then 'native'
    when current_setting('timescaledb.license', true) = 'timescale' then 'timescale'
    else 'timescale_apache'
  end,
  e.extversion
from (values (1)) as one (row)
left join pg_extension e on e.extname = 'timescaledb';

-- ---------------------------------------------------------------- raw rows

create sequence metrics_id_seq as bigint;

do $$
declare
  native constant boolean := (select level = 'native' from metrics_level);
  cut constant text := case when native then 'partition by range (recorded_at)' else '' end;
begin
  execute format($table$
    create table processing_metrics (
      id bigint not null default nextval('metrics_id_seq'),
      recorded_at timestamptz not null,
      job_id uuid,
      user_id uuid,
      document_type text,
      stage text not null constraint processing_metrics_stage_check
        check (stage in ('classify', 'preprocess', 'ocr', 'llm', 'validate', 'persist')),
      tier text constraint processing_metrics_tier_check
        check (tier in ('text_layer', 'local_ocr', 'cloud_ocr', 'llm', 'human')),
      duration_ms double precision not null constraint processing_metrics_duration_ms_check
        check (duration_ms >= 0 and duration_ms < 'infinity'),
      confidence confidence,
      success boolean not null,
      error_code text,
      metadata jsonb not null default '{}' constraint processing_metrics_metadata_check
        check (jsonb_typeof(metadata) = 'object'),
      constraint processing_metrics_failure check (success = (error_code is null)),
      primary key (recorded_at, id)
    ) %s $table$, cut);
  execute format($table$
    create table api_metrics (
      id bigint not null default nextval('metrics_id_seq'),
      recorded_at timestamptz not null,
      method text not null constraint api_metrics_method_check check (length(method) between 1 and 20),
      route text not null constraint api_metrics_route_check check (length(route) between 1 and 300),
      status smallint not null constraint api_metrics_status_check check (status between 100 and 599),
      duration_ms double precision not null constraint api_metrics_duration_ms_check
        check (duration_ms >= 0 and duration_ms < 'infinity'),
      user_id uuid,
      ip_address inet,
      user_agent text,
      metadata jsonb not null default '{}' constraint api_metrics_metadata_check
        check (jsonb_typeof(metadata) = 'object'),
      primary key (recorded_at, id)
    ) %s $table$, cut);
  if native then
    create table processing_metrics_default partition of processing_metrics default;
    create table api_metrics_default partition of api_metrics default;
    insert into partition_plans (table_name, time_column, step, ahead) values
      ('processing_metrics', 'recorded_at', 'day', 7),
      ('api_metrics', 'recorded_at', 'day', 7);
    perform ensure_partitions();
  else
    perform create_hypertable('processing_metrics', 'recorded_at', chunk_time_interval => interval '1 day');
    perform create_hypertable('api_metrics', 'recorded_at', chunk_time_interval => interval '1 day');
  end if;
end
$$;
create index processing_metrics_user on processing_metrics (user_id, recorded_at desc);
create index processing_metrics_tier on processing_metrics (tier, recorded_at desc);
create index processing_metrics_stage on processing_metrics (stage, recorded_at desc);
create index api_metrics_route on api_metrics (route, recorded_at desc);
create index api_metrics_user on api_metrics (user_id, recorded_at desc);
create index api_metrics_status on api_metrics (status, recorded_at desc);

comment on table processing_metrics is 'One row for each stage that a worker ran over a range of pages, kept 30 days.';
comment on column processing_metrics.id is 'Rises with time; with recorded_at the key.';
comment on column processing_metrics.recorded_at is 'When the stage ended.';
comment on column processing_metrics.job_id is 'The job; no foreign key, since metrics outlive jobs.';
comment on column processing_metrics.user_id is 'Whose document it was.';
comment on column processing_metrics.document_type is 'What the document was found to be, when that was known.';
comment on column processing_metrics.stage is 'classify, preprocess, ocr, llm, validate or persist.';
comment on column processing_metrics.tier is 'How the pages were read; null when none were.';
comment on column processing_metrics.duration_ms is 'From the claim of the work to its result, in ms.';
comment on column processing_metrics.confidence is 'Mean confidence of the pages read.';
comment on column processing_metrics.success is 'Whether the attempt ended well.';
comment on column processing_metrics.error_code is 'Why not, when not.';
comment on column processing_metrics.metadata is 'Pages, attempt and the like.';
comment on table api_metrics is 'One row for each answered request, kept 30 days.';
comment on column api_metrics.id is 'Rises with time; with recorded_at the key.';
comment on column api_metrics.recorded_at is 'When the answer was complete.';
comment on column api_metrics.method is 'HTTP method.';
comment on column api_metrics.route is 'Template of the route, such as /v1/documents/:documentId; never the address itself.';
comment on column api_metrics.status is 'HTTP status.';
comment on column api_metrics.duration_ms is 'From the head of the request to the end of the answer, in ms.';
comment on column api_metrics.user_id is 'On whose behalf; null before sign-in.';
comment on column api_metrics.ip_address is 'Address the request came from.';
comment on column api_metrics.user_agent is 'Program the request came from, at most 500 characters.';
comment on column api_metrics.metadata is 'Request id and the like.';

-- ---------------------------------------------------------------- histograms that can be added up

-- Bin 1..88 of a duration in ms: four bins for each doubling from 1 ms to 70 minutes, so that a quantile is
-- read with an error of 19 % at most. 0 stays empty, 89 holds what took longer.
create function duration_bin(duration_ms double precision) returns integer
language sql immutable parallel safe as $$
  select width_bucket(ln(greatest(duration_ms, 1)) / ln(2::double precision), 0, 22, 88)
$$;
comment on function duration_bin is 'Place of a duration in ms in a histogram, 0..89.';

create function add_histograms(a bigint[], b bigint[]) returns bigint[]
language sql immutable strict parallel safe as $$
  select array_agg(coalesce(u.x, 0) + coalesce(u.y, 0) order by u.place)
  from unnest(a, b) with ordinality as u (x, y, place)
$$;
comment on function add_histograms is 'The sum of two histograms, bin by bin.';
create aggregate merge_histograms (bigint[]) (
  sfunc = add_histograms, stype = bigint[], combinefunc = add_histograms, parallel = safe
);

-- The duration in ms below which a share of the values lies; inside of a bin it is interpolated.
create function histogram_quantile(histogram bigint[], share double precision) returns double precision
language sql immutable strict parallel safe as $$
  with bins as (
    select u.place - 1 as bin, u.count, sum(u.count) over (order by u.place) as up_to, sum(u.count) over () as total
    from unnest(histogram) with ordinality as u (count, place)
  )
  select power(2, least(22, greatest(0, (bin - 1 + (share * total - (up_to - count)) / count) / 4)))
  from bins where count > 0 and up_to >= share * total order by bin limit 1
$$;
comment on function histogram_quantile is 'Quantile of durations in ms from a histogram; null for an empty one.';

-- ---------------------------------------------------------------- hours

create table processing_metrics_rollup (
  bucket timestamptz not null,
  stage text not null,
  tier text not null,
  samples bigint not null,
  successes bigint not null,
  duration_sum double precision not null,
  duration_min double precision not null,
  duration_max double precision not null,
  histogram bigint[] not null,
  confidence_sum double precision not null,
  confidences bigint not null,
  primary key (bucket, stage, tier),
  constraint processing_metrics_rollup_whole check (
    samples >= 1 and successes between 0 and samples and confidences between 0 and samples
    and duration_min between 0 and duration_max and cardinality(histogram) = 90
  )
);
comment on table processing_metrics_rollup is 'Hours of processing_metrics, added up by the program; empty at level timescale. Read processing_metrics_hourly.';
comment on column processing_metrics_rollup.bucket is 'Start of the hour.';
comment on column processing_metrics_rollup.stage is 'Stage.';
comment on column processing_metrics_rollup.tier is 'Tier; none when no page was read.';
comment on column processing_metrics_rollup.samples is 'Number of rows.';
comment on column processing_metrics_rollup.successes is 'How many of them ended well.';
comment on column processing_metrics_rollup.duration_sum is 'Sum of the durations in ms.';
comment on column processing_metrics_rollup.duration_min is 'Shortest duration in ms.';
comment on column processing_metrics_rollup.duration_max is 'Longest duration in ms.';
comment on column processing_metrics_rollup.histogram is '90 counts by duration_bin, 0 first; can be added up over hours.';
comment on column processing_metrics_rollup.confidence_sum is 'Sum of the confidences.';
comment on column processing_metrics_rollup.confidences is 'How many rows had a confidence.';

-- Whoever adds rows names the hours in the same transaction. The rollup takes these marks and reads the rows
-- in one statement, so that it sees either both or neither: late rows are never missed.
create table metrics_due (
  id bigint generated always as identity primary key,
  bucket timestamptz not null
);
comment on table metrics_due is 'Hours that have rows which are not in processing_metrics_rollup yet.';
comment on column metrics_due.id is 'Key.';
comment on column metrics_due.bucket is 'Start of the hour.';

create table metrics_watermark (
  one boolean primary key default true constraint metrics_watermark_one check (one),
  rolled_up_to timestamptz not null default '-infinity',
  kept_from timestamptz not null default '-infinity'
);
insert into metrics_watermark default values;
comment on table metrics_watermark is 'Exactly one row: how far the rollup has come.';
comment on column metrics_watermark.one is 'Keeps the table at one row.';
comment on column metrics_watermark.rolled_up_to is 'Hours before this instant are added up, but for rows that come late.';
comment on column metrics_watermark.kept_from is 'Raw rows before this instant are dropped; later ones of that time are refused.';

do $$
begin
  if (select level = 'timescale' from metrics_level) then
    execute $view$
      create materialized view processing_metrics_cagg
        with (timescaledb.continuous, timescaledb.materialized_only = false) as
      select time_bucket(interval '1 hour', recorded_at) as bucket, stage, coalesce(tier, 'none') as tier,
        count(*) as samples, count(*) filter (where success) as successes,
        sum(duration_ms) as duration_sum, min(duration_ms) as duration_min, max(duration_ms) as duration_max,
        histogram(ln(greatest(duration_ms, 1)) / ln(2::double precision), 0, 22, 88) as histogram,
        coalesce(sum(confidence), 0) as confidence_sum, count(confidence) as confidences
      from processing_metrics group by 1, 2, 3
      with no data $view$;
    perform add_continuous_aggregate_policy('processing_metrics_cagg',
      start_offset => interval '7 days', end_offset => interval '1 hour', schedule_interval => interval '1 hour');
    execute $view$
      create view processing_metrics_hourly as
      select bucket, stage, tier, samples, successes, duration_sum, duration_min, duration_max,
        histogram::bigint[] as histogram, confidence_sum::double precision as confidence_sum, confidences
      from processing_metrics_cagg $view$;
  else
    create view processing_metrics_hourly as
    select bucket, stage, tier, samples, successes, duration_sum, duration_min, duration_max,
      histogram, confidence_sum, confidences
    from processing_metrics_rollup;
  end if;
end
$$;
comment on view processing_metrics_hourly is 'Stages by the hour, the same columns at every level.';
comment on column processing_metrics_hourly.bucket is 'Start of the hour.';
comment on column processing_metrics_hourly.stage is 'Stage.';
comment on column processing_metrics_hourly.tier is 'Tier; none when no page was read.';
comment on column processing_metrics_hourly.samples is 'Number of rows.';
comment on column processing_metrics_hourly.successes is 'How many of them ended well.';
comment on column processing_metrics_hourly.duration_sum is 'Sum of the durations in ms.';
comment on column processing_metrics_hourly.duration_min is 'Shortest duration in ms.';
comment on column processing_metrics_hourly.duration_max is 'Longest duration in ms.';
comment on column processing_metrics_hourly.histogram is '90 counts by duration_bin, 0 first.';
comment on column processing_metrics_hourly.confidence_sum is 'Sum of the confidences.';
comment on column processing_metrics_hourly.confidences is 'How many rows had a confidence.';

create view processing_metrics_by_stage as
select
  h.stage,
  h.tier,
  sum(h.samples)::bigint as samples,
  sum(h.successes) / sum(h.samples)::double precision as success_rate,
  sum(h.duration_sum) / sum(h.samples)::double precision as duration_avg,
  least(greatest(histogram_quantile(merge_histograms(h.histogram), 0.95), min(h.duration_min)), max(h.duration_max)) as duration_p95,
  sum(h.confidence_sum) / nullif(sum(h.confidences), 0)::double precision as confidence_avg
from processing_metrics_hourly h
group by h.stage, h.tier;
comment on view processing_metrics_by_stage is 'How each stage does by tier, over all hours that are kept.';
comment on column processing_metrics_by_stage.stage is 'Stage.';
comment on column processing_metrics_by_stage.tier is 'Tier; none when no page was read.';
comment on column processing_metrics_by_stage.samples is 'Attempts that ended.';
comment on column processing_metrics_by_stage.success_rate is 'Share of them that ended well, 0..1.';
comment on column processing_metrics_by_stage.duration_avg is 'Mean duration in ms.';
comment on column processing_metrics_by_stage.duration_p95 is '95th percentile of the durations in ms, within 19 %.';
comment on column processing_metrics_by_stage.confidence_avg is 'Mean confidence, 0..1.';

create materialized view processing_daily as
select
  (h.bucket at time zone 'UTC')::date as day,
  h.stage,
  h.tier,
  sum(h.samples)::bigint as samples,
  sum(h.successes)::bigint as successes,
  sum(h.duration_sum) / sum(h.samples)::double precision as duration_avg,
  least(greatest(histogram_quantile(merge_histograms(h.histogram), 0.95), min(h.duration_min)), max(h.duration_max)) as duration_p95,
  sum(h.confidence_sum) / nullif(sum(h.confidences), 0)::double precision as confidence_avg
from processing_metrics_hourly h
group by 1, 2, 3;
create unique index processing_daily_key on processing_daily (day, stage, tier);
comment on materialized view processing_daily is 'Stages by the day in UTC; refreshed by refresh_processing_daily.';
comment on column processing_daily.day is 'Day in UTC.';
comment on column processing_daily.stage is 'Stage.';
comment on column processing_daily.tier is 'Tier; none when no page was read.';
comment on column processing_daily.samples is 'Attempts that ended.';
comment on column processing_daily.successes is 'How many of them ended well.';
comment on column processing_daily.duration_avg is 'Mean duration in ms.';
comment on column processing_daily.duration_p95 is '95th percentile of the durations in ms, within 19 %.';
comment on column processing_daily.confidence_avg is 'Mean confidence, 0..1.';

-- Only the owner may refresh, so it is done for the run-time role. Readers are not locked out.
create function refresh_processing_daily() returns void
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  refresh materialized view concurrently public.processing_daily;
end
$$;
comment on function refresh_processing_daily is 'Makes processing_daily anew without locking readers out.';

-- Drops raw rows of whole days that ended before a moment, at every level. Hours must be added up before.
create function drop_raw_metrics(parent text, ended_by timestamptz) returns setof text
language plpgsql security definer set search_path = pg_catalog, public, pg_temp set lock_timeout = '5s' as $$
begin
  if parent not in ('processing_metrics', 'api_metrics') then
    raise exception '% holds no metrics', parent using errcode = 'insufficient_privilege';
  end if;
  if parent = 'processing_metrics' then
    update public.metrics_watermark set kept_from = greatest(kept_from, date_trunc('day', ended_by, 'UTC'));
  end if;
  if (select level = 'native' from public.metrics_level) then
    return query select public.drop_partitions(parent, ended_by);
  else
    return query execute format('select public.drop_chunks(%L, older_than => %L::timestamptz)::text',
      'public.' || parent, date_trunc('day', ended_by, 'UTC'));
  end if;
end
$$;
comment on function drop_raw_metrics is 'Drops old raw metrics; returns the names of the dropped pieces.';

-- Removes hours that ended before a moment, at every level.
create function drop_metric_hours(ended_by timestamptz) returns bigint
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  removed bigint;
begin
  if (select level = 'timescale' from public.metrics_level) then
    execute format('select count(*) from public.drop_chunks(%L, older_than => %L::timestamptz)',
      'public.processing_metrics_cagg', ended_by) into removed;
  else
    delete from public.processing_metrics_rollup where bucket + interval '1 hour' <= ended_by;
    get diagnostics removed = row_count;
  end if;
  return removed;
end
$$;
comment on function drop_metric_hours is 'Removes old hours; returns how many rows or chunks went.';

-- ---------------------------------------------------------------- archive of finished jobs

alter table blobs drop constraint blobs_purpose_check;
alter table blobs add constraint blobs_purpose_check check (
  purpose in ('source', 'page_image', 'thumbnail', 'avatar', 'export', 'import', 'archive'));

alter table processing_jobs
  add column archived_at timestamptz,
  add column archive_blob_id uuid,
  add constraint processing_jobs_archive_fk foreign key (owner_id, archive_blob_id)
    references blobs (owner_id, id) deferrable initially deferred,
  add constraint processing_jobs_archived check ((archived_at is null) = (archive_blob_id is null));
-- A failed job may run again after it was archived, and is archived again then.
create index processing_jobs_to_archive on processing_jobs (completed_at, id)
  where completed_at is not null and (archived_at is null or archived_at < completed_at);
create index processing_jobs_archive_blob on processing_jobs (archive_blob_id) where archive_blob_id is not null;
comment on column processing_jobs.archived_at is 'When its history moved to the archive; the row stays as its summary.';
comment on column processing_jobs.archive_blob_id is 'The blob with the job and its history as JSON lines.';

-- History is append-only for the run-time role, so that moving it to the archive is done for it: only of
-- jobs that have ended, and only when the archive is stored.
create function archive_jobs(jobs uuid[], archive uuid) returns integer
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  archived uuid[];
begin
  with moved as (
    update public.processing_jobs j set archived_at = now(), archive_blob_id = archive
    from public.blobs b
    where j.id = any(jobs) and j.completed_at is not null and (j.archived_at is null or j.archived_at < j.completed_at)
      and b.id = archive and b.owner_id = j.owner_id and b.purpose = 'archive' and b.state = 'stored'
    returning j.id
  )
  select array_agg(id) into archived from moved;
  delete from public.processing_history where job_id = any(archived);
  return coalesce(cardinality(archived), 0);
end
$$;
comment on function archive_jobs is 'Marks ended jobs as archived in a stored blob and removes their history; returns how many.';

-- ---------------------------------------------------------------- what the first migration left unsaid

comment on table schema_migrations is 'Migrations that have been applied.';
comment on column schema_migrations.version is 'Number of the migration.';
comment on column schema_migrations.name is 'Words of its file name.';
comment on column schema_migrations.checksum is 'SHA-256 of the file it was applied from.';
comment on column schema_migrations.applied_at is 'When.';
comment on column schema_migrations.duration_ms is 'How long it took, in ms.';
comment on table users is 'People with an account, and the owner of everything until there are accounts.';
comment on column users.id is 'UUID v7.';
comment on column users.email is 'Address for signing in; unique whatever its case.';
comment on column users.email_verified_at is 'When the address was proven.';
comment on column users.first_name is 'First name.';
comment on column users.last_name is 'Last name.';
comment on column users.name is 'Both names; null when there is none.';
comment on column users.role is 'teacher (a plain member), reviewer or admin.';
comment on column users.status is 'active, suspended or deleted.';
comment on column users.settings is 'What the user has set, a JSON object.';
comment on column users.limits is 'Limits that differ from the defaults, a JSON object.';
comment on column users.last_login_at is 'When the user last signed in.';
comment on column users.created_at is 'When the row was made.';
comment on column users.updated_at is 'When the row was last changed; by trigger.';
comment on column users.deleted_at is 'When the account was deleted; null for a live one.';
comment on table folders is 'Folders of the library, each inside another one or at Home.';
comment on column folders.id is 'UUID v7.';
comment on column folders.owner_id is 'The user whose row this is: the boundary of tenants.';
comment on column folders.parent_id is 'The folder around it; null at Home. Of the same owner.';
comment on column folders.name is 'Unique among live siblings, whatever its case.';
comment on column folders.row_version is 'Rises with every edit, for ETag and If-Match.';
comment on column folders.created_at is 'When the row was made.';
comment on column folders.updated_at is 'When the row was last changed; by trigger.';
comment on column folders.deleted_at is 'When it went to the trash; null while it is live.';
comment on table blobs is 'Bytes in the blob store, and in which state they are.';
comment on column blobs.id is 'UUID v7.';
comment on column blobs.owner_id is 'The user whose row this is: the boundary of tenants.';
comment on column blobs.purpose is 'What the bytes are for: source, page_image, thumbnail, avatar, export, import or archive.';
comment on column blobs.bucket is 'Name of the store or bucket.';
comment on column blobs.object_key is 'Key inside of it.';
comment on column blobs.object_version is 'Version of the object, where the store has versions.';
comment on column blobs.sha256 is 'Hash of the bytes in hex, once they are stored.';
comment on column blobs.size_bytes is 'Number of bytes, once they are stored.';
comment on column blobs.media_type is 'Media type by content.';
comment on column blobs.state is 'pending, stored, failed, purging or purged.';
comment on column blobs.created_at is 'When the upload began.';
comment on column blobs.stored_at is 'When the bytes were safe.';
comment on table documents is 'What a user sees in a folder.';
comment on column documents.id is 'UUID v7.';
comment on column documents.owner_id is 'The user whose row this is: the boundary of tenants.';
comment on column documents.folder_id is 'The folder; null at Home. Of the same owner.';
comment on column documents.title is 'Title, 1 to 255 characters.';
comment on column documents.current_version_id is 'The version that is shown; of the same document.';
comment on column documents.status is 'Derived from the newest job of the current version by trigger.';
comment on column documents.processed_at is 'When that job last completed; by trigger.';
comment on column documents.language is 'ISO 639-1, or und; found by the pipeline.';
comment on column documents.document_type is 'What it was found to be, or unknown.';
comment on column documents.metadata is 'What the user noted, a JSON object.';
comment on column documents.row_version is 'Rises with every edit, for ETag and If-Match.';
comment on column documents.created_at is 'When the row was made.';
comment on column documents.updated_at is 'When the row was last changed; by trigger.';
comment on column documents.deleted_at is 'When it went to the trash; null while it is live.';
comment on table document_versions is 'Uploads of a document, 1..n.';
comment on column document_versions.id is 'UUID v7.';
comment on column document_versions.owner_id is 'The user whose row this is: the boundary of tenants.';
comment on column document_versions.document_id is 'The document.';
comment on column document_versions.number is '1..n within the document; by trigger.';
comment on column document_versions.blob_id is 'The original bytes.';
comment on column document_versions.original_name is 'Name of the file as it was uploaded.';
comment on column document_versions.page_count is 'Number of pages; null until the file is classified.';
comment on column document_versions.uploaded_by is 'Who uploaded it.';
comment on column document_versions.note is 'What the uploader noted.';
comment on column document_versions.metadata is 'What the file states of itself, a JSON object.';
comment on column document_versions.created_at is 'When it was uploaded.';
comment on table processing_jobs is 'Requested runs of the pipeline, each over one subject.';
comment on column processing_jobs.id is 'UUID v7.';
comment on column processing_jobs.owner_id is 'The user whose row this is: the boundary of tenants.';
comment on column processing_jobs.kind is 'extract, analyse, export, reindex or archive.';
comment on column processing_jobs.version_id is 'The version it runs over.';
comment on column processing_jobs.strategy is 'auto, fast, balanced or accurate.';
comment on column processing_jobs.status is 'State; moves only along state_transitions.';
comment on column processing_jobs.stage is 'Where it is: classify, preprocess, ocr, llm, validate or persist.';
comment on column processing_jobs.tier is 'How its pages were last read.';
comment on column processing_jobs.tool is 'With which engine.';
comment on column processing_jobs.confidence is 'Mean confidence of the result.';
comment on column processing_jobs.progress is 'Percent, 0 to 100.';
comment on column processing_jobs.priority is 'Larger comes first.';
comment on column processing_jobs.attempts is 'How often it was started.';
comment on column processing_jobs.max_attempts is 'How often it may be started.';
comment on column processing_jobs.open_items is 'Work items that are not done.';
comment on column processing_jobs.dead_items is 'Work items that were given up.';
comment on column processing_jobs.pages_done is 'Pages stored.';
comment on column processing_jobs.error_code is 'Why it failed.';
comment on column processing_jobs.error_message is 'The same as a sentence.';
comment on column processing_jobs.options is 'What was asked for, a JSON object.';
comment on column processing_jobs.metrics is 'What came out of it, a JSON object.';
comment on column processing_jobs.requested_by is 'Who asked for it.';
comment on column processing_jobs.queued_at is 'When it was last queued.';
comment on column processing_jobs.started_at is 'When it began to run.';
comment on column processing_jobs.completed_at is 'When it ended, however it ended.';
comment on column processing_jobs.updated_at is 'When the row was last changed; by trigger.';
comment on table processing_queue is 'Work that can be claimed; a finished row is deleted, so that the table stays small.';
comment on column processing_queue.id is 'Key; older work has the smaller one.';
comment on column processing_queue.owner_id is 'The user whose row this is: the boundary of tenants.';
comment on column processing_queue.job_id is 'The job it belongs to.';
comment on column processing_queue.queue is 'The stage that is to run.';
comment on column processing_queue.page_from is 'First page.';
comment on column processing_queue.page_to is 'Last page.';
comment on column processing_queue.priority is 'Larger comes first.';
comment on column processing_queue.run_at is 'Not before this instant.';
comment on column processing_queue.status is 'ready, running or dead.';
comment on column processing_queue.attempts is 'How often it was tried.';
comment on column processing_queue.max_attempts is 'How often it may be tried.';
comment on column processing_queue.lease_owner is 'The worker that has it.';
comment on column processing_queue.lease_token is 'Rises with every claim; a write with an older one is refused.';
comment on column processing_queue.lease_expires_at is 'When it is taken away from a silent worker.';
comment on column processing_queue.last_attempt_at is 'When it was last claimed.';
comment on column processing_queue.error_code is 'Why the last attempt failed.';
comment on column processing_queue.error_message is 'The same as a sentence.';
comment on table workers is 'Processes that claim work.';
comment on column workers.id is 'UUID of this life of the process.';
comment on column workers.lock_key is 'Key of the advisory lock it holds while it lives.';
comment on column workers.host is 'Name of its machine.';
comment on column workers.pid is 'Its process id there.';
comment on column workers.version is 'Version of Docmill.';
comment on column workers.started_at is 'When it began.';
comment on column workers.heartbeat_at is 'When it last said that it lives.';
comment on table processing_history is 'What happened to a job, line by line; append-only.';
comment on column processing_history.id is 'Key.';
comment on column processing_history.owner_id is 'The user whose row this is: the boundary of tenants.';
comment on column processing_history.job_id is 'The job.';
comment on column processing_history.seq is '1..n within the job; by trigger.';
comment on column processing_history.zone_id is 'The zone it is about, if it is about one.';
comment on column processing_history.action is 'job.completed, item.done, item.retry and the like.';
comment on column processing_history.status is 'State of the job after it.';
comment on column processing_history.stage is 'Stage.';
comment on column processing_history.tier is 'How pages were read.';
comment on column processing_history.tool is 'With which engine.';
comment on column processing_history.attempt is 'Which attempt.';
comment on column processing_history.duration_ms is 'How long it took, in ms.';
comment on column processing_history.confidence is 'Mean confidence of what was read.';
comment on column processing_history.error_code is 'What went wrong.';
comment on column processing_history.error_message is 'The same as a sentence.';
comment on column processing_history.details is 'More, a JSON object.';
comment on column processing_history.created_at is 'When.';
comment on table pages is 'Pages of a version with what was read on them.';
comment on column pages.version_id is 'The version.';
comment on column pages.number is '1..n.';
comment on column pages.owner_id is 'The user whose row this is: the boundary of tenants.';
comment on column pages.job_id is 'The job that read it.';
comment on column pages.width is 'Width in points.';
comment on column pages.height is 'Height in points.';
comment on column pages.rotation is 'Degrees it is turned: 0, 90, 180 or 270.';
comment on column pages.text is 'The text in reading order.';
comment on column pages.text_source is 'How it was read.';
comment on column pages.tool is 'With which engine.';
comment on column pages.confidence is 'How sure the reading is.';
comment on column pages.word_boxes is 'Five numbers a word: x, y, width, height, confidence in ten-thousandths.';
comment on column pages.word_count is 'Number of words.';
comment on column pages.warnings is 'What a reader of the page should know, a JSON array.';
comment on column pages.created_at is 'When it was stored.';
comment on column pages.search is 'What full-text search looks at.';
comment on table zones is 'Regions of a page with their content.';
comment on column zones.id is 'UUID v7.';
comment on column zones.owner_id is 'The user whose row this is: the boundary of tenants.';
comment on column zones.version_id is 'The version.';
comment on column zones.page_number is 'The page.';
comment on column zones.position is '1..n in reading order.';
comment on column zones.kind is 'text, heading, table, figure and so on.';
comment on column zones.x is 'Left edge as a fraction of the page width.';
comment on column zones.y is 'Top edge as a fraction of the page height.';
comment on column zones.width is 'Width as a fraction.';
comment on column zones.height is 'Height as a fraction.';
comment on column zones.polygon is 'Outline, when it is no box.';
comment on column zones.content is 'The text.';
comment on column zones.data is 'Cells of a table and the like, JSON.';
comment on column zones.confidence is 'How sure the content is.';
comment on column zones.tool is 'The engine that made it.';
comment on column zones.status is 'State; moves only along state_transitions.';
comment on column zones.word_from is 'First of its words on the page, from 0.';
comment on column zones.word_to is 'Last of its words.';
comment on column zones.row_version is 'Rises with every edit, for ETag and If-Match.';
comment on column zones.metadata is 'More, a JSON object.';
comment on column zones.created_at is 'When it was stored.';
comment on column zones.updated_at is 'When the row was last changed; by trigger.';
comment on column folder_paths.id is 'The folder.';
comment on column folder_paths.owner_id is 'Its owner.';
comment on column folder_paths.path is 'Names from Home down to the folder.';
comment on column job_progress.job_id is 'The job.';
comment on column job_progress.owner_id is 'Its owner.';
comment on column job_progress.status is 'State.';
comment on column job_progress.stage is 'Stage it is at.';
comment on column job_progress.progress is 'Percent.';
comment on column job_progress.pages_total is 'Pages of the version; null until it is classified.';
comment on column job_progress.pages_done is 'Pages stored.';
comment on column job_progress.open_items is 'Work items that are not done.';
comment on column job_progress.started_at is 'When it began to run.';
comment on column job_progress.completed_at is 'When it ended.';
comment on column page_words.owner_id is 'Owner of the page.';
comment on column page_words.version_id is 'The version.';
comment on column page_words.page_number is 'The page.';
comment on column page_words.word_index is 'Place on the page, from 0.';
comment on column page_words.text is 'The word.';
comment on column page_words.x is 'Left edge as a fraction of the page width.';
comment on column page_words.y is 'Top edge as a fraction of the page height.';
comment on column page_words.width is 'Width as a fraction.';
comment on column page_words.height is 'Height as a fraction.';
comment on column page_words.confidence is 'How sure the word is, 0..1.';
comment on function bump_row_version is 'Trigger: counts the edits of a row.';
comment on function derive_document_status is 'Trigger: the status of a document follows from its newest job.';
comment on function guard_folder_parent is 'Trigger: no cycles and no more than 20 levels.';
comment on function guard_transition is 'Trigger: a status moves only along state_transitions.';
comment on function number_document_version is 'Trigger: versions of a document count 1..n.';
comment on function number_history is 'Trigger: lines of a job count 1..n.';
comment on function record_job_status is 'Trigger: writes each state of a job to its history.';
comment on function touch_updated_at is 'Trigger: sets updated_at.';
comment on aggregate merge_histograms (bigint[]) is 'The sum of histograms, bin by bin.';

-- ---------------------------------------------------------------- what the run-time role may do

revoke all on function refresh_processing_daily, drop_raw_metrics, drop_metric_hours, archive_jobs from public;
grant execute on function refresh_processing_daily, drop_raw_metrics, drop_metric_hours, archive_jobs to docmill_app;
grant usage on sequence metrics_id_seq to docmill_app;
grant select on metrics_level, processing_metrics_hourly, processing_metrics_by_stage, processing_daily to docmill_app;
grant select, insert on processing_metrics, api_metrics to docmill_app;
grant select, insert, delete on metrics_due to docmill_app;
grant select, insert, update on processing_metrics_rollup to docmill_app;
grant select, update (rolled_up_to) on metrics_watermark to docmill_app;
