-- What people do with what was read: revisions of zones, structured results, review tasks, exports, usage,
-- and the tables of two engines that come later (idempotent requests, webhooks). Who changed something and why comes from
-- transaction-local settings: app.actor_id, app.actor_kind, app.reason, app.job_id, app.revision_kind.

insert into state_transitions (machine, from_status, to_status) values
  ('hitl_tasks', 'pending', 'assigned'),
  ('hitl_tasks', 'pending', 'cancelled'),
  ('hitl_tasks', 'assigned', 'in_progress'),
  ('hitl_tasks', 'assigned', 'pending'),
  ('hitl_tasks', 'assigned', 'cancelled'),
  ('hitl_tasks', 'in_progress', 'completed'),
  ('hitl_tasks', 'in_progress', 'pending'),
  ('hitl_tasks', 'in_progress', 'cancelled');

-- As before, and the error now names the table and the column, so that a caller can say which field refused.
create or replace function guard_transition() returns trigger language plpgsql as $$
declare
  before_status text := to_jsonb(old) ->> tg_argv[0];
  after_status text := to_jsonb(new) ->> tg_argv[0];
begin
  if not exists (
    select from state_transitions t
    where t.machine = tg_table_name and t.from_status = before_status and t.to_status = after_status
  ) then
    raise exception '% cannot go from % to %', tg_table_name, before_status, after_status
      using errcode = 'DM001', table = tg_table_name, column = tg_argv[0];
  end if;
  return new;
end
$$;

-- ---------------------------------------------------------------- zones and their revisions

alter table zones
  add constraint zones_data_check check (jsonb_typeof(data) = 'object'),
  add constraint zones_polygon_check check (
    case jsonb_typeof(polygon) when 'array' then jsonb_array_length(polygon) between 3 and 1000 else polygon is null end
  );

create table zone_revisions (
  id bigint generated always as identity primary key,
  owner_id uuid not null,
  zone_id uuid not null,
  version_id uuid not null,
  page_number integer not null,
  number integer not null check (number >= 1),
  kind text not null check (kind in ('extraction', 'correction', 'geometry', 'retype', 'revert', 'removal')),
  zone_kind text not null,
  position integer not null,
  x real not null,
  y real not null,
  width real not null,
  height real not null,
  polygon jsonb,
  content text not null,
  data jsonb,
  word_boxes bytea constraint zone_revisions_word_boxes_whole check (octet_length(word_boxes) % 10 = 0),
  confidence confidence not null,
  tool text not null,
  status text not null,
  reason_code text check (reason_code ~ '^[a-z][a-z0-9_]{0,49}$'),
  author_id uuid,
  job_id uuid,
  zone_created_at timestamptz not null,
  created_at timestamptz not null default now(),
  unique (zone_id, number),
  foreign key (version_id, page_number) references pages (version_id, number) on delete cascade,
  foreign key (owner_id, version_id) references document_versions (owner_id, id) on delete cascade
);
create index zone_revisions_page on zone_revisions (version_id, page_number);
create index zone_revisions_author on zone_revisions (author_id, created_at desc) where author_id is not null;

comment on table zone_revisions is
  'What a zone was before each change. Written by trigger on update and by the removal of a zone; never changed. Zones that were removed keep theirs as long as their page lives, so zone_id has no foreign key.';
comment on column zone_revisions.id is 'Key; ascending in the order of writing.';
comment on column zone_revisions.owner_id is 'Tenant.';
comment on column zone_revisions.zone_id is 'The zone; it may have been removed since.';
comment on column zone_revisions.version_id is 'Version of the document the zone belongs to.';
comment on column zone_revisions.page_number is 'Page the zone stands on.';
comment on column zone_revisions.number is '1..n per zone, in the order of the changes.';
comment on column zone_revisions.kind is
  'What the change was: extraction (a machine), correction of the text, geometry (box or place), retype, revert, removal.';
