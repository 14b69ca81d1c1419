-- Extensions

extension citext
extension pg_trgm
extension unaccent

-- Types

domain confidence as numeric(5,4) constraint confidence_check CHECK (((VALUE >= (0)::numeric) AND (VALUE <= (1)::numeric)))

-- Text search

text search configuration docmill: asciihword -> english_stem
text search configuration docmill: asciiword -> english_stem
text search configuration docmill: email -> simple
text search configuration docmill: file -> simple
text search configuration docmill: float -> simple
text search configuration docmill: host -> simple
text search configuration docmill: hword -> unaccent, english_stem
text search configuration docmill: hword_asciipart -> english_stem
text search configuration docmill: hword_numpart -> simple
text search configuration docmill: hword_part -> unaccent, english_stem
text search configuration docmill: int -> simple
text search configuration docmill: numhword -> simple
text search configuration docmill: numword -> simple
text search configuration docmill: sfloat -> simple
text search configuration docmill: uint -> simple
text search configuration docmill: url -> simple
text search configuration docmill: url_path -> simple
text search configuration docmill: version -> simple
text search configuration docmill: word -> unaccent, english_stem

-- Tables and views

table blobs
  id uuid not null
  owner_id uuid not null
  purpose text not null
  bucket text not null
  object_key text not null
  object_version text
  sha256 text
  size_bytes bigint
  media_type text not null
  state text not null default 'pending'::text
  created_at timestamp with time zone not null default now()
  stored_at timestamp with time zone
  constraint blobs_bucket_object_key_key UNIQUE (bucket, object_key)
  constraint blobs_media_type_check CHECK ((length(media_type) <= 100))
  constraint blobs_object_key_check CHECK (((length(object_key) >= 1) AND (length(object_key) <= 500)))
  constraint blobs_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users(id) ON DELETE CASCADE
  constraint blobs_owner_id_id_key UNIQUE (owner_id, id)
  constraint blobs_pkey PRIMARY KEY (id)
  constraint blobs_purpose_check CHECK ((purpose = ANY (ARRAY['source'::text, 'page_image'::text, 'thumbnail'::text, 'avatar'::text, 'export'::text, 'import'::text])))
  constraint blobs_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
  constraint blobs_size_bytes_check CHECK ((size_bytes > 0))
  constraint blobs_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'stored'::text, 'failed'::text, 'purging'::text, 'purged'::text])))
  constraint blobs_stored_is_measured CHECK (((state = ANY (ARRAY['pending'::text, 'failed'::text, 'purging'::text, 'purged'::text])) OR ((sha256 IS NOT NULL) AND (size_bytes IS NOT NULL) AND (stored_at IS NOT NULL))))

table document_versions
  id uuid not null
  owner_id uuid not null
  document_id uuid not null
  number integer not null
  blob_id uuid not null
  original_name text not null
  page_count integer
  uploaded_by uuid not null
  note text
  metadata jsonb not null default '{}'::jsonb
  created_at timestamp with time zone not null default now()
  constraint document_versions_document_id_id_key UNIQUE (document_id, id)
  constraint document_versions_document_id_number_key UNIQUE (document_id, number)
  constraint document_versions_metadata_check CHECK ((jsonb_typeof(metadata) = 'object'::text))
  constraint document_versions_number_check CHECK ((number >= 1))
  constraint document_versions_original_name_check CHECK (((length(original_name) >= 1) AND (length(original_name) <= 1024)))
  constraint document_versions_owner_id_blob_id_fkey FOREIGN KEY (owner_id, blob_id) REFERENCES blobs(owner_id, id) DEFERRABLE INITIALLY DEFERRED
  constraint document_versions_owner_id_document_id_fkey FOREIGN KEY (owner_id, document_id) REFERENCES documents(owner_id, id) ON DELETE CASCADE
  constraint document_versions_owner_id_id_key UNIQUE (owner_id, id)
  constraint document_versions_page_count_check CHECK ((page_count >= 0))
  constraint document_versions_pkey PRIMARY KEY (id)
  constraint document_versions_uploaded_by_fkey FOREIGN KEY (uploaded_by) REFERENCES users(id) DEFERRABLE INITIALLY DEFERRED

