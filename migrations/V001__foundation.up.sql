-- The foundation: everything that one document needs on its way from upload to searchable zones.
-- Principles (docs/reference): the tenant is the user, so root tables carry owner_id and a child must
-- belong to the owner of its parent (composite keys); states move only along state_transitions; what is
-- derived is written by triggers only. PostgreSQL 15 is the floor.

create extension if not exists citext;
create extension if not exists pg_trgm;
create extension if not exists unaccent;

-- Run-time role. It owns nothing; the migrator grants it what it needs, table by table.
do $$
begin
  if not exists (select from pg_roles where rolname = 'docmill_app') then
    create role docmill_app nologin;
  end if;
exception
  when duplicate_object or unique_violation then null; -- another database of this cluster was faster
end
$$;

create domain confidence as numeric(5,4) check (value between 0 and 1);
comment on domain confidence is 'How sure a result is, 0..1. Gates are applied before rounding to four decimals.';

-- Words are matched without accents and by English stem; words of other languages pass unstemmed.
create text search configuration docmill (copy = english);
alter text search configuration docmill
  alter mapping for hword, hword_part, word with unaccent, english_stem;

-- ---------------------------------------------------------------- state machines

create table state_transitions (
  machine text not null,
  from_status text not null,
  to_status text not null,
  primary key (machine, from_status, to_status)
);
comment on table state_transitions is 'The only moves a status may make; kernel/state-machines.ts holds the same list.';
comment on column state_transitions.machine is 'Table whose rows move.';
comment on column state_transitions.from_status is 'Status before.';
comment on column state_transitions.to_status is 'Status after.';

insert into state_transitions (machine, from_status, to_status) values
  ('processing_jobs', 'queued', 'running'),
  ('processing_jobs', 'queued', 'paused'),
  ('processing_jobs', 'queued', 'cancelled'),
  ('processing_jobs', 'running', 'queued'),
  ('processing_jobs', 'running', 'in_review'),
  ('processing_jobs', 'running', 'paused'),
  ('processing_jobs', 'running', 'completed'),
  ('processing_jobs', 'running', 'failed'),
  ('processing_jobs', 'running', 'cancelled'),
  ('processing_jobs', 'in_review', 'running'),
  ('processing_jobs', 'in_review', 'cancelled'),
  ('processing_jobs', 'in_review', 'failed'),
  ('processing_jobs', 'paused', 'queued'),
  ('processing_jobs', 'paused', 'cancelled'),
  ('processing_jobs', 'failed', 'queued'),
  ('zones', 'pending', 'processing'),
  ('zones', 'pending', 'skipped'),
  ('zones', 'processing', 'extracted'),
  ('zones', 'processing', 'failed'),
  ('zones', 'extracted', 'processing'),
  ('zones', 'extracted', 'corrected'),
  ('zones', 'corrected', 'processing'),
  ('zones', 'corrected', 'corrected'),
  ('zones', 'failed', 'processing'),
  ('zones', 'failed', 'corrected'),
  ('zones', 'failed', 'skipped'),
  ('zones', 'skipped', 'processing'),
  ('blobs', 'pending', 'stored'),
  ('blobs', 'pending', 'failed'),
  ('blobs', 'stored', 'purging'),
  ('blobs', 'failed', 'purging'),
  ('blobs', 'purging', 'purged'),
  ('users', 'active', 'suspended'),
  ('users', 'suspended', 'active'),
  ('users', 'active', 'deleted'),
  ('users', 'suspended', 'deleted');

-- First argument: name of the status column. SQLSTATE DM001 becomes db.transition_refused.
create function guard_transition() returns trigger language plpgsql as $$
declare
  before_status text := to_jsonb(old) ->> tg_argv[0];
  after_status text := to_jsonb(new) ->> tg_argv[0];
begin
  if not exists (
    select from state_transitions t
    where t.machine = tg_table_name and t.from_status = before_status and t.to_status = after_status
  ) then
    raise exception '% cannot go from % to %', tg_table_name, before_status, after_status
      using errcode = 'DM001';
  end if;
  return new;