comment on column zone_revisions.zone_kind is 'zones.kind before the change.';
comment on column zone_revisions.position is 'zones.position before the change.';
comment on column zone_revisions.x is 'Left edge before the change, fraction of the page.';
comment on column zone_revisions.y is 'Top edge before the change, fraction of the page.';
comment on column zone_revisions.width is 'Width before the change, fraction of the page.';
comment on column zone_revisions.height is 'Height before the change, fraction of the page.';
comment on column zone_revisions.polygon is 'Outline before the change.';
comment on column zone_revisions.content is 'Text before the change.';
comment on column zone_revisions.data is 'Structure before the change.';
comment on column zone_revisions.word_boxes is
  'Boxes of the words of the zone before the change, as in pages.word_boxes; null when the change left the text alone.';
comment on column zone_revisions.confidence is 'Confidence before the change.';
comment on column zone_revisions.tool is 'Engine the content before the change came from.';
comment on column zone_revisions.status is 'zones.status before the change.';
comment on column zone_revisions.reason_code is 'Why, as a short word such as ocr_error.';
comment on column zone_revisions.author_id is 'Who made the change; null for a machine. No foreign key: history outlives its authors.';
comment on column zone_revisions.job_id is 'Run that made the change, for a machine.';
comment on column zone_revisions.zone_created_at is 'When the zone was first read or drawn.';
comment on column zone_revisions.created_at is 'When the change was made.';

-- A change that only follows from the change of another zone of the page (words counted on, places moved up) is
-- no edit of this zone: the transaction says app.zone_shift = on, and neither a revision nor a new ETag is due.
create function record_zone_revision() returns trigger language plpgsql as $$
declare
  author uuid := case when coalesce(current_setting('app.actor_kind', true), '') not in ('system', 'worker')
    then nullif(current_setting('app.actor_id', true), '')::uuid end;
begin
  insert into zone_revisions
    (owner_id, zone_id, version_id, page_number, number, kind, zone_kind, position, x, y, width, height,
     polygon, content, data, word_boxes, confidence, tool, status, reason_code, author_id, job_id, zone_created_at)
  values
    (old.owner_id, old.id, old.version_id, old.page_number,
     (select coalesce(max(r.number), 0) + 1 from zone_revisions r where r.zone_id = old.id),
     coalesce(
       nullif(current_setting('app.revision_kind', true), ''),
       case
         when (old.content, old.data, old.confidence, old.tool)
           is distinct from (new.content, new.data, new.confidence, new.tool)
           then case when author is null then 'extraction' else 'correction' end
         when old.kind is distinct from new.kind then 'retype'
         else 'geometry'
       end),
     old.kind, old.position, old.x, old.y, old.width, old.height, old.polygon, old.content, old.data,
     case when old.content is distinct from new.content and old.word_from is not null then (
       select substring(p.word_boxes from 10 * old.word_from + 1 for 10 * (old.word_to - old.word_from + 1))
       from pages p where p.version_id = old.version_id and p.number = old.page_number)
     end,
     old.confidence, old.tool, old.status,
     case when author is not null then nullif(current_setting('app.reason', true), '') end,
     author,
     nullif(current_setting('app.job_id', true), '')::uuid,
     old.created_at);
  return null;
end
$$;
create trigger zones_record after update on zones for each row
  when (
    coalesce(current_setting('app.zone_shift', true), '') <> 'on'
    and (old.kind, old.position, old.x, old.y, old.width, old.height, old.polygon, old.content, old.data,
         old.confidence, old.tool)
      is distinct from
        (new.kind, new.position, new.x, new.y, new.width, new.height, new.polygon, new.content, new.data,
         new.confidence, new.tool)
  )
  execute function record_zone_revision();

drop trigger zones_version on zones;
create trigger zones_version before update on zones for each row
  when (
    coalesce(current_setting('app.zone_shift', true), '') <> 'on'
    and (old.kind, old.position, old.x, old.y, old.width, old.height, old.polygon, old.content, old.data,
         old.confidence)
      is distinct from
        (new.kind, new.position, new.x, new.y, new.width, new.height, new.polygon, new.content, new.data,
         new.confidence)
  )
  execute function bump_row_version();