table documents
  id uuid not null
  owner_id uuid not null
  folder_id uuid
  title text not null
  current_version_id uuid
  status text not null default 'uploaded'::text
  processed_at timestamp with time zone
  language text
  document_type text
  metadata jsonb not null default '{}'::jsonb
  row_version integer not null default 1
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  deleted_at timestamp with time zone
  constraint documents_current_version_fk FOREIGN KEY (id, current_version_id) REFERENCES document_versions(document_id, id) DEFERRABLE INITIALLY DEFERRED
  constraint documents_folder_fk FOREIGN KEY (owner_id, folder_id) REFERENCES folders(owner_id, id) ON DELETE SET NULL (folder_id)
  constraint documents_metadata_check CHECK ((jsonb_typeof(metadata) = 'object'::text))
  constraint documents_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users(id) ON DELETE CASCADE
  constraint documents_owner_id_id_key UNIQUE (owner_id, id)
  constraint documents_pkey PRIMARY KEY (id)
  constraint documents_status_check CHECK ((status = ANY (ARRAY['uploaded'::text, 'processing'::text, 'in_review'::text, 'completed'::text, 'failed'::text])))
  constraint documents_title_check CHECK (((title = TRIM(BOTH FROM title)) AND ((length(title) >= 1) AND (length(title) <= 255))))

view folder_paths
  id uuid
  owner_id uuid
  path text[]
as
 WITH RECURSIVE chain AS (
         SELECT f.id,
            f.owner_id,
            ARRAY[f.name] AS path
           FROM folders f
          WHERE f.parent_id IS NULL
        UNION ALL
         SELECT f.id,
            f.owner_id,
            chain_1.path || f.name
           FROM folders f
             JOIN chain chain_1 ON f.parent_id = chain_1.id
        )
 SELECT id,
    owner_id,
    path
   FROM chain;

table folders
  id uuid not null
  owner_id uuid not null
  parent_id uuid
  name text not null
  row_version integer not null default 1
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  deleted_at timestamp with time zone
  constraint folders_name_check CHECK (((name = TRIM(BOTH FROM name)) AND ((length(name) >= 1) AND (length(name) <= 255)) AND (name !~ '[/[:cntrl:]]'::text)))
  constraint folders_not_own_parent CHECK ((parent_id <> id))
  constraint folders_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users(id) ON DELETE CASCADE
  constraint folders_owner_id_id_key UNIQUE (owner_id, id)
  constraint folders_parent_fk FOREIGN KEY (owner_id, parent_id) REFERENCES folders(owner_id, id) ON DELETE CASCADE
  constraint folders_pkey PRIMARY KEY (id)

view job_progress
  job_id uuid
  owner_id uuid
  status text
  stage text
  progress numeric(5,2)
  pages_total integer
  pages_done integer
  open_items integer
  started_at timestamp with time zone
  completed_at timestamp with time zone
as
 SELECT j.id AS job_id,
    j.owner_id,
    j.status,
    j.stage,
    j.progress,
    v.page_count AS pages_total,
    j.pages_done,
    j.open_items,
    j.started_at,
    j.completed_at
   FROM processing_jobs j
     JOIN document_versions v ON v.id = j.version_id;

view page_words
  owner_id uuid
  version_id uuid
  page_number integer
  word_index integer
  text text
  x numeric
  y numeric
  width numeric
  height numeric
  confidence numeric