end
$$;

create function touch_updated_at() returns trigger language plpgsql as $$
begin
  new.updated_at := now();
  return new;
end
$$;

-- Edited rows carry a version for ETag and If-Match; machine updates of derived columns do not raise it.
create function bump_row_version() returns trigger language plpgsql as $$
begin
  new.row_version := old.row_version + 1;
  return new;
end
$$;

-- ---------------------------------------------------------------- identity

create table users (
  id uuid primary key,
  email citext not null unique check (length(email) between 3 and 320),
  email_verified_at timestamptz,
  first_name text check (length(first_name) <= 255),
  last_name text check (length(last_name) <= 255),
  name text generated always as (
    nullif(trim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), '')
  ) stored,
  role text not null default 'teacher' check (role in ('teacher', 'reviewer', 'admin')),
  status text not null default 'active' check (status in ('active', 'suspended', 'deleted')),
  settings jsonb not null default '{}' check (jsonb_typeof(settings) = 'object'),
  limits jsonb not null default '{}' check (jsonb_typeof(limits) = 'object'),
  last_login_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create trigger users_touch before update on users for each row execute function touch_updated_at();
create trigger users_guard before update of status on users
  for each row when (old.status is distinct from new.status) execute function guard_transition('status');

-- Until accounts arrive everything belongs to one local owner.
insert into users (id, email, first_name, role)
values ('00000000-0000-7000-8000-000000000001', 'owner@docmill.localhost', 'Local owner', 'admin');

-- ---------------------------------------------------------------- library

create table folders (
  id uuid primary key,
  owner_id uuid not null references users on delete cascade,
  parent_id uuid,
  name text not null check (name = trim(name) and length(name) between 1 and 255 and name !~ '[/[:cntrl:]]'),
  row_version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  unique (owner_id, id),
  constraint folders_parent_fk foreign key (owner_id, parent_id) references folders (owner_id, id) on delete cascade,
  constraint folders_not_own_parent check (parent_id <> id)
);
create unique index folders_sibling_name on folders (owner_id, parent_id, lower(name)) nulls not distinct
  where deleted_at is null;
create index folders_parent on folders (parent_id);
create trigger folders_touch before update on folders for each row execute function touch_updated_at();
create trigger folders_version before update of name, parent_id, deleted_at on folders
  for each row execute function bump_row_version();

-- Refuses cycles and more than 20 levels. The lock keeps two opposite moves of one owner from both
-- passing their check and making a cycle together.
create function guard_folder_parent() returns trigger language plpgsql as $$
declare
  above integer;
  below integer;
  looped boolean;
begin
  if new.parent_id is null then
    return new;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('folders:' || new.owner_id::text, 0));
  with recursive up as (
    select f.id, f.parent_id, 1 as level from folders f where f.id = new.parent_id
    union all
    select f.id, f.parent_id, up.level + 1 from folders f join up on f.id = up.parent_id where up.level < 64
  )
  select count(*), coalesce(bool_or(up.id = new.id), false) into above, looped from up;
  if looped then
    raise exception 'folder % would be inside itself', new.id
      using errcode = 'integrity_constraint_violation', constraint = 'folders_no_cycle';
  end if;
  with recursive down as (
    select new.id as id, 1 as level
    union all
    select f.id, down.level + 1 from folders f join down on f.parent_id = down.id where down.level < 64
  )
  select max(level) into below from down;
  if above + below > 20 then
    raise exception 'folders may be nested 20 deep'
      using errcode = 'integrity_constraint_violation', constraint = 'folders_depth';
  end if;
  return new;
end
$$;
create trigger folders_parent_guard before insert or update of parent_id on folders
  for each row execute function guard_folder_parent();