create function refuse_revision_update() returns trigger language plpgsql as $$
begin
  raise exception 'a revision is never changed'
    using errcode = 'integrity_constraint_violation', constraint = 'zone_revisions_append_only',
      table = 'zone_revisions';
end
$$;
create trigger zone_revisions_append_only before update on zone_revisions
  for each row execute function refuse_revision_update();

-- What a revision was changed into: the state of the next one, or the zone as it is now.
create view user_corrections as
select
  r.id,
  r.owner_id,
  r.zone_id,
  r.version_id,
  r.page_number,
  r.content as original_content,
  case when later.id is null then z.content else later.content end as corrected_content,
  r.confidence as confidence_before,
  case when later.id is null then z.confidence else later.confidence end as confidence_after,
  coalesce(r.reason_code, r.kind) as correction_type,
  r.author_id as corrected_by,
  r.created_at
from zone_revisions r
left join zone_revisions later on later.zone_id = r.zone_id and later.number = r.number + 1
left join zones z on z.id = r.zone_id
where r.author_id is not null and r.kind in ('correction', 'revert');
comment on view user_corrections is 'Every correction of a text by a person: what it was, what it became, and how sure both were.';

create view zone_confidence_history as
select
  r.zone_id,
  r.owner_id,
  r.confidence,
  r.tool,
  coalesce(before.created_at, r.zone_created_at) as recorded_at
from zone_revisions r
left join zone_revisions before on before.zone_id = r.zone_id and before.number = r.number - 1
union all
select
  z.id,
  z.owner_id,
  z.confidence,
  z.tool,
  coalesce(
    (select max(r.created_at) from zone_revisions r where r.zone_id = z.id),
    z.created_at)
from zones z;
comment on view zone_confidence_history is 'How sure each zone has been over time, from its revisions and its present state.';

-- ---------------------------------------------------------------- structured results

create table processed_content (
  id uuid primary key,
  owner_id uuid not null references users on delete cascade,
  version_id uuid,
  entry_id uuid,
  job_id uuid,
  task_type text not null check (task_type ~ '^[a-z][a-z0-9_]{0,49}$'),
  source text not null check (source in ('machine', 'human')),
  processed_data jsonb not null check (jsonb_typeof(processed_data) = 'object'),
  confidence_score confidence not null,
  ai_provider_info jsonb check (jsonb_typeof(ai_provider_info) = 'object'),
  input_hash text check (input_hash ~ '^[0-9a-f]{64}$'),
  author_id uuid,
  superseded_at timestamptz,
  created_at timestamptz not null default now(),
  unique (owner_id, id),
  foreign key (owner_id, version_id) references document_versions (owner_id, id) on delete cascade,
  foreign key (owner_id, job_id) references processing_jobs (owner_id, id) on delete set null (job_id),
  constraint processed_content_one_subject check (num_nonnulls(version_id, entry_id) = 1),
  -- What a person has decided is not a guess, and has an author.
  constraint processed_content_human check (source <> 'human' or (confidence_score = 1 and author_id is not null))
);
create unique index processed_content_one_current on processed_content (version_id, entry_id, task_type)
  nulls not distinct where superseded_at is null;
create index processed_content_subject on processed_content (version_id, task_type, created_at desc);
create index processed_content_job on processed_content (job_id);

comment on table processed_content is
  'Structured results about a version or an entry, one current per subject and task type; those before it are kept.';
comment on column processed_content.id is 'Key.';
comment on column processed_content.owner_id is 'Tenant.';
comment on column processed_content.version_id is 'The version it is about, or null.';
comment on column processed_content.entry_id is 'The journal entry it is about, or null.';
comment on column processed_content.job_id is 'Run it came from; null when that is gone.';
comment on column processed_content.task_type is 'What was asked for, such as content_extraction, timetable, summary.';
comment on column processed_content.source is 'Who made it: machine or human.';
comment on column processed_content.processed_data is 'The result.';
comment on column processed_content.confidence_score is 'How sure it is; 1 for a person.';
comment on column processed_content.ai_provider_info is 'Provider, model, version, tokens, ms and request id, where a model made it.';
comment on column processed_content.input_hash is 'SHA-256 of what it was made from, in hex, so that equal work is not done twice.';
comment on column processed_content.author_id is 'The person, for source human. No foreign key: results outlive their authors.';
comment on column processed_content.superseded_at is 'When a newer result took its place; null for the current one.';
comment on column processed_content.created_at is 'When it was made.';