as
 SELECT p.owner_id,
    p.version_id,
    p.number AS page_number,
    (word.place - 1)::integer AS word_index,
    word.text,
    p.word_boxes[(5 * word.place - 4)]::numeric / 10000.0 AS x,
    p.word_boxes[(5 * word.place - 3)]::numeric / 10000.0 AS y,
    p.word_boxes[(5 * word.place - 2)]::numeric / 10000.0 AS width,
    p.word_boxes[(5 * word.place - 1)]::numeric / 10000.0 AS height,
    p.word_boxes[(5 * word.place)]::numeric / 10000.0 AS confidence
   FROM pages p
     CROSS JOIN LATERAL unnest(regexp_split_to_array(TRIM(BOTH ' 
'::text FROM p.text), '\s+'::text)) WITH ORDINALITY word(text, place)
  WHERE word.text <> ''::text;

table pages
  version_id uuid not null
  number integer not null
  owner_id uuid not null
  job_id uuid
  width real not null
  height real not null
  rotation smallint not null default 0
  text text not null
  text_source text not null
  tool text not null
  confidence confidence not null
  word_boxes smallint[] not null
  word_count integer not null generated always as ((cardinality(word_boxes) / 5)) stored
  warnings jsonb not null default '[]'::jsonb
  created_at timestamp with time zone not null default now()
  search tsvector generated always as (to_tsvector('docmill'::regconfig, "left"(text, 200000))) stored
  constraint pages_height_check CHECK ((height > (0)::double precision))
  constraint pages_job_id_fkey FOREIGN KEY (job_id) REFERENCES processing_jobs(id) ON DELETE SET NULL
  constraint pages_number_check CHECK ((number >= 1))
  constraint pages_owner_id_version_id_fkey FOREIGN KEY (owner_id, version_id) REFERENCES document_versions(owner_id, id) ON DELETE CASCADE
  constraint pages_pkey PRIMARY KEY (version_id, number)
  constraint pages_rotation_check CHECK ((rotation = ANY (ARRAY[0, 90, 180, 270])))
  constraint pages_text_source_check CHECK ((text_source = ANY (ARRAY['text_layer'::text, 'local_ocr'::text, 'cloud_ocr'::text, 'llm'::text, 'human'::text])))
  constraint pages_warnings_check CHECK ((jsonb_typeof(warnings) = 'array'::text))
  constraint pages_width_check CHECK ((width > (0)::double precision))
  constraint pages_word_boxes_whole CHECK (((cardinality(word_boxes) % 5) = 0))

table processing_history
  id bigint not null generated always as identity
  owner_id uuid not null
  job_id uuid not null
  seq integer not null
  zone_id uuid
  action text not null
  status text
  stage text
  tier text
  tool text
  attempt smallint
  duration_ms integer
  confidence confidence
  error_code text
  error_message text
  details jsonb not null default '{}'::jsonb
  created_at timestamp with time zone not null default now()
  constraint processing_history_action_check CHECK (((length(action) >= 1) AND (length(action) <= 100)))
  constraint processing_history_details_check CHECK ((jsonb_typeof(details) = 'object'::text))
  constraint processing_history_duration_ms_check CHECK ((duration_ms >= 0))
  constraint processing_history_job_id_fkey FOREIGN KEY (job_id) REFERENCES processing_jobs(id) ON DELETE CASCADE
  constraint processing_history_job_id_seq_key UNIQUE (job_id, seq)
  constraint processing_history_pkey PRIMARY KEY (id)

table processing_jobs with (fillfactor=80)
  id uuid not null
  owner_id uuid not null
  kind text not null default 'extract'::text
  version_id uuid not null
  strategy text not null default 'auto'::text
  status text not null default 'queued'::text
  stage text
  tier text
  tool text
  confidence confidence
  progress numeric(5,2) not null default 0
  priority smallint not null default 0
  attempts smallint not null default 0
  max_attempts smallint not null default 3
  open_items integer not null default 0
  dead_items integer not null default 0
  pages_done integer not null default 0
  error_code text
  error_message text
  options jsonb not null default '{}'::jsonb
  metrics jsonb not null default '{}'::jsonb
  requested_by uuid not null
  queued_at timestamp with time zone not null default now()
  started_at timestamp with time zone
  completed_at timestamp with time zone
  updated_at timestamp with time zone not null default now()
  constraint processing_jobs_dead_items_check CHECK ((dead_items >= 0))
  constraint processing_jobs_failed_says_why CHECK (((status <> 'failed'::text) OR (error_code IS NOT NULL)))
  constraint processing_jobs_finished CHECK (((completed_at IS NOT NULL) = (status = ANY (ARRAY['completed'::text, 'failed'::text, 'cancelled'::text]))))
  constraint processing_jobs_kind_check CHECK ((kind = ANY (ARRAY['extract'::text, 'analyse'::text, 'export'::text, 'reindex'::text, 'archive'::text])))
  constraint processing_jobs_max_attempts_check CHECK (((max_attempts >= 1) AND (max_attempts <= 20)))
  constraint processing_jobs_metrics_check CHECK ((jsonb_typeof(metrics) = 'object'::text))
  constraint processing_jobs_open_items_check CHECK ((open_items >= 0))
  constraint processing_jobs_options_check CHECK ((jsonb_typeof(options) = 'object'::text))
  constraint processing_jobs_owner_id_id_key UNIQUE (owner_id, id)
  constraint processing_jobs_owner_id_version_id_fkey FOREIGN KEY (owner_id, version_id) REFERENCES document_versions(owner_id, id) ON DELETE CASCADE
  constraint processing_jobs_pages_done_check CHECK ((pages_done >= 0))
  constraint processing_jobs_pkey PRIMARY KEY (id)
  constraint processing_jobs_progress_check CHECK (((progress >= (0)::numeric) AND (progress <= (100)::numeric)))
  constraint processing_jobs_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES users(id) DEFERRABLE INITIALLY DEFERRED
  constraint processing_jobs_stage_check CHECK ((stage = ANY (ARRAY['classify'::text, 'preprocess'::text, 'ocr'::text, 'llm'::text, 'validate'::text, 'persist'::text])))
  constraint processing_jobs_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'in_review'::text, 'paused'::text, 'completed'::text, 'failed'::text, 'cancelled'::text])))
  constraint processing_jobs_strategy_check CHECK ((strategy = ANY (ARRAY['auto'::text, 'fast'::text, 'balanced'::text, 'accurate'::text])))
  constraint processing_jobs_tier_check CHECK ((tier = ANY (ARRAY['text_layer'::text, 'local_ocr'::text, 'cloud_ocr'::text, 'llm'::text, 'human'::text])))