create view folder_paths as
with recursive chain as (
  select f.id, f.owner_id, array[f.name] as path from folders f where f.parent_id is null
  union all
  select f.id, f.owner_id, chain.path || f.name from folders f join chain on f.parent_id = chain.id
)
select id, owner_id, path from chain;
comment on view folder_paths is 'The chain of names from Home to each folder.';

create table blobs (
  id uuid primary key,
  owner_id uuid not null references users on delete cascade,
  purpose text not null check (purpose in ('source', 'page_image', 'thumbnail', 'avatar', 'export', 'import')),
  bucket text not null,
  object_key text not null check (length(object_key) between 1 and 500),
  object_version text,
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  size_bytes bigint check (size_bytes > 0),
  media_type text not null check (length(media_type) <= 100),
  state text not null default 'pending' check (state in ('pending', 'stored', 'failed', 'purging', 'purged')),
  created_at timestamptz not null default now(),
  stored_at timestamptz,
  unique (owner_id, id),
  unique (bucket, object_key),
  constraint blobs_stored_is_measured check (
    state in ('pending', 'failed', 'purging', 'purged')
    or (sha256 is not null and size_bytes is not null and stored_at is not null)
  )
);
create index blobs_old_pending on blobs (created_at) where state = 'pending';
create index blobs_owner_hash on blobs (owner_id, sha256) where state = 'stored';
create trigger blobs_guard before update of state on blobs
  for each row when (old.state is distinct from new.state) execute function guard_transition('state');

create table documents (
  id uuid primary key,
  owner_id uuid not null references users on delete cascade,
  folder_id uuid,
  title text not null check (title = trim(title) and length(title) between 1 and 255),
  current_version_id uuid,
  status text not null default 'uploaded'
    check (status in ('uploaded', 'processing', 'in_review', 'completed', 'failed')),
  processed_at timestamptz,
  language text,
  document_type text,
  metadata jsonb not null default '{}' check (jsonb_typeof(metadata) = 'object'),
  row_version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  unique (owner_id, id),
  constraint documents_folder_fk foreign key (owner_id, folder_id)
    references folders (owner_id, id) on delete set null (folder_id)
);
create index documents_newest on documents (owner_id, id desc) where deleted_at is null;
create index documents_folder on documents (owner_id, folder_id, id desc) where deleted_at is null;
create index documents_status on documents (owner_id, status, id desc) where deleted_at is null;
create index documents_metadata on documents using gin (metadata jsonb_path_ops) where deleted_at is null;
create index documents_title on documents using gin (title gin_trgm_ops) where deleted_at is null;
create trigger documents_touch before update on documents for each row execute function touch_updated_at();
create trigger documents_version before update of title, folder_id, metadata, deleted_at on documents
  for each row execute function bump_row_version();

-- Blob and uploader are checked at commit: purging a user removes versions, blobs and user in one
-- statement, and a check at once would come before the versions are gone.
create table document_versions (
  id uuid primary key,
  owner_id uuid not null,
  document_id uuid not null,
  number integer not null check (number >= 1),
  blob_id uuid not null,
  original_name text not null check (length(original_name) between 1 and 1024),
  page_count integer check (page_count >= 0),
  uploaded_by uuid not null references users deferrable initially deferred,
  note text,
  metadata jsonb not null default '{}' check (jsonb_typeof(metadata) = 'object'),
  created_at timestamptz not null default now(),
  unique (owner_id, id),
  unique (document_id, id),
  unique (document_id, number),
  foreign key (owner_id, document_id) references documents (owner_id, id) on delete cascade,
  foreign key (owner_id, blob_id) references blobs (owner_id, id) deferrable initially deferred
);
create index document_versions_blob on document_versions (blob_id);

alter table documents add constraint documents_current_version_fk
  foreign key (id, current_version_id) references document_versions (document_id, id)
  deferrable initially deferred;

-- Versions count 1..n; the lock on the document keeps two uploads from getting one number.
create function number_document_version() returns trigger language plpgsql as $$
begin
  perform from documents d where d.id = new.document_id for update;
  select coalesce(max(v.number), 0) + 1 into new.number
  from document_versions v where v.document_id = new.document_id;
  return new;