-- ---------------------------------------------------------------- review

create table hitl_tasks (
  id uuid primary key,
  owner_id uuid not null,
  job_id uuid not null,
  page_number integer check (page_number >= 1),
  zone_id uuid,
  reason text not null
    check (reason in ('low_confidence', 'validation_failed', 'tool_disagreement', 'sample', 'requested')),
  priority smallint not null default 2 check (priority between 1 and 4),
  status text not null default 'pending'
    check (status in ('pending', 'assigned', 'in_progress', 'completed', 'cancelled')),
  assigned_to uuid references users on delete set null,
  lease_expires_at timestamptz,
  draft_data jsonb not null default '{}' check (jsonb_typeof(draft_data) = 'object'),
  final_data jsonb check (jsonb_typeof(final_data) = 'object'),
  review_notes text check (length(review_notes) <= 5000),
  due_at timestamptz,
  completed_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  assigned_at timestamptz,
  started_at timestamptz,
  completed_at timestamptz,
  unique (owner_id, id),
  foreign key (owner_id, job_id) references processing_jobs (owner_id, id) on delete cascade,
  constraint hitl_tasks_zone_has_page check (zone_id is null or page_number is not null),
  constraint hitl_tasks_assignee check ((status in ('assigned', 'in_progress')) = (assigned_to is not null)),
  constraint hitl_tasks_lease check ((assigned_to is null) = (lease_expires_at is null)),
  constraint hitl_tasks_completed check (
    (status = 'completed') = (completed_at is not null)
    and (status <> 'completed' or (final_data is not null and completed_by is not null))
  )
);
create unique index hitl_tasks_one_open on hitl_tasks (job_id, page_number, zone_id) nulls not distinct
  where status in ('pending', 'assigned', 'in_progress');
create index hitl_tasks_queue on hitl_tasks (owner_id, priority desc, id) where status = 'pending';
create index hitl_tasks_leases on hitl_tasks (lease_expires_at) where status in ('assigned', 'in_progress');
create index hitl_tasks_assignee_open on hitl_tasks (assigned_to) where assigned_to is not null;
create index hitl_tasks_newest on hitl_tasks (owner_id, id desc);

comment on table hitl_tasks is 'A request that a person decides a part of the result of a job (human in the loop).';
comment on column hitl_tasks.id is 'Key.';
comment on column hitl_tasks.owner_id is 'Tenant: whose document it is.';
comment on column hitl_tasks.job_id is 'Run whose result is doubted.';
comment on column hitl_tasks.page_number is 'Page to look at; null for the whole document.';
comment on column hitl_tasks.zone_id is 'Zone to look at; null for the whole page. No foreign key: the record outlives the zone.';
comment on column hitl_tasks.reason is 'Why a person is asked.';
comment on column hitl_tasks.priority is '1 low, 2 normal, 3 high, 4 urgent.';
comment on column hitl_tasks.status is 'See docs/reference/state-machines.md.';
comment on column hitl_tasks.assigned_to is 'The reviewer who has it; losing them returns the task to pending.';
comment on column hitl_tasks.lease_expires_at is 'Until when the reviewer has it to themselves; later it returns to the queue.';
comment on column hitl_tasks.draft_data is 'What the machine made of it, then what the reviewer saved on the way.';
comment on column hitl_tasks.final_data is 'The decision.';
comment on column hitl_tasks.review_notes is 'What the reviewer remarked.';
comment on column hitl_tasks.due_at is 'When it should be decided.';
comment on column hitl_tasks.completed_by is 'Who decided. No foreign key: the record outlives the person.';
comment on column hitl_tasks.created_at is 'When it was made.';
comment on column hitl_tasks.updated_at is 'When it was last changed.';
comment on column hitl_tasks.assigned_at is 'When the present reviewer got it.';
comment on column hitl_tasks.started_at is 'When the present reviewer began.';
comment on column hitl_tasks.completed_at is 'When it was decided.';