table processing_queue with (autovacuum_vacuum_scale_factor=0.02, autovacuum_vacuum_threshold=5000, fillfactor=100)
  id bigint not null generated always as identity
  owner_id uuid not null
  job_id uuid not null
  queue text not null
  page_from integer not null default 1
  page_to integer not null default 1
  priority smallint not null default 0
  run_at timestamp with time zone not null default now()
  status text not null default 'ready'::text
  attempts smallint not null default 0
  max_attempts smallint not null default 3
  lease_owner uuid
  lease_token bigint not null default 0
  lease_expires_at timestamp with time zone
  last_attempt_at timestamp with time zone
  error_code text
  error_message text
  constraint processing_queue_job_id_fkey FOREIGN KEY (job_id) REFERENCES processing_jobs(id) ON DELETE CASCADE
  constraint processing_queue_lease CHECK ((((status = 'running'::text) = (lease_owner IS NOT NULL)) AND ((lease_owner IS NULL) = (lease_expires_at IS NULL))))
  constraint processing_queue_pages CHECK (((page_from >= 1) AND (page_to >= page_from)))
  constraint processing_queue_pkey PRIMARY KEY (id)
  constraint processing_queue_queue_check CHECK ((queue = ANY (ARRAY['classify'::text, 'preprocess'::text, 'ocr'::text, 'llm'::text, 'validate'::text, 'persist'::text])))
  constraint processing_queue_status_check CHECK ((status = ANY (ARRAY['ready'::text, 'running'::text, 'dead'::text])))

table schema_migrations
  version integer not null
  name text not null
  checksum text not null
  applied_at timestamp with time zone not null default now()
  duration_ms integer not null
  constraint schema_migrations_pkey PRIMARY KEY (version)