end
$$;
create trigger document_versions_number before insert on document_versions
  for each row execute function number_document_version();

-- ---------------------------------------------------------------- processing

create table processing_jobs (
  id uuid primary key,
  owner_id uuid not null,
  kind text not null default 'extract' check (kind in ('extract', 'analyse', 'export', 'reindex', 'archive')),
  version_id uuid not null,
  strategy text not null default 'auto' check (strategy in ('auto', 'fast', 'balanced', 'accurate')),
  status text not null default 'queued'
    check (status in ('queued', 'running', 'in_review', 'paused', 'completed', 'failed', 'cancelled')),
  stage text check (stage in ('classify', 'preprocess', 'ocr', 'llm', 'validate', 'persist')),
  tier text check (tier in ('text_layer', 'local_ocr', 'cloud_ocr', 'llm', 'human')),
  tool text,
  confidence confidence,
  progress numeric(5,2) not null default 0 check (progress between 0 and 100),
  priority smallint not null default 0,
  attempts smallint not null default 0,
  max_attempts smallint not null default 3 check (max_attempts between 1 and 20),
  open_items integer not null default 0 check (open_items >= 0),
  dead_items integer not null default 0 check (dead_items >= 0),
  pages_done integer not null default 0 check (pages_done >= 0),
  error_code text,
  error_message text,
  options jsonb not null default '{}' check (jsonb_typeof(options) = 'object'),
  metrics jsonb not null default '{}' check (jsonb_typeof(metrics) = 'object'),
  requested_by uuid not null references users deferrable initially deferred,
  queued_at timestamptz not null default now(),
  started_at timestamptz,
  completed_at timestamptz,
  updated_at timestamptz not null default now(),
  unique (owner_id, id),
  foreign key (owner_id, version_id) references document_versions (owner_id, id) on delete cascade,
  constraint processing_jobs_finished check (
    (completed_at is not null) = (status in ('completed', 'failed', 'cancelled'))
  ),
  constraint processing_jobs_failed_says_why check (status <> 'failed' or error_code is not null)
) with (fillfactor = 80);
create unique index processing_jobs_one_open on processing_jobs (version_id, kind)
  where status in ('queued', 'running', 'in_review', 'paused');
create index processing_jobs_newest on processing_jobs (owner_id, id desc);
create index processing_jobs_version on processing_jobs (version_id, id desc);
create trigger processing_jobs_touch before update on processing_jobs
  for each row execute function touch_updated_at();
create trigger processing_jobs_guard before update of status on processing_jobs
  for each row when (old.status is distinct from new.status) execute function guard_transition('status');

-- The hot table: one row per claimable unit. A finished row is deleted in the transaction that stores
-- its effect, so it stays small. Exactly two indexes; see docs/decisions on the queue.
create table processing_queue (
  id bigint generated always as identity primary key,
  owner_id uuid not null,
  job_id uuid not null references processing_jobs on delete cascade,
  queue text not null check (queue in ('classify', 'preprocess', 'ocr', 'llm', 'validate', 'persist')),
  page_from integer not null default 1,
  page_to integer not null default 1,
  priority smallint not null default 0,
  run_at timestamptz not null default now(),
  status text not null default 'ready' check (status in ('ready', 'running', 'dead')),
  attempts smallint not null default 0,
  max_attempts smallint not null default 3,
  lease_owner uuid,
  lease_token bigint not null default 0,
  lease_expires_at timestamptz,
  last_attempt_at timestamptz,
  error_code text,
  error_message text,
  constraint processing_queue_pages check (page_from >= 1 and page_to >= page_from),
  -- A lease without an end would never be taken away from a worker that died.
  constraint processing_queue_lease check (
    (status = 'running') = (lease_owner is not null)
    and (lease_owner is null) = (lease_expires_at is null)
  )
) with (fillfactor = 100, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 5000);
create index processing_queue_ready on processing_queue (queue, priority desc, id) where status = 'ready';