create trigger hitl_tasks_touch before update on hitl_tasks for each row execute function touch_updated_at();
create trigger hitl_tasks_guard before update of status on hitl_tasks
  for each row when (old.status is distinct from new.status) execute function guard_transition('status');

-- A task whose reviewer goes (released, lease over, user deleted or suspended) waits for another one.
create function return_task_to_queue() returns trigger language plpgsql as $$
begin
  if new.status in ('assigned', 'in_progress') then
    new.status := 'pending';
  end if;
  new.lease_expires_at := null;
  new.assigned_at := case when new.status = 'pending' then null else new.assigned_at end;
  new.started_at := case when new.status = 'pending' then null else new.started_at end;
  return new;
end
$$;
create trigger hitl_tasks_return before update on hitl_tasks
  for each row when (old.assigned_to is not null and new.assigned_to is null)
  execute function return_task_to_queue();

create function release_tasks_of_user() returns trigger language plpgsql as $$
begin
  update hitl_tasks set assigned_to = null
  where assigned_to = new.id and status in ('assigned', 'in_progress');
  return null;
end
$$;
create trigger users_release_tasks after update of status on users
  for each row when (new.status <> 'active' and old.status = 'active') execute function release_tasks_of_user();

-- What a run has left over is decided no more when the run was cancelled.
create function cancel_tasks_of_job() returns trigger language plpgsql as $$
begin
  update hitl_tasks set status = 'cancelled', assigned_to = null
  where job_id = new.id and status in ('pending', 'assigned', 'in_progress');
  return null;
end
$$;
create trigger processing_jobs_cancel_tasks after update of status on processing_jobs
  for each row when (new.status = 'cancelled' and old.status <> 'cancelled') execute function cancel_tasks_of_job();

-- ---------------------------------------------------------------- exports

create table export_records (
  id uuid primary key,
  owner_id uuid not null,
  document_id uuid not null,
  version_id uuid not null,
  export_type text not null
    check (export_type in ('full', 'partial', 'zones_only', 'text_only', 'metadata_only')),
  selection jsonb check (jsonb_typeof(selection) = 'object'),
  override_reason text check (length(trim(override_reason)) between 1 and 500),
  overridden_by uuid,
  validation_results jsonb not null default '{}' check (jsonb_typeof(validation_results) = 'object'),
  created_by uuid not null references users deferrable initially deferred,
  metadata jsonb not null default '{}' check (jsonb_typeof(metadata) = 'object'),
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  unique (owner_id, id),
  foreign key (owner_id, document_id) references documents (owner_id, id) on delete cascade,
  foreign key (document_id, version_id) references document_versions (document_id, id) on delete cascade,
  constraint export_records_selection check ((export_type = 'partial') = (selection is not null)),
  constraint export_records_override check ((override_reason is null) = (overridden_by is null)),
  constraint export_records_expiry check (expires_at > created_at)
);
create index export_records_document on export_records (document_id, id desc);
create index export_records_newest on export_records (owner_id, id desc);

comment on table export_records is 'One export of a version; its files stand in export_files, its status in the view export_history.';
comment on column export_records.id is 'Key.';
comment on column export_records.owner_id is 'Tenant.';
comment on column export_records.document_id is 'The document.';
comment on column export_records.version_id is 'The version that was exported.';
comment on column export_records.export_type is 'full, partial (by selection), zones_only, text_only or metadata_only.';
comment on column export_records.selection is 'Pages and zones of a partial export.';
comment on column export_records.override_reason is 'Why it was made though the gate refused it; null when the gate let it pass.';
comment on column export_records.overridden_by is 'Who decided that.';
comment on column export_records.validation_results is 'What the gate counted: zones selected, processed and failed.';
comment on column export_records.created_by is 'Who asked for it.';
comment on column export_records.metadata is 'Free facts.';
comment on column export_records.created_at is 'When it was asked for.';
comment on column export_records.expires_at is 'When its files may be removed; null for never.';