table state_transitions
  machine text not null
  from_status text not null
  to_status text not null
  constraint state_transitions_pkey PRIMARY KEY (machine, from_status, to_status)

table users
  id uuid not null
  email citext not null
  email_verified_at timestamp with time zone
  first_name text
  last_name text
  name text generated always as (NULLIF(TRIM(BOTH FROM ((COALESCE(first_name, ''::text) || ' '::text) || COALESCE(last_name, ''::text))), ''::text)) stored
  role text not null default 'teacher'::text
  status text not null default 'active'::text
  settings jsonb not null default '{}'::jsonb
  limits jsonb not null default '{}'::jsonb
  last_login_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  deleted_at timestamp with time zone
  constraint users_email_check CHECK (((length((email)::text) >= 3) AND (length((email)::text) <= 320)))
  constraint users_email_key UNIQUE (email)
  constraint users_first_name_check CHECK ((length(first_name) <= 255))
  constraint users_last_name_check CHECK ((length(last_name) <= 255))
  constraint users_limits_check CHECK ((jsonb_typeof(limits) = 'object'::text))
  constraint users_pkey PRIMARY KEY (id)
  constraint users_role_check CHECK ((role = ANY (ARRAY['teacher'::text, 'reviewer'::text, 'admin'::text])))
  constraint users_settings_check CHECK ((jsonb_typeof(settings) = 'object'::text))
  constraint users_status_check CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text, 'deleted'::text])))

table workers
  id uuid not null
  lock_key bigint not null
  host text not null
  pid integer not null
  version text not null
  started_at timestamp with time zone not null default now()
  heartbeat_at timestamp with time zone not null default now()
  constraint workers_pkey PRIMARY KEY (id)

table zones
  id uuid not null
  owner_id uuid not null
  version_id uuid not null
  page_number integer not null
  "position" integer not null
  kind text not null
  x real not null
  y real not null
  width real not null
  height real not null
  polygon jsonb
  content text not null
  data jsonb
  confidence confidence not null
  tool text not null
  status text not null default 'extracted'::text
  word_from integer
  word_to integer
  row_version integer not null default 1
  metadata jsonb not null default '{}'::jsonb
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  constraint zones_height_check CHECK (((height >= (0)::double precision) AND (height <= (1)::double precision)))
  constraint zones_inside_page CHECK ((((x + width) <= (1.001)::double precision) AND ((y + height) <= (1.001)::double precision)))
  constraint zones_kind_check CHECK ((kind = ANY (ARRAY['text'::text, 'heading'::text, 'table'::text, 'figure'::text, 'diagram'::text, 'image'::text, 'header'::text, 'footer'::text, 'handwriting'::text, 'unknown'::text])))
  constraint zones_metadata_check CHECK ((jsonb_typeof(metadata) = 'object'::text))
  constraint zones_owner_id_version_id_fkey FOREIGN KEY (owner_id, version_id) REFERENCES document_versions(owner_id, id) ON DELETE CASCADE
  constraint zones_pkey PRIMARY KEY (id)
  constraint zones_position UNIQUE (version_id, page_number, "position") DEFERRABLE
  constraint zones_position_check CHECK (("position" >= 1))
  constraint zones_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'processing'::text, 'extracted'::text, 'corrected'::text, 'failed'::text, 'skipped'::text])))
  constraint zones_version_id_page_number_fkey FOREIGN KEY (version_id, page_number) REFERENCES pages(version_id, number) ON DELETE CASCADE
  constraint zones_width_check CHECK (((width >= (0)::double precision) AND (width <= (1)::double precision)))
  constraint zones_words CHECK ((((word_from IS NULL) = (word_to IS NULL)) AND (word_to >= word_from)))
  constraint zones_x_check CHECK (((x >= (0)::double precision) AND (x <= (1)::double precision)))
  constraint zones_y_check CHECK (((y >= (0)::double precision) AND (y <= (1)::double precision)))

-- Indexes