create table workers (
  id uuid primary key,
  lock_key bigint not null,
  host text not null,
  pid integer not null,
  version text not null,
  started_at timestamptz not null default now(),
  heartbeat_at timestamptz not null default now()
);

create table processing_history (
  id bigint generated always as identity primary key,
  owner_id uuid not null,
  job_id uuid not null references processing_jobs on delete cascade,
  seq integer not null,
  zone_id uuid,
  action text not null check (length(action) between 1 and 100),
  status text,
  stage text,
  tier text,
  tool text,
  attempt smallint,
  duration_ms integer check (duration_ms >= 0),
  confidence confidence,
  error_code text,
  error_message text,
  details jsonb not null default '{}' check (jsonb_typeof(details) = 'object'),
  created_at timestamptz not null default now(),
  unique (job_id, seq)
);

-- seq counts 1..n per job. Writers hold the job's row lock already (they change the job in the same transaction).
create function number_history() returns trigger language plpgsql as $$
begin
  perform from processing_jobs j where j.id = new.job_id for no key update;
  select coalesce(max(h.seq), 0) + 1 into new.seq from processing_history h where h.job_id = new.job_id;
  return new;
end
$$;
create trigger processing_history_number before insert on processing_history
  for each row execute function number_history();

create function record_job_status() returns trigger language plpgsql as $$
begin
  insert into processing_history
    (owner_id, job_id, seq, action, status, stage, tier, tool, attempt, confidence, error_code, error_message)
  values
    (new.owner_id, new.id, 0, 'job.' || new.status, new.status, new.stage, new.tier, new.tool,
     new.attempts, new.confidence, new.error_code, new.error_message);
  return null;
end
$$;
create trigger processing_jobs_record_insert after insert on processing_jobs
  for each row execute function record_job_status();
create trigger processing_jobs_record after update of status on processing_jobs
  for each row when (old.status is distinct from new.status) execute function record_job_status();

-- documents.status and processed_at are derived: the newest extract job of the current version decides.
create function derive_document_status() returns trigger language plpgsql as $$
begin
  if new.kind <> 'extract' then
    return null;
  end if;
  update documents d
  set status = case new.status
        when 'queued' then 'uploaded'
        when 'running' then 'processing'
        when 'paused' then 'processing'
        when 'in_review' then 'in_review'
        when 'completed' then 'completed'
        when 'failed' then 'failed'
        else 'uploaded'
      end,
      processed_at = case when new.status = 'completed' then new.completed_at else d.processed_at end
  where d.current_version_id = new.version_id
    and d.id = (select v.document_id from document_versions v where v.id = new.version_id);
  return null;
end
$$;
create trigger processing_jobs_derive_insert after insert on processing_jobs
  for each row execute function derive_document_status();
create trigger processing_jobs_derive after update of status on processing_jobs
  for each row when (old.status is distinct from new.status) execute function derive_document_status();

-- ---------------------------------------------------------------- what was read

create table pages (
  version_id uuid not null,
  number integer not null check (number >= 1),
  owner_id uuid not null,
  job_id uuid references processing_jobs on delete set null,
  width real not null check (width > 0),
  height real not null check (height > 0),
  rotation smallint not null default 0 check (rotation in (0, 90, 180, 270)),
  text text not null,
  text_source text not null check (text_source in ('text_layer', 'local_ocr', 'cloud_ocr', 'llm', 'human')),
  tool text not null,
  confidence confidence not null,
  -- x, y, width, height and confidence of each word of the text, in ten-thousandths. An array of small
  -- numbers costs a fifth of the same as jsonb to write, and this is the largest column there is.
  word_boxes smallint[] not null constraint pages_word_boxes_whole check (cardinality(word_boxes) % 5 = 0),
  word_count integer not null generated always as (cardinality(word_boxes) / 5) stored,
  warnings jsonb not null default '[]' check (jsonb_typeof(warnings) = 'array'),
  created_at timestamptz not null default now(),
  search tsvector generated always as (to_tsvector('docmill', left(text, 200000))) stored,
  primary key (version_id, number),
  foreign key (owner_id, version_id) references document_versions (owner_id, id) on delete cascade
);
-- Boxes hardly compress, so trying only costs time.
alter table pages alter column word_boxes set storage external;
create index pages_search on pages using gin (search);
create index pages_newest on pages (owner_id, version_id desc, number);
create index pages_job on pages (job_id);