create table export_files (
  export_id uuid not null,
  format text not null check (format in
    ('json', 'jsonl', 'rag_json', 'finetune_jsonl', 'corrections_json', 'manifest_json', 'csv', 'xlsx', 'md', 'txt',
     'html', 'docx', 'pdf', 'hocr', 'alto', 'ics', 'log_md')),
  owner_id uuid not null,
  blob_id uuid,
  error_code text,
  error_message text,
  validation_results jsonb not null default '{}' check (jsonb_typeof(validation_results) = 'object'),
  item_count integer check (item_count >= 0),
  download_count integer not null default 0 check (download_count >= 0),
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (export_id, format),
  foreign key (owner_id, export_id) references export_records (owner_id, id) on delete cascade,
  foreign key (owner_id, blob_id) references blobs (owner_id, id) deferrable initially deferred,
  constraint export_files_finished check (
    (finished_at is not null) = (num_nonnulls(blob_id, error_code) = 1) and num_nonnulls(blob_id, error_code) <= 1
  )
);
create index export_files_blob on export_files (blob_id);

comment on table export_files is 'One file of an export: stored, failed, or not made yet.';
comment on column export_files.export_id is 'The export.';
comment on column export_files.format is 'Format of the file.';
comment on column export_files.owner_id is 'Tenant.';
comment on column export_files.blob_id is 'Its bytes, when it is made.';
comment on column export_files.error_code is 'Why it could not be made.';
comment on column export_files.error_message is 'The same as a sentence.';
comment on column export_files.validation_results is 'What checking the file against its schema found.';
comment on column export_files.item_count is 'Pages or lines in it.';
comment on column export_files.download_count is 'How often it was downloaded.';
comment on column export_files.created_at is 'When it was asked for.';
comment on column export_files.finished_at is 'When it was stored or given up.';

create view export_history as
select
  e.id,
  e.owner_id,
  e.document_id,
  e.version_id,
  e.export_type,
  e.selection,
  case
    when bool_or(f.error_code is not null) then 'failed'
    when bool_and(f.finished_at is not null) then 'completed'
    else 'pending'
  end as status,
  array_agg(f.format order by f.format) as formats,
  coalesce(sum(b.size_bytes), 0)::bigint as file_size_bytes,
  coalesce(sum(f.download_count), 0)::bigint as download_count,
  e.override_reason,
  e.overridden_by,
  e.validation_results,
  e.created_by,
  e.created_at,
  e.expires_at,
  max(f.finished_at) as completed_at
from export_records e
join export_files f on f.export_id = e.id
left join blobs b on b.id = f.blob_id
group by e.id;
comment on view export_history is 'Every export with its derived status, its formats, size and downloads.';

-- ---------------------------------------------------------------- usage

create table usage_events (
  metric text not null check (metric in ('pages_processed', 'queries_made', 'storage_bytes')),
  source_id text not null check (length(source_id) between 1 and 200),
  owner_id uuid not null references users on delete cascade,
  amount bigint not null,
  occurred_at timestamptz not null default now(),
  primary key (metric, source_id),
  -- Only stored bytes can become fewer.
  constraint usage_events_amount check (amount > 0 or (metric = 'storage_bytes' and amount <> 0))
);
create index usage_events_owner on usage_events (owner_id, occurred_at);

comment on table usage_events is 'What was used. The key names what it was for, so that a retry cannot count twice.';
comment on column usage_events.metric is 'pages_processed, queries_made or storage_bytes.';
comment on column usage_events.source_id is 'What was counted: a page of a run, a request, a blob.';
comment on column usage_events.owner_id is 'Tenant: who used it.';
comment on column usage_events.amount is 'How much; negative for bytes that were removed.';
comment on column usage_events.occurred_at is 'When; decides the day, in UTC.';