CREATE INDEX blobs_old_pending ON public.blobs USING btree (created_at) WHERE (state = 'pending'::text)
CREATE INDEX blobs_owner_hash ON public.blobs USING btree (owner_id, sha256) WHERE (state = 'stored'::text)
CREATE INDEX document_versions_blob ON public.document_versions USING btree (blob_id)
CREATE INDEX documents_folder ON public.documents USING btree (owner_id, folder_id, id DESC) WHERE (deleted_at IS NULL)
CREATE INDEX documents_metadata ON public.documents USING gin (metadata jsonb_path_ops) WHERE (deleted_at IS NULL)
CREATE INDEX documents_newest ON public.documents USING btree (owner_id, id DESC) WHERE (deleted_at IS NULL)
CREATE INDEX documents_status ON public.documents USING btree (owner_id, status, id DESC) WHERE (deleted_at IS NULL)
CREATE INDEX documents_title ON public.documents USING gin (title gin_trgm_ops) WHERE (deleted_at IS NULL)
CREATE INDEX folders_parent ON public.folders USING btree (parent_id)
CREATE INDEX pages_job ON public.pages USING btree (job_id)
CREATE INDEX pages_newest ON public.pages USING btree (owner_id, version_id DESC, number)
CREATE INDEX pages_search ON public.pages USING gin (search)
CREATE INDEX processing_jobs_newest ON public.processing_jobs USING btree (owner_id, id DESC)
CREATE INDEX processing_jobs_version ON public.processing_jobs USING btree (version_id, id DESC)
CREATE INDEX processing_queue_ready ON public.processing_queue USING btree (queue, priority DESC, id) WHERE (status = 'ready'::text)
CREATE INDEX zones_low_confidence ON public.zones USING btree (version_id, page_number, "position") WHERE ((confidence)::numeric < 0.8)
CREATE UNIQUE INDEX folders_sibling_name ON public.folders USING btree (owner_id, parent_id, lower(name)) NULLS NOT DISTINCT WHERE (deleted_at IS NULL)
CREATE UNIQUE INDEX processing_jobs_one_open ON public.processing_jobs USING btree (version_id, kind) WHERE (status = ANY (ARRAY['queued'::text, 'running'::text, 'in_review'::text, 'paused'::text]))

-- Functions

CREATE OR REPLACE FUNCTION public.bump_row_version()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.row_version := old.row_version + 1;
  return new;
end
$function$

CREATE OR REPLACE FUNCTION public.derive_document_status()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$

CREATE OR REPLACE FUNCTION public.guard_folder_parent()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$

CREATE OR REPLACE FUNCTION public.guard_transition()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$

CREATE OR REPLACE FUNCTION public.number_document_version()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform from documents d where d.id = new.document_id for update;
  select coalesce(max(v.number), 0) + 1 into new.number
  from document_versions v where v.document_id = new.document_id;
  return new;
end
$function$

CREATE OR REPLACE FUNCTION public.number_history()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform from processing_jobs j where j.id = new.job_id for no key update;
  select coalesce(max(h.seq), 0) + 1 into new.seq from processing_history h where h.job_id = new.job_id;
  return new;
end
$function$

CREATE OR REPLACE FUNCTION public.record_job_status()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into processing_history
    (owner_id, job_id, seq, action, status, stage, tier, tool, attempt, confidence, error_code, error_message)
  values
    (new.owner_id, new.id, 0, 'job.' || new.status, new.status, new.stage, new.tier, new.tool,
     new.attempts, new.confidence, new.error_code, new.error_message);
  return null;
end
$function$

CREATE OR REPLACE FUNCTION public.touch_updated_at()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.updated_at := now();
  return new;
end
$function$

-- Triggers