create table zones (
  id uuid primary key,
  owner_id uuid not null,
  version_id uuid not null,
  page_number integer not null,
  position integer not null check (position >= 1),
  kind text not null check (kind in
    ('text', 'heading', 'table', 'figure', 'diagram', 'image', 'header', 'footer', 'handwriting', 'unknown')),
  x real not null check (x between 0 and 1),
  y real not null check (y between 0 and 1),
  width real not null check (width between 0 and 1),
  height real not null check (height between 0 and 1),
  polygon jsonb,
  content text not null,
  data jsonb,
  confidence confidence not null,
  tool text not null,
  status text not null default 'extracted'
    check (status in ('pending', 'processing', 'extracted', 'corrected', 'failed', 'skipped')),
  word_from integer,
  word_to integer,
  row_version integer not null default 1,
  metadata jsonb not null default '{}' check (jsonb_typeof(metadata) = 'object'),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  foreign key (version_id, page_number) references pages (version_id, number) on delete cascade,
  foreign key (owner_id, version_id) references document_versions (owner_id, id) on delete cascade,
  constraint zones_inside_page check (x + width <= 1.001 and y + height <= 1.001),
  constraint zones_words check ((word_from is null) = (word_to is null) and word_to >= word_from),
  constraint zones_position unique (version_id, page_number, position) deferrable initially immediate
);
create index zones_low_confidence on zones (version_id, page_number, position) where confidence < 0.8;
create trigger zones_touch before update on zones for each row execute function touch_updated_at();
create trigger zones_version before update of kind, x, y, width, height, content, data, position on zones
  for each row execute function bump_row_version();
create trigger zones_guard before update of status on zones
  for each row when (old.status is distinct from new.status) execute function guard_transition('status');

-- ---------------------------------------------------------------- views

create view job_progress as
select
  j.id as job_id,
  j.owner_id,
  j.status,
  j.stage,
  j.progress,
  v.page_count as pages_total,
  j.pages_done,
  j.open_items,
  j.started_at,
  j.completed_at
from processing_jobs j
join document_versions v on v.id = j.version_id;
-- The words of every page as rows, for people who query by SQL. The text of a page splits into its words.
create view page_words as
select
  p.owner_id,
  p.version_id,
  p.number as page_number,
  (word.place - 1)::integer as word_index,
  word.text,
  p.word_boxes[5 * word.place - 4] / 10000.0 as x,
  p.word_boxes[5 * word.place - 3] / 10000.0 as y,
  p.word_boxes[5 * word.place - 2] / 10000.0 as width,
  p.word_boxes[5 * word.place - 1] / 10000.0 as height,
  p.word_boxes[5 * word.place] / 10000.0 as confidence
from pages p
cross join lateral unnest(regexp_split_to_array(trim(p.text, E' \n'), '\s+'))
  with ordinality as word (text, place)
where word.text <> '';
comment on view page_words is 'Every word of every page with its box as fractions of the page and its confidence.';

comment on view job_progress is 'How far each job is: pages stored by it against the pages of its version.';

-- ---------------------------------------------------------------- what the run-time role may do

grant usage on schema public to docmill_app;
grant select on state_transitions, folder_paths, job_progress, page_words to docmill_app;
grant select, insert, update, delete on
  users, folders, blobs, documents, document_versions, processing_jobs, processing_queue, workers, pages, zones
  to docmill_app;
-- History is append-only: nothing at run time may change or delete it (purging a job cascades).
grant select, insert on processing_history to docmill_app;