create table usage_stats (
  user_id uuid not null references users on delete cascade,
  date date not null,
  pages_processed bigint not null default 0 check (pages_processed >= 0),
  queries_made bigint not null default 0 check (queries_made >= 0),
  storage_bytes bigint not null default 0 check (storage_bytes >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  owner_id uuid not null generated always as (user_id) stored,
  primary key (user_id, date)
);
comment on table usage_stats is 'Usage per person and UTC day, summed up from usage_events by trigger and by nothing else.';
comment on column usage_stats.user_id is 'Who.';
comment on column usage_stats.date is 'The day in UTC.';
comment on column usage_stats.pages_processed is 'Pages read that day.';
comment on column usage_stats.queries_made is 'Searches asked that day.';
comment on column usage_stats.storage_bytes is 'Bytes stored at the end of that day; days without a row are as the one before.';
comment on column usage_stats.created_at is 'When the first event of the day came.';
comment on column usage_stats.updated_at is 'When the last event of the day came.';
comment on column usage_stats.owner_id is 'Tenant: the same as user_id, named as in all tables.';

-- Stored bytes are those at the end of a day: a new day begins with what the last one ended with, and an event
-- changes its day and all days after it.
create function count_usage() returns trigger language plpgsql as $$
begin
  insert into usage_stats as s (user_id, date, pages_processed, queries_made, storage_bytes)
  select
    a.owner_id,
    a.day,
    a.pages,
    a.queries,
    coalesce((
      select before.storage_bytes from usage_stats before
      where before.user_id = a.owner_id and before.date < a.day order by before.date desc limit 1), 0)
  from (
    select
      owner_id,
      (occurred_at at time zone 'UTC')::date as day,
      coalesce(sum(amount) filter (where metric = 'pages_processed'), 0) as pages,
      coalesce(sum(amount) filter (where metric = 'queries_made'), 0) as queries
    from added
    group by 1, 2
  ) a
  order by 1, 2
  on conflict (user_id, date) do update set
    pages_processed = s.pages_processed + excluded.pages_processed,
    queries_made = s.queries_made + excluded.queries_made,
    updated_at = now();
  if exists (select from added where metric = 'storage_bytes') then
    update usage_stats s
    set storage_bytes = greatest(0, s.storage_bytes + moved.bytes), updated_at = now()
    from (
      select n.owner_id, d.date, sum(n.amount) as bytes
      from added n
      join usage_stats d on d.user_id = n.owner_id and d.date >= (n.occurred_at at time zone 'UTC')::date
      where n.metric = 'storage_bytes'
      group by 1, 2
    ) moved
    where s.user_id = moved.owner_id and s.date = moved.date;
  end if;
  return null;
end
$$;
create trigger usage_events_count after insert on usage_events
  referencing new table as added for each statement execute function count_usage();

-- ---------------------------------------------------------------- tables of engines that come later

create table idempotency_keys (
  owner_id uuid not null references users on delete cascade,
  key text not null check (length(key) between 1 and 255),
  method text not null,
  route text not null,
  request_hash text not null check (request_hash ~ '^[0-9a-f]{64}$'),
  status_code smallint check (status_code between 100 and 599),
  response jsonb,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (owner_id, key),
  constraint idempotency_keys_expiry check (expires_at > created_at),
  constraint idempotency_keys_answered check (response is null or status_code is not null)
);
create index idempotency_keys_expires on idempotency_keys (expires_at);
comment on table idempotency_keys is 'Writes that carried an Idempotency-Key, with the answer they got, so that a repetition gets the same.';
comment on column idempotency_keys.owner_id is 'Tenant.';
comment on column idempotency_keys.key is 'As the client sent it.';
comment on column idempotency_keys.method is 'HTTP method.';
comment on column idempotency_keys.route is 'Template of the route.';
comment on column idempotency_keys.request_hash is 'SHA-256 of the request in hex: the same key with another request is refused.';
comment on column idempotency_keys.status_code is 'Status of the answer; null while the first request runs.';
comment on column idempotency_keys.response is 'Body of the answer.';
comment on column idempotency_keys.created_at is 'When the first request came.';
comment on column idempotency_keys.expires_at is 'When the key may be used anew.';

create table webhook_endpoints (
  id uuid primary key,
  owner_id uuid not null references users on delete cascade,
  url text not null check (url ~ '^https?://[^[:space:]]+$' and length(url) <= 2000),
  description text check (length(description) <= 500),
  secret bytea not null check (length(secret) between 24 and 64),
  events text[] not null check (cardinality(events) between 1 and 50),
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (owner_id, id)
);
create unique index webhook_endpoints_one_url on webhook_endpoints (owner_id, url);
create trigger webhook_endpoints_touch before update on webhook_endpoints
  for each row execute function touch_updated_at();
comment on table webhook_endpoints is 'Addresses that are told of events.';
comment on column webhook_endpoints.id is 'Key.';
comment on column webhook_endpoints.owner_id is 'Tenant.';
comment on column webhook_endpoints.url is 'Where events are sent.';
comment on column webhook_endpoints.description is 'What it is for.';
comment on column webhook_endpoints.secret is 'Signs what is sent; shown once and never logged.';
comment on column webhook_endpoints.events is 'Names of the events it wants.';
comment on column webhook_endpoints.is_active is 'False while it is switched off.';
comment on column webhook_endpoints.created_at is 'When it was made.';
comment on column webhook_endpoints.updated_at is 'When it was last changed.';

create table webhook_deliveries (
  id uuid primary key,
  owner_id uuid not null,
  endpoint_id uuid not null,
  event_id uuid not null,
  event text not null check (length(event) between 1 and 100),
  payload jsonb not null check (jsonb_typeof(payload) = 'object'),
  status text not null default 'pending' check (status in ('pending', 'delivered', 'dead')),
  attempts smallint not null default 0 check (attempts >= 0),
  next_attempt_at timestamptz,
  response_status smallint check (response_status between 100 and 599),
  error_message text,
  created_at timestamptz not null default now(),
  delivered_at timestamptz,
  foreign key (owner_id, endpoint_id) references webhook_endpoints (owner_id, id) on delete cascade,
  constraint webhook_deliveries_delivered check ((status = 'delivered') = (delivered_at is not null)),
  constraint webhook_deliveries_next check ((status = 'pending') = (next_attempt_at is not null))
);
create unique index webhook_deliveries_once on webhook_deliveries (endpoint_id, event_id);
create index webhook_deliveries_due on webhook_deliveries (next_attempt_at) where status = 'pending';
create index webhook_deliveries_newest on webhook_deliveries (owner_id, id desc);
comment on table webhook_deliveries is 'What was sent to an endpoint and how it went; a replay is a new attempt of the same row.';
comment on column webhook_deliveries.id is 'Key; sent along, so that the receiver can tell repetitions.';
comment on column webhook_deliveries.owner_id is 'Tenant.';
comment on column webhook_deliveries.endpoint_id is 'Where it goes.';
comment on column webhook_deliveries.event_id is 'The event; one delivery per endpoint and event.';
comment on column webhook_deliveries.event is 'Name of the event.';
comment on column webhook_deliveries.payload is 'Body that is sent.';
comment on column webhook_deliveries.status is 'pending, delivered, or dead after the last attempt.';
comment on column webhook_deliveries.attempts is 'Attempts so far.';
comment on column webhook_deliveries.next_attempt_at is 'When to try again; null when it is over.';
comment on column webhook_deliveries.response_status is 'HTTP status of the last answer.';
comment on column webhook_deliveries.error_message is 'Why the last attempt failed.';
comment on column webhook_deliveries.created_at is 'When the event happened.';
comment on column webhook_deliveries.delivered_at is 'When the receiver took it.';

-- ---------------------------------------------------------------- what the run-time role may do

grant select on user_corrections, zone_confidence_history, export_history to docmill_app;
grant select, insert on zone_revisions, usage_events to docmill_app;
grant select, insert, update on usage_stats to docmill_app;
grant select, insert, update, delete on
  processed_content, hitl_tasks, export_records, export_files, idempotency_keys, webhook_endpoints, webhook_deliveries
  to docmill_app;