CREATE TRIGGER blobs_guard BEFORE UPDATE OF state ON blobs FOR EACH ROW WHEN (old.state IS DISTINCT FROM new.state) EXECUTE FUNCTION guard_transition('state')
CREATE TRIGGER document_versions_number BEFORE INSERT ON document_versions FOR EACH ROW EXECUTE FUNCTION number_document_version()
CREATE TRIGGER documents_touch BEFORE UPDATE ON documents FOR EACH ROW EXECUTE FUNCTION touch_updated_at()
CREATE TRIGGER documents_version BEFORE UPDATE OF title, folder_id, metadata, deleted_at ON documents FOR EACH ROW EXECUTE FUNCTION bump_row_version()
CREATE TRIGGER folders_parent_guard BEFORE INSERT OR UPDATE OF parent_id ON folders FOR EACH ROW EXECUTE FUNCTION guard_folder_parent()
CREATE TRIGGER folders_touch BEFORE UPDATE ON folders FOR EACH ROW EXECUTE FUNCTION touch_updated_at()
CREATE TRIGGER folders_version BEFORE UPDATE OF name, parent_id, deleted_at ON folders FOR EACH ROW EXECUTE FUNCTION bump_row_version()
CREATE TRIGGER processing_history_number BEFORE INSERT ON processing_history FOR EACH ROW EXECUTE FUNCTION number_history()
CREATE TRIGGER processing_jobs_derive AFTER UPDATE OF status ON processing_jobs FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION derive_document_status()
CREATE TRIGGER processing_jobs_derive_insert AFTER INSERT ON processing_jobs FOR EACH ROW EXECUTE FUNCTION derive_document_status()
CREATE TRIGGER processing_jobs_guard BEFORE UPDATE OF status ON processing_jobs FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION guard_transition('status')
CREATE TRIGGER processing_jobs_record AFTER UPDATE OF status ON processing_jobs FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION record_job_status()
CREATE TRIGGER processing_jobs_record_insert AFTER INSERT ON processing_jobs FOR EACH ROW EXECUTE FUNCTION record_job_status()
CREATE TRIGGER processing_jobs_touch BEFORE UPDATE ON processing_jobs FOR EACH ROW EXECUTE FUNCTION touch_updated_at()
CREATE TRIGGER users_guard BEFORE UPDATE OF status ON users FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION guard_transition('status')
CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch_updated_at()
CREATE TRIGGER zones_guard BEFORE UPDATE OF status ON zones FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION guard_transition('status')
CREATE TRIGGER zones_touch BEFORE UPDATE ON zones FOR EACH ROW EXECUTE FUNCTION touch_updated_at()
CREATE TRIGGER zones_version BEFORE UPDATE OF kind, x, y, width, height, content, data, "position" ON zones FOR EACH ROW EXECUTE FUNCTION bump_row_version()

-- Comments

comment on table column public.state_transitions.from_status: 'Status before.'
comment on table column public.state_transitions.machine: 'Table whose rows move.'
comment on table column public.state_transitions.to_status: 'Status after.'
comment on table public.state_transitions: 'The only moves a status may make; kernel/state-machines.ts holds the same list.'
comment on type public.confidence: 'How sure a result is, 0..1. Gates are applied before rounding to four decimals.'
comment on view public.folder_paths: 'The chain of names from Home to each folder.'
comment on view public.job_progress: 'How far each job is: pages stored by it against the pages of its version.'
comment on view public.page_words: 'Every word of every page with its box as fractions of the page and its confidence.'

-- Grants

grant delete, insert, select, update on table blobs to docmill_app
grant delete, insert, select, update on table document_versions to docmill_app
grant delete, insert, select, update on table documents to docmill_app
grant delete, insert, select, update on table folders to docmill_app
grant delete, insert, select, update on table pages to docmill_app
grant delete, insert, select, update on table processing_jobs to docmill_app
grant delete, insert, select, update on table processing_queue to docmill_app
grant delete, insert, select, update on table users to docmill_app
grant delete, insert, select, update on table workers to docmill_app
grant delete, insert, select, update on table zones to docmill_app
grant insert, select on table processing_history to docmill_app
grant select on table folder_paths to docmill_app
grant select on table job_progress to docmill_app
grant select on table page_words to docmill_app
grant select on table state_transitions to docmill_app
grant usage on schema public to docmill_app

