-- Extensions

extension btree_gist
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

-- Sequences

sequence audit_logs_id_seq as bigint start 1 increment 1
sequence metrics_id_seq as bigint start 1 increment 1

-- Tables and views

table account_tokens force row level security
  id uuid not null
  user_id uuid not null
  purpose text not null
  token_hash text not null
  email citext
  created_at timestamp with time zone not null default now()
  expires_at timestamp with time zone not null
  used_at timestamp with time zone
  constraint account_tokens_email_check CHECK (((length((email)::text) >= 3) AND (length((email)::text) <= 320)))
  constraint account_tokens_ends_after_start CHECK ((expires_at > created_at))
  constraint account_tokens_names_address CHECK (((purpose = 'verify_email'::text) = (email IS NOT NULL)))
  constraint account_tokens_not_system CHECK ((user_id <> '00000000-0000-7000-8000-000000000002'::uuid))
  constraint account_tokens_pkey PRIMARY KEY (id)
  constraint account_tokens_purpose_check CHECK ((purpose = ANY (ARRAY['first_admin'::text, 'verify_email'::text, 'reset_password'::text])))
  constraint account_tokens_token UNIQUE (token_hash)
  constraint account_tokens_token_hash_check CHECK ((token_hash ~ '^[0-9a-f]{64}$'::text))
  constraint account_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy own_rows permissive for all to docmill_app using ((user_id = ( SELECT current_actor() AS current_actor))) with check ((user_id = ( SELECT current_actor() AS current_actor)))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

table api_keys force row level security
  id uuid not null
  user_id uuid not null
  name text not null
  prefix text not null
  key_hash text not null
  scopes text[] not null default '{}'::text[]
  last_used_at timestamp with time zone
  expires_at timestamp with time zone
  revoked_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  constraint api_keys_hash UNIQUE (key_hash)
  constraint api_keys_key_hash_check CHECK ((key_hash ~ '^[0-9a-f]{64}$'::text))
  constraint api_keys_name_check CHECK (((name = TRIM(BOTH FROM name)) AND ((length(name) >= 1) AND (length(name) <= 100))))
  constraint api_keys_not_system CHECK ((user_id <> '00000000-0000-7000-8000-000000000002'::uuid))
  constraint api_keys_pkey PRIMARY KEY (id)
  constraint api_keys_prefix_check CHECK (((length(prefix) >= 4) AND (length(prefix) <= 20)))
  constraint api_keys_scopes_check CHECK (((cardinality(scopes) <= 50) AND (array_position(scopes, NULL::text) IS NULL)))
  constraint api_keys_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy own_rows permissive for all to docmill_app using ((user_id = ( SELECT current_actor() AS current_actor))) with check ((user_id = ( SELECT current_actor() AS current_actor)))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

table api_metrics partition by RANGE (recorded_at) force row level security
  id bigint not null default nextval('metrics_id_seq'::regclass)
  recorded_at timestamp with time zone not null
  method text not null
  route text not null
  status smallint not null
  duration_ms double precision not null
  user_id uuid
  ip_address inet
  user_agent text
  metadata jsonb not null default '{}'::jsonb
  constraint api_metrics_duration_ms_check CHECK (((duration_ms >= (0)::double precision) AND (duration_ms < 'Infinity'::double precision)))
  constraint api_metrics_metadata_check CHECK ((jsonb_typeof(metadata) = 'object'::text))
  constraint api_metrics_method_check CHECK (((length(method) >= 1) AND (length(method) <= 20)))
  constraint api_metrics_pkey PRIMARY KEY (recorded_at, id)
  constraint api_metrics_route_check CHECK (((length(route) >= 1) AND (length(route) <= 300)))
  constraint api_metrics_status_check CHECK (((status >= 100) AND (status <= 599)))
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy own_rows permissive for all to docmill_app using ((user_id = ( SELECT current_actor() AS current_actor))) with check ((user_id = ( SELECT current_actor() AS current_actor)))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

table api_metrics_default partition of api_metrics DEFAULT

table audit_chains with (fillfactor=20)
  month date not null
  chain smallint not null
  seq bigint not null default 0
  last_at timestamp with time zone not null default '-infinity'::timestamp with time zone
  prev_hash bytea not null
  hash bytea not null
  retired_at timestamp with time zone
  constraint audit_chains_chain_check CHECK (((chain >= 0) AND (chain <= 127)))
  constraint audit_chains_pkey PRIMARY KEY (month, chain)

table audit_logs partition by RANGE (created_at)
  id bigint not null default nextval('audit_logs_id_seq'::regclass)
  created_at timestamp with time zone not null
  actor_id uuid
  actor_kind text not null
  action text not null
  resource_type text not null
  resource_id uuid
  changes jsonb not null default '{}'::jsonb
  reason text
  ip_address inet
  user_agent text
  request_id text
  chain smallint not null
  seq bigint not null
  prev_hash bytea not null
  hash bytea not null
  constraint audit_logs_action_check CHECK (((length(action) >= 1) AND (length(action) <= 100)))
  constraint audit_logs_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['user'::text, 'key'::text, 'link'::text, 'system'::text])))
  constraint audit_logs_changes_check CHECK ((jsonb_typeof(changes) = 'object'::text))
  constraint audit_logs_pkey PRIMARY KEY (created_at, id)
  constraint audit_logs_resource_type_check CHECK (((length(resource_type) >= 1) AND (length(resource_type) <= 50)))
  constraint audit_logs_seq_check CHECK ((seq >= 1))

table audit_logs_default partition of audit_logs DEFAULT

table blobs force row level security
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
  constraint blobs_purpose_check CHECK ((purpose = ANY (ARRAY['source'::text, 'page_image'::text, 'thumbnail'::text, 'avatar'::text, 'export'::text, 'import'::text, 'archive'::text, 'upload'::text])))
  constraint blobs_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
  constraint blobs_size_bytes_check CHECK ((size_bytes > 0))
  constraint blobs_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'stored'::text, 'failed'::text, 'purging'::text, 'purged'::text])))
  constraint blobs_stored_is_measured CHECK (((state = ANY (ARRAY['pending'::text, 'failed'::text, 'purging'::text, 'purged'::text])) OR ((sha256 IS NOT NULL) AND (size_bytes IS NOT NULL) AND (stored_at IS NOT NULL))))
  policy adding permissive for insert to docmill_app with check ((owner_id = ( SELECT current_actor() AS current_actor)))
  policy changing permissive for update to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy reading permissive for select to docmill_app using (((owner_id = ( SELECT seen_owner(false) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(false) AS used_document) IS NULL) THEN true
    ELSE (id = ANY (( SELECT granted_blobs() AS granted_blobs)::uuid[]))
END))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy removing permissive for delete to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor)))
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

unlogged table cache_entries
  key text not null
  value bytea not null
  expires_at timestamp with time zone not null
  constraint cache_entries_key_check CHECK (((length(key) >= 1) AND (length(key) <= 500)))
  constraint cache_entries_pkey PRIMARY KEY (key)

table clerk_events
  id text not null
  type text not null
  subject text not null
  effect text not null
  event_at timestamp with time zone not null
  received_at timestamp with time zone not null default now()
  constraint clerk_events_effect_check CHECK ((effect = ANY (ARRAY['created'::text, 'linked'::text, 'updated'::text, 'enabled'::text, 'disabled'::text, 'unchanged'::text, 'stale'::text, 'ignored'::text])))
  constraint clerk_events_id_check CHECK (((length(id) >= 1) AND (length(id) <= 255)))
  constraint clerk_events_pkey PRIMARY KEY (id)
  constraint clerk_events_subject_check CHECK (((length(subject) >= 1) AND (length(subject) <= 255)))
  constraint clerk_events_type_check CHECK (((length(type) >= 1) AND (length(type) <= 100)))

table clerk_users
  subject text not null
  event_at timestamp with time zone not null
  is_disabled boolean not null default false
  is_deleted boolean not null default false
  constraint clerk_users_deleted CHECK ((is_disabled OR (NOT is_deleted)))
  constraint clerk_users_pkey PRIMARY KEY (subject)
  constraint clerk_users_subject_check CHECK (((length(subject) >= 1) AND (length(subject) <= 255)))

table document_shares force row level security
  id uuid not null
  owner_id uuid not null
  document_id uuid
  folder_id uuid
  grantee_id uuid
  link_hash text
  permission text not null
  password_hash text
  expires_at timestamp with time zone
  revoked_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  grantee_email citext
  password_version integer not null default 0
  uses bigint not null default 0
  last_used_at timestamp with time zone
  constraint document_shares_document_fk FOREIGN KEY (owner_id, document_id) REFERENCES documents(owner_id, id) ON DELETE CASCADE
  constraint document_shares_email_check CHECK (((length((grantee_email)::text) >= 3) AND (length((grantee_email)::text) <= 320)))
  constraint document_shares_folder_fk FOREIGN KEY (owner_id, folder_id) REFERENCES folders(owner_id, id) ON DELETE CASCADE
  constraint document_shares_grantee_id_fkey FOREIGN KEY (grantee_id) REFERENCES users(id) ON DELETE CASCADE
  constraint document_shares_link UNIQUE (link_hash)
  constraint document_shares_link_hash_check CHECK ((link_hash ~ '^[0-9a-f]{64}$'::text))
  constraint document_shares_not_to_owner CHECK ((grantee_id <> owner_id))
  constraint document_shares_one_object CHECK ((num_nonnulls(document_id, folder_id) = 1))
  constraint document_shares_one_receiver CHECK ((num_nonnulls(grantee_id, grantee_email, link_hash) = 1))
  constraint document_shares_owner UNIQUE (owner_id, id)
  constraint document_shares_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users(id) ON DELETE CASCADE
  constraint document_shares_password_hash_check CHECK (((password_hash ~ '^\$argon2id\$'::text) AND (length(password_hash) <= 500)))
  constraint document_shares_password_of_link CHECK (((password_hash IS NULL) OR (link_hash IS NOT NULL)))
  constraint document_shares_permission_check CHECK ((permission = ANY (ARRAY['view'::text, 'comment'::text, 'edit'::text])))
  constraint document_shares_pkey PRIMARY KEY (id)
  constraint document_shares_uses_of_link CHECK (((link_hash IS NOT NULL) OR ((uses = 0) AND (last_used_at IS NULL))))
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy own_rows permissive for all to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

table document_versions force row level security
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
  policy adding permissive for insert to docmill_app with check ((owner_id = ( SELECT current_actor() AS current_actor)))
  policy changing permissive for update to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (document_id = ( SELECT granted_document(true) AS granted_document))
END)) with check (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (document_id = ( SELECT granted_document(true) AS granted_document))
END))
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy reading permissive for select to docmill_app using (((owner_id = ( SELECT seen_owner(false) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(false) AS used_document) IS NULL) THEN true
    ELSE (document_id = ( SELECT granted_document(false) AS granted_document))
END))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy removing permissive for delete to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor)))
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

table documents force row level security
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
  policy adding permissive for insert to docmill_app with check ((owner_id = ( SELECT current_actor() AS current_actor)))
  policy changing permissive for update to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (id = ( SELECT granted_document(true) AS granted_document))
END)) with check (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (id = ( SELECT granted_document(true) AS granted_document))
END))
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy reading permissive for select to docmill_app using (((owner_id = ( SELECT seen_owner(false) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(false) AS used_document) IS NULL) THEN true
    ELSE (id = ( SELECT granted_document(false) AS granted_document))
END))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy removing permissive for delete to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor)))
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

view documents_overview with (security_invoker=true)
  id uuid
  owner_id uuid
  folder_id uuid
  title text
  status text
  document_type text
  language text
  created_at timestamp with time zone
  updated_at timestamp with time zone
  processed_at timestamp with time zone
  deleted_at timestamp with time zone
  version_id uuid
  version_number integer
  original_name text
  page_count integer
  media_type text
  size_bytes bigint
  job_id uuid
  job_status text
  job_stage text
  job_progress numeric(5,2)
  job_confidence confidence
  job_error_code text
  job_error_message text
  zone_count bigint
  corrected_count bigint
  low_confidence_count bigint
as
 SELECT d.id,
    d.owner_id,
    d.folder_id,
    d.title,
    d.status,
    d.document_type,
    d.language,
    d.created_at,
    d.updated_at,
    d.processed_at,
    d.deleted_at,
    v.id AS version_id,
    v.number AS version_number,
    v.original_name,
    v.page_count,
    b.media_type,
    b.size_bytes,
    j.id AS job_id,
    j.status AS job_status,
    j.stage AS job_stage,
    j.progress AS job_progress,
    j.confidence AS job_confidence,
    j.error_code AS job_error_code,
    j.error_message AS job_error_message,
    z.zone_count,
    z.corrected_count,
    z.low_confidence_count
   FROM documents d
     LEFT JOIN document_versions v ON v.id = d.current_version_id
     LEFT JOIN blobs b ON b.id = v.blob_id
     LEFT JOIN LATERAL ( SELECT newest.id,
            newest.owner_id,
            newest.kind,
            newest.version_id,
            newest.strategy,
            newest.status,
            newest.stage,
            newest.tier,
            newest.tool,
            newest.confidence,
            newest.progress,
            newest.priority,
            newest.attempts,
            newest.max_attempts,
            newest.open_items,
            newest.dead_items,
            newest.pages_done,
            newest.error_code,
            newest.error_message,
            newest.options,
            newest.metrics,
            newest.requested_by,
            newest.queued_at,
            newest.started_at,
            newest.completed_at,
            newest.updated_at
           FROM processing_jobs newest
          WHERE newest.version_id = v.id
          ORDER BY newest.id DESC
         LIMIT 1) j ON true
     LEFT JOIN LATERAL ( SELECT count(*) AS zone_count,
            count(*) FILTER (WHERE z_1.status = 'corrected'::text) AS corrected_count,
            count(*) FILTER (WHERE z_1.confidence::numeric < 0.8) AS low_confidence_count
           FROM zones z_1
          WHERE z_1.version_id = v.id) z ON true;

view error_log with (security_invoker=true)
  owner_id uuid
  job_id uuid
  seq integer
  action text
  stage text
  attempt smallint
  error_code text
  error_message text
  details jsonb
  created_at timestamp with time zone
as
 SELECT owner_id,
    job_id,
    seq,
    action,
    stage,
    attempt,
    error_code,
    error_message,
    details,
    created_at
   FROM processing_history h
  WHERE error_code IS NOT NULL;

table export_files force row level security
  export_id uuid not null
  format text not null
  owner_id uuid not null
  blob_id uuid
  error_code text
  error_message text
  validation_results jsonb not null default '{}'::jsonb
  item_count integer
  download_count integer not null default 0
  created_at timestamp with time zone not null default now()
  finished_at timestamp with time zone
  constraint export_files_download_count_check CHECK ((download_count >= 0))
  constraint export_files_finished CHECK ((((finished_at IS NOT NULL) = (num_nonnulls(blob_id, error_code) = 1)) AND (num_nonnulls(blob_id, error_code) <= 1)))
  constraint export_files_format_check CHECK ((format = ANY (ARRAY['json'::text, 'jsonl'::text, 'rag_json'::text, 'finetune_jsonl'::text, 'corrections_json'::text, 'manifest_json'::text, 'csv'::text, 'xlsx'::text, 'md'::text, 'txt'::text, 'html'::text, 'docx'::text, 'pdf'::text, 'hocr'::text, 'alto'::text, 'ics'::text, 'log_md'::text])))
  constraint export_files_item_count_check CHECK ((item_count >= 0))
  constraint export_files_owner_id_blob_id_fkey FOREIGN KEY (owner_id, blob_id) REFERENCES blobs(owner_id, id) DEFERRABLE INITIALLY DEFERRED
  constraint export_files_owner_id_export_id_fkey FOREIGN KEY (owner_id, export_id) REFERENCES export_records(owner_id, id) ON DELETE CASCADE
  constraint export_files_pkey PRIMARY KEY (export_id, format)
  constraint export_files_validation_results_check CHECK ((jsonb_typeof(validation_results) = 'object'::text))
  policy granted_adding permissive for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy own_rows permissive for all to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

view export_history with (security_invoker=true)
  id uuid
  owner_id uuid
  document_id uuid
  version_id uuid
  export_type text
  selection jsonb
  status text
  formats text[]
  file_size_bytes bigint
  download_count bigint
  override_reason text
  overridden_by uuid
  validation_results jsonb
  created_by uuid
  created_at timestamp with time zone
  expires_at timestamp with time zone
  completed_at timestamp with time zone
as
 SELECT e.id,
    e.owner_id,
    e.document_id,
    e.version_id,
    e.export_type,
    e.selection,
        CASE
            WHEN bool_or(f.error_code IS NOT NULL) THEN 'failed'::text
            WHEN bool_and(f.finished_at IS NOT NULL) THEN 'completed'::text
            ELSE 'pending'::text
        END AS status,
    array_agg(f.format ORDER BY f.format) AS formats,
    COALESCE(sum(b.size_bytes), 0::numeric)::bigint AS file_size_bytes,
    COALESCE(sum(f.download_count), 0::bigint) AS download_count,
    e.override_reason,
    e.overridden_by,
    e.validation_results,
    e.created_by,
    e.created_at,
    e.expires_at,
    max(f.finished_at) AS completed_at
   FROM export_records e
     JOIN export_files f ON f.export_id = e.id
     LEFT JOIN blobs b ON b.id = f.blob_id
  GROUP BY e.id;

table export_records force row level security
  id uuid not null
  owner_id uuid not null
  document_id uuid not null
  version_id uuid not null
  export_type text not null
  selection jsonb
  override_reason text
  overridden_by uuid
  validation_results jsonb not null default '{}'::jsonb
  created_by uuid not null
  metadata jsonb not null default '{}'::jsonb
  created_at timestamp with time zone not null default now()
  expires_at timestamp with time zone
  constraint export_records_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) DEFERRABLE INITIALLY DEFERRED
  constraint export_records_document_id_version_id_fkey FOREIGN KEY (document_id, version_id) REFERENCES document_versions(document_id, id) ON DELETE CASCADE
  constraint export_records_expiry CHECK ((expires_at > created_at))
  constraint export_records_export_type_check CHECK ((export_type = ANY (ARRAY['full'::text, 'partial'::text, 'zones_only'::text, 'text_only'::text, 'metadata_only'::text])))
  constraint export_records_metadata_check CHECK ((jsonb_typeof(metadata) = 'object'::text))
  constraint export_records_override CHECK (((override_reason IS NULL) = (overridden_by IS NULL)))
  constraint export_records_override_reason_check CHECK (((length(TRIM(BOTH FROM override_reason)) >= 1) AND (length(TRIM(BOTH FROM override_reason)) <= 500)))
  constraint export_records_owner_id_document_id_fkey FOREIGN KEY (owner_id, document_id) REFERENCES documents(owner_id, id) ON DELETE CASCADE
  constraint export_records_owner_id_id_key UNIQUE (owner_id, id)
  constraint export_records_pkey PRIMARY KEY (id)
  constraint export_records_selection CHECK (((export_type = 'partial'::text) = (selection IS NOT NULL)))
  constraint export_records_selection_check CHECK ((jsonb_typeof(selection) = 'object'::text))
  constraint export_records_validation_results_check CHECK ((jsonb_typeof(validation_results) = 'object'::text))
  policy adding permissive for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))
  policy changing permissive for update to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END)) with check (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END))
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy reading permissive for select to docmill_app using (((owner_id = ( SELECT seen_owner(false) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(false) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(false) AS granted_versions)::uuid[]))
END))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy removing permissive for delete to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END))
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

view folder_paths with (security_invoker=true)
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

table folders force row level security
  id uuid not null
  owner_id uuid not null
  parent_id uuid
  name text not null
  row_version integer not null default 1
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  deleted_at timestamp with time zone
  name_key text not null generated always as (lower(name)) stored
  constraint folders_name_check CHECK (((name = TRIM(BOTH FROM name)) AND ((length(name) >= 1) AND (length(name) <= 255)) AND (name !~ '[/[:cntrl:]]'::text)))
  constraint folders_not_own_parent CHECK ((parent_id <> id))
  constraint folders_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users(id) ON DELETE CASCADE
  constraint folders_owner_id_id_key UNIQUE (owner_id, id)
  constraint folders_parent_fk FOREIGN KEY (owner_id, parent_id) REFERENCES folders(owner_id, id) ON DELETE CASCADE
  constraint folders_pkey PRIMARY KEY (id)
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy own_rows permissive for all to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

table hitl_tasks force row level security
  id uuid not null
  owner_id uuid not null
  job_id uuid not null
  page_number integer
  zone_id uuid
  reason text not null
  priority smallint not null default 2
  status text not null default 'pending'::text
  assigned_to uuid
  lease_expires_at timestamp with time zone
  draft_data jsonb not null default '{}'::jsonb
  final_data jsonb
  review_notes text
  due_at timestamp with time zone
  completed_by uuid
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  assigned_at timestamp with time zone
  started_at timestamp with time zone
  completed_at timestamp with time zone
  constraint hitl_tasks_assigned_to_fkey FOREIGN KEY (assigned_to) REFERENCES users(id) ON DELETE SET NULL
  constraint hitl_tasks_assignee CHECK (((status = ANY (ARRAY['assigned'::text, 'in_progress'::text])) = (assigned_to IS NOT NULL)))
  constraint hitl_tasks_completed CHECK ((((status = 'completed'::text) = (completed_at IS NOT NULL)) AND ((status <> 'completed'::text) OR ((final_data IS NOT NULL) AND (completed_by IS NOT NULL)))))
  constraint hitl_tasks_draft_data_check CHECK ((jsonb_typeof(draft_data) = 'object'::text))
  constraint hitl_tasks_final_data_check CHECK ((jsonb_typeof(final_data) = 'object'::text))
  constraint hitl_tasks_lease CHECK (((assigned_to IS NULL) = (lease_expires_at IS NULL)))
  constraint hitl_tasks_owner_id_id_key UNIQUE (owner_id, id)
  constraint hitl_tasks_owner_id_job_id_fkey FOREIGN KEY (owner_id, job_id) REFERENCES processing_jobs(owner_id, id) ON DELETE CASCADE
  constraint hitl_tasks_page_number_check CHECK ((page_number >= 1))
  constraint hitl_tasks_pkey PRIMARY KEY (id)
  constraint hitl_tasks_priority_check CHECK (((priority >= 1) AND (priority <= 4)))
  constraint hitl_tasks_reason_check CHECK ((reason = ANY (ARRAY['low_confidence'::text, 'validation_failed'::text, 'tool_disagreement'::text, 'sample'::text, 'requested'::text])))
  constraint hitl_tasks_review_notes_check CHECK ((length(review_notes) <= 5000))
  constraint hitl_tasks_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'assigned'::text, 'in_progress'::text, 'completed'::text, 'cancelled'::text])))
  constraint hitl_tasks_zone_has_page CHECK (((zone_id IS NULL) OR (page_number IS NOT NULL)))
  policy adding permissive for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))
  policy changing permissive for update to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (job_id = ANY (( SELECT granted_jobs(true) AS granted_jobs)::uuid[]))
END)) with check (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (job_id = ANY (( SELECT granted_jobs(true) AS granted_jobs)::uuid[]))
END))
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy reading permissive for select to docmill_app using (((owner_id = ( SELECT seen_owner(false) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(false) AS used_document) IS NULL) THEN true
    ELSE (job_id = ANY (( SELECT granted_jobs(false) AS granted_jobs)::uuid[]))
END))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy removing permissive for delete to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (job_id = ANY (( SELECT granted_jobs(true) AS granted_jobs)::uuid[]))
END))
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

table idempotency_keys force row level security
  owner_id uuid not null
  key text not null
  method text not null
  route text not null
  request_hash text not null
  status_code smallint
  response jsonb
  created_at timestamp with time zone not null default now()
  expires_at timestamp with time zone not null
  principal text not null default 'user'::text
  request_id text not null default ''::text
  lease_expires_at timestamp with time zone not null default now()
  constraint idempotency_keys_answered CHECK (((response IS NULL) OR (status_code IS NOT NULL)))
  constraint idempotency_keys_expiry CHECK ((expires_at > created_at))
  constraint idempotency_keys_key_check CHECK (((length(key) >= 1) AND (length(key) <= 255)))
  constraint idempotency_keys_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users(id) ON DELETE CASCADE
  constraint idempotency_keys_pkey PRIMARY KEY (owner_id, principal, key)
  constraint idempotency_keys_principal_check CHECK (((length(principal) >= 1) AND (length(principal) <= 100)))
  constraint idempotency_keys_request_hash_check CHECK ((request_hash ~ '^[0-9a-f]{64}$'::text))
  constraint idempotency_keys_request_id_check CHECK ((length(request_id) <= 200))
  constraint idempotency_keys_status_code_check CHECK (((status_code >= 100) AND (status_code <= 599)))
  policy granted_adding permissive for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy own_rows permissive for all to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

table import_refs force row level security
  source text not null
  external_id text not null
  owner_id uuid not null
  resource_type text not null
  resource_id uuid not null
  checksum text not null
  imported_at timestamp with time zone not null default now()
  constraint import_refs_checksum_check CHECK ((checksum ~ '^[0-9a-f]{64}$'::text))
  constraint import_refs_external_id_check CHECK (((length(external_id) >= 1) AND (length(external_id) <= 500)))
  constraint import_refs_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users(id) ON DELETE CASCADE
  constraint import_refs_pkey PRIMARY KEY (source, external_id)
  constraint import_refs_resource_type_check CHECK ((resource_type = ANY (ARRAY['document'::text, 'journal_entry'::text])))
  constraint import_refs_source_check CHECK (((length(source) >= 1) AND (length(source) <= 50)))
  policy granted_adding permissive for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy own_rows permissive for all to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

table invitations force row level security
  id uuid not null
  email citext not null
  role text not null
  token_hash text not null
  invited_by uuid
  created_at timestamp with time zone not null default now()
  expires_at timestamp with time zone not null
  accepted_at timestamp with time zone
  accepted_by uuid
  revoked_at timestamp with time zone
  constraint invitations_accepted_by_fkey FOREIGN KEY (accepted_by) REFERENCES users(id) ON DELETE SET NULL
  constraint invitations_accepted_by_somebody CHECK (((accepted_by IS NULL) OR (accepted_at IS NOT NULL)))
  constraint invitations_accepted_once CHECK (((accepted_at IS NULL) OR (revoked_at IS NULL)))
  constraint invitations_email_check CHECK (((length((email)::text) >= 3) AND (length((email)::text) <= 320)))
  constraint invitations_ends_after_start CHECK ((expires_at > created_at))
  constraint invitations_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES users(id) ON DELETE SET NULL
  constraint invitations_pkey PRIMARY KEY (id)
  constraint invitations_role_check CHECK ((role = ANY (ARRAY['teacher'::text, 'reviewer'::text, 'admin'::text])))
  constraint invitations_token UNIQUE (token_hash)
  constraint invitations_token_hash_check CHECK ((token_hash ~ '^[0-9a-f]{64}$'::text))
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

view job_progress with (security_invoker=true)
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

unlogged table job_progress_fields
  job_id uuid not null
  fields jsonb not null
  expires_at timestamp with time zone not null
  constraint job_progress_fields_fields_check CHECK ((jsonb_typeof(fields) = 'object'::text))
  constraint job_progress_fields_pkey PRIMARY KEY (job_id)

table journal_entries force row level security
  id uuid not null
  owner_id uuid not null
  entry_type text not null default 'text'::text
  raw_data jsonb not null
  metadata jsonb not null default '{}'::jsonb
  occurred_at timestamp with time zone not null default now()
  processing_status text not null default 'pending'::text
  excerpt text not null generated always as ("left"(COALESCE(NULLIF(journal_words(raw_data), ''::text), (raw_data)::text), 200)) stored
  search tsvector generated always as (to_tsvector('docmill'::regconfig, journal_words(raw_data))) stored
  row_version integer not null default 1
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  deleted_at timestamp with time zone
  constraint journal_entries_depth CHECK ((NOT jsonb_path_exists(raw_data, 'strict $.**{100}?(@.type() == "array" || @.type() == "object")'::jsonpath)))
  constraint journal_entries_entry_type_check CHECK ((entry_type = ANY (ARRAY['text'::text, 'voice'::text, 'photo'::text, 'mixed'::text])))
  constraint journal_entries_metadata_check CHECK (((jsonb_typeof(metadata) = 'object'::text) AND (octet_length((metadata)::text) <= 65536)))
  constraint journal_entries_not_null_json CHECK ((raw_data <> 'null'::jsonb))
  constraint journal_entries_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users(id) ON DELETE CASCADE
  constraint journal_entries_owner_id_id_key UNIQUE (owner_id, id)
  constraint journal_entries_pkey PRIMARY KEY (id)
  constraint journal_entries_processing_status_check CHECK ((processing_status = ANY (ARRAY['pending'::text, 'processing'::text, 'completed'::text, 'failed'::text])))
  constraint journal_entries_size CHECK ((octet_length((raw_data)::text) <= 524288))
  policy granted_adding permissive for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy own_rows permissive for all to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

table legal_holds force row level security
  id uuid not null
  user_id uuid
  reason text not null
  placed_by text not null
  placed_at timestamp with time zone not null default now()
  released_at timestamp with time zone
  constraint legal_holds_pkey PRIMARY KEY (id)
  constraint legal_holds_placed_by_check CHECK (((length(placed_by) >= 1) AND (length(placed_by) <= 320)))
  constraint legal_holds_reason_check CHECK (((length(reason) >= 3) AND (length(reason) <= 1000)))
  constraint legal_holds_released_later CHECK ((released_at >= placed_at))
  constraint legal_holds_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy own_rows permissive for all to docmill_app using ((user_id = ( SELECT current_actor() AS current_actor))) with check ((user_id = ( SELECT current_actor() AS current_actor)))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

unlogged table live_subscriptions force row level security
  user_id uuid not null
  job_id uuid not null
  expires_at timestamp with time zone not null
  constraint live_subscriptions_pkey PRIMARY KEY (user_id, job_id)
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy own_rows permissive for all to docmill_app using ((user_id = ( SELECT current_actor() AS current_actor))) with check ((user_id = ( SELECT current_actor() AS current_actor)))
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

table metrics_due
  id bigint not null generated always as identity
  bucket timestamp with time zone not null
  constraint metrics_due_pkey PRIMARY KEY (id)

table metrics_level
  level text not null
  extension_version text
  constraint metrics_level_level_check CHECK ((level = ANY (ARRAY['native'::text, 'timescale_apache'::text, 'timescale'::text])))
  constraint metrics_level_pkey PRIMARY KEY (level)
  constraint metrics_level_versioned CHECK (((level = 'native'::text) = (extension_version IS NULL)))

table metrics_watermark
  one boolean not null default true
  rolled_up_to timestamp with time zone not null default '-infinity'::timestamp with time zone
  kept_from timestamp with time zone not null default '-infinity'::timestamp with time zone
  constraint metrics_watermark_one CHECK (one)
  constraint metrics_watermark_pkey PRIMARY KEY (one)

table outbox force row level security
  id bigint not null generated always as identity
  owner_id uuid
  topic text not null
  key text not null
  payload jsonb not null default '{}'::jsonb
  created_at timestamp with time zone not null default now()
  published_at timestamp with time zone
  attempts integer not null default 0
  next_attempt_at timestamp with time zone not null default now()
  last_error text
  constraint outbox_attempts_check CHECK ((attempts >= 0))
  constraint outbox_key_check CHECK (((length(key) >= 1) AND (length(key) <= 500)))
  constraint outbox_payload_check CHECK ((jsonb_typeof(payload) = 'object'::text))
  constraint outbox_pkey PRIMARY KEY (id)
  constraint outbox_topic_check CHECK (((length(topic) >= 1) AND (length(topic) <= 100)))
  policy granted_adding permissive for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy own_rows permissive for all to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

view own_documents
  id uuid
  owner_id uuid
  folder_id uuid
  title text
  current_version_id uuid
  status text
  processed_at timestamp with time zone
  language text
  document_type text
  metadata jsonb
  row_version integer
  created_at timestamp with time zone
  updated_at timestamp with time zone
  deleted_at timestamp with time zone
as
 SELECT id,
    owner_id,
    folder_id,
    title,
    current_version_id,
    status,
    processed_at,
    language,
    document_type,
    metadata,
    row_version,
    created_at,
    updated_at,
    deleted_at
   FROM documents
  WHERE owner_id = (( SELECT current_actor() AS current_actor));

view own_pages
  version_id uuid
  number integer
  owner_id uuid
  job_id uuid
  width real
  height real
  rotation smallint
  text text
  text_source text
  tool text
  confidence confidence
  word_boxes bytea
  warnings jsonb
  created_at timestamp with time zone
  search tsvector
  word_count integer
as
 SELECT version_id,
    number,
    owner_id,
    job_id,
    width,
    height,
    rotation,
    text,
    text_source,
    tool,
    confidence,
    word_boxes,
    warnings,
    created_at,
    search,
    word_count
   FROM pages
  WHERE owner_id = (( SELECT current_actor() AS current_actor));

view page_words with (security_invoker=true)
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
    word_box_part(read.boxes, (word.place - 1)::integer, 0) AS x,
    word_box_part(read.boxes, (word.place - 1)::integer, 1) AS y,
    word_box_part(read.boxes, (word.place - 1)::integer, 2) AS width,
    word_box_part(read.boxes, (word.place - 1)::integer, 3) AS height,
    word_box_part(read.boxes, (word.place - 1)::integer, 4) AS confidence
   FROM pages p
     CROSS JOIN LATERAL ( SELECT SUBSTRING(p.word_boxes FROM 1) AS boxes
         OFFSET 0) read
     CROSS JOIN LATERAL unnest(regexp_split_to_array(TRIM(BOTH ' 
'::text FROM p.text), '\s+'::text)) WITH ORDINALITY word(text, place)
  WHERE word.text <> ''::text;

table pages force row level security
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
  word_boxes bytea not null
  warnings jsonb not null default '[]'::jsonb
  created_at timestamp with time zone not null default now()
  search tsvector generated always as (to_tsvector('docmill'::regconfig, "left"(text, 200000))) stored
  word_count integer not null generated always as ((octet_length(word_boxes) / 10)) stored
  constraint pages_height_check CHECK ((height > (0)::double precision))
  constraint pages_job_id_fkey FOREIGN KEY (job_id) REFERENCES processing_jobs(id) ON DELETE SET NULL
  constraint pages_number_check CHECK ((number >= 1))
  constraint pages_owner_id_version_id_fkey FOREIGN KEY (owner_id, version_id) REFERENCES document_versions(owner_id, id) ON DELETE CASCADE
  constraint pages_pkey PRIMARY KEY (version_id, number)
  constraint pages_rotation_check CHECK ((rotation = ANY (ARRAY[0, 90, 180, 270])))
  constraint pages_text_source_check CHECK ((text_source = ANY (ARRAY['text_layer'::text, 'local_ocr'::text, 'cloud_ocr'::text, 'llm'::text, 'human'::text])))
  constraint pages_warnings_check CHECK ((jsonb_typeof(warnings) = 'array'::text))
  constraint pages_width_check CHECK ((width > (0)::double precision))
  constraint pages_word_boxes_whole CHECK (((octet_length(word_boxes) % 10) = 0))
  policy adding permissive for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))
  policy changing permissive for update to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END)) with check (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END))
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy reading permissive for select to docmill_app using (((owner_id = ( SELECT seen_owner(false) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(false) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(false) AS granted_versions)::uuid[]))
END))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy removing permissive for delete to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END))
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

table partition_plans
  table_name text not null
  time_column text not null
  step text not null
  ahead integer not null
  constraint partition_plans_ahead_check CHECK (((ahead >= 1) AND (ahead <= 60)))
  constraint partition_plans_pkey PRIMARY KEY (table_name)
  constraint partition_plans_step_check CHECK ((step = ANY (ARRAY['day'::text, 'month'::text])))

table processed_content force row level security
  id uuid not null
  owner_id uuid not null
  version_id uuid
  entry_id uuid
  job_id uuid
  task_type text not null
  source text not null
  processed_data jsonb not null
  confidence_score confidence not null
  ai_provider_info jsonb
  input_hash text
  author_id uuid
  superseded_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  constraint processed_content_ai_provider_info_check CHECK ((jsonb_typeof(ai_provider_info) = 'object'::text))
  constraint processed_content_entry_fk FOREIGN KEY (owner_id, entry_id) REFERENCES journal_entries(owner_id, id) ON DELETE CASCADE
  constraint processed_content_human CHECK (((source <> 'human'::text) OR (((confidence_score)::numeric = (1)::numeric) AND (author_id IS NOT NULL))))
  constraint processed_content_input_hash_check CHECK ((input_hash ~ '^[0-9a-f]{64}$'::text))
  constraint processed_content_one_subject CHECK ((num_nonnulls(version_id, entry_id) = 1))
  constraint processed_content_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users(id) ON DELETE CASCADE
  constraint processed_content_owner_id_id_key UNIQUE (owner_id, id)
  constraint processed_content_owner_id_job_id_fkey FOREIGN KEY (owner_id, job_id) REFERENCES processing_jobs(owner_id, id) ON DELETE SET NULL (job_id)
  constraint processed_content_owner_id_version_id_fkey FOREIGN KEY (owner_id, version_id) REFERENCES document_versions(owner_id, id) ON DELETE CASCADE
  constraint processed_content_pkey PRIMARY KEY (id)
  constraint processed_content_processed_data_check CHECK ((jsonb_typeof(processed_data) = 'object'::text))
  constraint processed_content_source_check CHECK ((source = ANY (ARRAY['machine'::text, 'human'::text])))
  constraint processed_content_task_type_check CHECK ((task_type ~ '^[a-z][a-z0-9_]{0,49}$'::text))
  policy adding permissive for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))
  policy changing permissive for update to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END)) with check (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END))
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy reading permissive for select to docmill_app using (((owner_id = ( SELECT seen_owner(false) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(false) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(false) AS granted_versions)::uuid[]))
END))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy removing permissive for delete to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END))
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

materialized view processing_daily
  day date
  stage text
  tier text
  samples bigint
  successes bigint
  duration_avg double precision
  duration_p95 double precision
  confidence_avg double precision
as
 SELECT (bucket AT TIME ZONE 'UTC'::text)::date AS day,
    stage,
    tier,
    sum(samples)::bigint AS samples,
    sum(successes)::bigint AS successes,
    sum(duration_sum) / sum(samples)::double precision AS duration_avg,
    LEAST(GREATEST(histogram_quantile(merge_histograms(histogram), 0.95::double precision), min(duration_min)), max(duration_max)) AS duration_p95,
    sum(confidence_sum) / NULLIF(sum(confidences), 0::numeric)::double precision AS confidence_avg
   FROM processing_metrics_hourly h
  GROUP BY ((bucket AT TIME ZONE 'UTC'::text)::date), stage, tier;

table processing_history force row level security
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
  constraint processing_history_pkey PRIMARY KEY (job_id, seq)
  policy adding permissive for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))
  policy changing permissive for update to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (job_id = ANY (( SELECT granted_jobs(true) AS granted_jobs)::uuid[]))
END)) with check (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (job_id = ANY (( SELECT granted_jobs(true) AS granted_jobs)::uuid[]))
END))
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy reading permissive for select to docmill_app using (((owner_id = ( SELECT seen_owner(false) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(false) AS used_document) IS NULL) THEN true
    ELSE (job_id = ANY (( SELECT granted_jobs(false) AS granted_jobs)::uuid[]))
END))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy removing permissive for delete to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (job_id = ANY (( SELECT granted_jobs(true) AS granted_jobs)::uuid[]))
END))
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

table processing_jobs with (fillfactor=80) force row level security
  id uuid not null
  owner_id uuid not null
  kind text not null default 'extract'::text
  version_id uuid
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
  archived_at timestamp with time zone
  archive_blob_id uuid
  entry_id uuid
  export_id uuid
  pages_planned integer
  pages_before integer not null default 0
  resumed_at timestamp with time zone
  constraint processing_jobs_archive_fk FOREIGN KEY (owner_id, archive_blob_id) REFERENCES blobs(owner_id, id) DEFERRABLE INITIALLY DEFERRED
  constraint processing_jobs_archived CHECK (((archived_at IS NULL) = (archive_blob_id IS NULL)))
  constraint processing_jobs_dead_items_check CHECK ((dead_items >= 0))
  constraint processing_jobs_entry_fk FOREIGN KEY (owner_id, entry_id) REFERENCES journal_entries(owner_id, id) ON DELETE CASCADE
  constraint processing_jobs_failed_says_why CHECK (((status <> 'failed'::text) OR (error_code IS NOT NULL)))
  constraint processing_jobs_finished CHECK (((completed_at IS NOT NULL) = (status = ANY (ARRAY['completed'::text, 'failed'::text, 'cancelled'::text]))))
  constraint processing_jobs_kind_check CHECK ((kind = ANY (ARRAY['extract'::text, 'analyse'::text, 'export'::text, 'reindex'::text, 'archive'::text])))
  constraint processing_jobs_max_attempts_check CHECK (((max_attempts >= 1) AND (max_attempts <= 20)))
  constraint processing_jobs_metrics_check CHECK ((jsonb_typeof(metrics) = 'object'::text))
  constraint processing_jobs_one_subject CHECK ((num_nonnulls(version_id, entry_id, export_id) = 1))
  constraint processing_jobs_open_items_check CHECK ((open_items >= 0))
  constraint processing_jobs_options_check CHECK ((jsonb_typeof(options) = 'object'::text))
  constraint processing_jobs_owner_id_export_id_fkey FOREIGN KEY (owner_id, export_id) REFERENCES export_records(owner_id, id) ON DELETE CASCADE
  constraint processing_jobs_owner_id_id_key UNIQUE (owner_id, id)
  constraint processing_jobs_owner_id_version_id_fkey FOREIGN KEY (owner_id, version_id) REFERENCES document_versions(owner_id, id) ON DELETE CASCADE
  constraint processing_jobs_pages_before_check CHECK ((pages_before >= 0))
  constraint processing_jobs_pages_done_check CHECK ((pages_done >= 0))
  constraint processing_jobs_pages_planned_check CHECK ((pages_planned >= 0))
  constraint processing_jobs_pkey PRIMARY KEY (id)
  constraint processing_jobs_progress_check CHECK (((progress >= (0)::numeric) AND (progress <= (100)::numeric)))
  constraint processing_jobs_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES users(id) DEFERRABLE INITIALLY DEFERRED
  constraint processing_jobs_stage_check CHECK ((stage = ANY (ARRAY['classify'::text, 'preprocess'::text, 'ocr'::text, 'llm'::text, 'validate'::text, 'persist'::text, 'export'::text])))
  constraint processing_jobs_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'running'::text, 'in_review'::text, 'paused'::text, 'completed'::text, 'failed'::text, 'cancelled'::text])))
  constraint processing_jobs_strategy_check CHECK ((strategy = ANY (ARRAY['auto'::text, 'fast'::text, 'balanced'::text, 'accurate'::text])))
  constraint processing_jobs_tier_check CHECK ((tier = ANY (ARRAY['text_layer'::text, 'local_ocr'::text, 'cloud_ocr'::text, 'llm'::text, 'human'::text])))
  policy adding permissive for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))
  policy changing permissive for update to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END)) with check (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END))
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy reading permissive for select to docmill_app using (((owner_id = ( SELECT seen_owner(false) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(false) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(false) AS granted_versions)::uuid[]))
END))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy removing permissive for delete to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END))
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

table processing_metrics partition by RANGE (recorded_at) force row level security
  id bigint not null default nextval('metrics_id_seq'::regclass)
  recorded_at timestamp with time zone not null
  job_id uuid
  user_id uuid
  document_type text
  stage text not null
  tier text
  duration_ms double precision not null
  confidence confidence
  success boolean not null
  error_code text
  metadata jsonb not null default '{}'::jsonb
  constraint processing_metrics_duration_ms_check CHECK (((duration_ms >= (0)::double precision) AND (duration_ms < 'Infinity'::double precision)))
  constraint processing_metrics_failure CHECK ((success = (error_code IS NULL)))
  constraint processing_metrics_metadata_check CHECK ((jsonb_typeof(metadata) = 'object'::text))
  constraint processing_metrics_pkey PRIMARY KEY (recorded_at, id)
  constraint processing_metrics_stage_check CHECK ((stage = ANY (ARRAY['classify'::text, 'preprocess'::text, 'ocr'::text, 'llm'::text, 'validate'::text, 'persist'::text])))
  constraint processing_metrics_tier_check CHECK ((tier = ANY (ARRAY['text_layer'::text, 'local_ocr'::text, 'cloud_ocr'::text, 'llm'::text, 'human'::text])))
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy own_rows permissive for all to docmill_app using ((user_id = ( SELECT current_actor() AS current_actor))) with check ((user_id = ( SELECT current_actor() AS current_actor)))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

view processing_metrics_by_stage with (security_invoker=true)
  stage text
  tier text
  samples bigint
  success_rate double precision
  duration_avg double precision
  duration_p95 double precision
  confidence_avg double precision
as
 SELECT stage,
    tier,
    sum(samples)::bigint AS samples,
    sum(successes)::double precision / sum(samples)::double precision AS success_rate,
    sum(duration_sum) / sum(samples)::double precision AS duration_avg,
    LEAST(GREATEST(histogram_quantile(merge_histograms(histogram), 0.95::double precision), min(duration_min)), max(duration_max)) AS duration_p95,
    sum(confidence_sum) / NULLIF(sum(confidences), 0::numeric)::double precision AS confidence_avg
   FROM processing_metrics_hourly h
  GROUP BY stage, tier;

table processing_metrics_default partition of processing_metrics DEFAULT

view processing_metrics_hourly with (security_invoker=true)
  bucket timestamp with time zone
  stage text
  tier text
  samples bigint
  successes bigint
  duration_sum double precision
  duration_min double precision
  duration_max double precision
  histogram bigint[]
  confidence_sum double precision
  confidences bigint
as
 SELECT bucket,
    stage,
    tier,
    samples,
    successes,
    duration_sum,
    duration_min,
    duration_max,
    histogram,
    confidence_sum,
    confidences
   FROM processing_metrics_rollup;

table processing_metrics_rollup
  bucket timestamp with time zone not null
  stage text not null
  tier text not null
  samples bigint not null
  successes bigint not null
  duration_sum double precision not null
  duration_min double precision not null
  duration_max double precision not null
  histogram bigint[] not null
  confidence_sum double precision not null
  confidences bigint not null
  constraint processing_metrics_rollup_pkey PRIMARY KEY (bucket, stage, tier)
  constraint processing_metrics_rollup_whole CHECK (((samples >= 1) AND ((successes >= 0) AND (successes <= samples)) AND ((confidences >= 0) AND (confidences <= samples)) AND ((duration_min >= (0)::double precision) AND (duration_min <= duration_max)) AND (cardinality(histogram) = 90)))

table processing_queue with (autovacuum_vacuum_scale_factor=0.02, autovacuum_vacuum_threshold=5000, fillfactor=100) force row level security
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
  constraint processing_queue_job_fk FOREIGN KEY (owner_id, job_id) REFERENCES processing_jobs(owner_id, id) ON DELETE CASCADE
  constraint processing_queue_lease CHECK ((((status = 'running'::text) = (lease_owner IS NOT NULL)) AND ((lease_owner IS NULL) = (lease_expires_at IS NULL))))
  constraint processing_queue_pages CHECK (((page_from >= 1) AND (page_to >= page_from)))
  constraint processing_queue_pkey PRIMARY KEY (id)
  constraint processing_queue_queue_check CHECK ((queue = ANY (ARRAY['classify'::text, 'preprocess'::text, 'ocr'::text, 'llm'::text, 'validate'::text, 'persist'::text, 'export'::text])))
  constraint processing_queue_status_check CHECK ((status = ANY (ARRAY['ready'::text, 'running'::text, 'dead'::text])))
  policy adding permissive for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))
  policy changing permissive for update to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (job_id = ANY (( SELECT granted_jobs(true) AS granted_jobs)::uuid[]))
END)) with check (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (job_id = ANY (( SELECT granted_jobs(true) AS granted_jobs)::uuid[]))
END))
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy reading permissive for select to docmill_app using (((owner_id = ( SELECT seen_owner(false) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(false) AS used_document) IS NULL) THEN true
    ELSE (job_id = ANY (( SELECT granted_jobs(false) AS granted_jobs)::uuid[]))
END))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy removing permissive for delete to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (job_id = ANY (( SELECT granted_jobs(true) AS granted_jobs)::uuid[]))
END))
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

unlogged table rate_limits
  key text not null
  used integer not null
  window_ends_at timestamp with time zone not null
  constraint rate_limits_key_check CHECK (((length(key) >= 1) AND (length(key) <= 500)))
  constraint rate_limits_pkey PRIMARY KEY (key)
  constraint rate_limits_used_check CHECK ((used >= 0))

view retry_history with (security_invoker=true)
  owner_id uuid
  job_id uuid
  seq integer
  stage text
  attempt smallint
  error_code text
  error_message text
  page_from integer
  page_to integer
  created_at timestamp with time zone
as
 SELECT owner_id,
    job_id,
    seq,
    stage,
    attempt,
    error_code,
    error_message,
    (details ->> 'pageFrom'::text)::integer AS page_from,
    (details ->> 'pageTo'::text)::integer AS page_to,
    created_at
   FROM processing_history h
  WHERE action = ANY (ARRAY['item.retry'::text, 'item.dead'::text, 'job.retry'::text, 'job.redrive'::text]);

table schedules
  name text not null
  pattern text not null
  timezone text not null default 'UTC'::text
  missed text not null
  next_fire_at timestamp with time zone not null
  last_fire_at timestamp with time zone
  last_started_at timestamp with time zone
  last_finished_at timestamp with time zone
  last_duration_ms integer
  last_error text
  runs bigint not null default 0
  runner uuid
  lease_token bigint not null default 0
  lease_expires_at timestamp with time zone
  constraint schedules_last_duration_ms_check CHECK ((last_duration_ms >= 0))
  constraint schedules_missed_check CHECK ((missed = ANY (ARRAY['skip'::text, 'run_once'::text])))
  constraint schedules_name_check CHECK ((name ~ '^[a-z][a-z0-9._-]{0,99}$'::text))
  constraint schedules_pattern_check CHECK (((length(pattern) >= 1) AND (length(pattern) <= 100)))
  constraint schedules_pkey PRIMARY KEY (name)
  constraint schedules_runner_has_lease CHECK (((runner IS NULL) = (lease_expires_at IS NULL)))
  constraint schedules_runs_check CHECK ((runs >= 0))

table schema_migrations
  version integer not null
  name text not null
  checksum text not null
  applied_at timestamp with time zone not null default now()
  duration_ms integer not null
  constraint schema_migrations_pkey PRIMARY KEY (version)

unlogged table session_fields force row level security
  user_id uuid not null
  session_id text not null
  state jsonb not null
  expires_at timestamp with time zone not null
  constraint session_fields_pkey PRIMARY KEY (user_id, session_id)
  constraint session_fields_session_id_check CHECK (((length(session_id) >= 1) AND (length(session_id) <= 200)))
  constraint session_fields_state_check CHECK ((jsonb_typeof(state) = 'object'::text))
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy own_rows permissive for all to docmill_app using ((user_id = ( SELECT current_actor() AS current_actor))) with check ((user_id = ( SELECT current_actor() AS current_actor)))
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

table sessions force row level security
  id uuid not null
  user_id uuid not null
  token_hash text not null
  state jsonb not null default '{}'::jsonb
  ip inet
  user_agent text
  created_at timestamp with time zone not null default now()
  last_seen_at timestamp with time zone not null default now()
  expires_at timestamp with time zone not null
  revoked_at timestamp with time zone
  constraint sessions_ends_after_start CHECK ((expires_at > created_at))
  constraint sessions_not_system CHECK ((user_id <> '00000000-0000-7000-8000-000000000002'::uuid))
  constraint sessions_pkey PRIMARY KEY (id)
  constraint sessions_state_check CHECK ((jsonb_typeof(state) = 'object'::text))
  constraint sessions_token UNIQUE (token_hash)
  constraint sessions_token_hash_check CHECK ((token_hash ~ '^[0-9a-f]{64}$'::text))
  constraint sessions_user_agent_check CHECK ((length(user_agent) <= 500))
  constraint sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy own_rows permissive for all to docmill_app using ((user_id = ( SELECT current_actor() AS current_actor))) with check ((user_id = ( SELECT current_actor() AS current_actor)))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

table share_visits force row level security
  id uuid not null
  owner_id uuid not null
  share_id uuid not null
  password_version integer not null
  token_hash text not null
  created_at timestamp with time zone not null default now()
  expires_at timestamp with time zone not null
  constraint share_visits_ends_after_start CHECK ((expires_at > created_at))
  constraint share_visits_pkey PRIMARY KEY (id)
  constraint share_visits_share_fk FOREIGN KEY (owner_id, share_id) REFERENCES document_shares(owner_id, id) ON DELETE CASCADE
  constraint share_visits_token UNIQUE (token_hash)
  constraint share_visits_token_hash_check CHECK ((token_hash ~ '^[0-9a-f]{64}$'::text))
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy own_rows permissive for all to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

view stage_performance with (security_invoker=true)
  owner_id uuid
  stage text
  finished bigint
  retried bigint
  dead bigint
  average_ms numeric
  p95_ms numeric
  success numeric
as
 SELECT owner_id,
    stage,
    count(*) FILTER (WHERE action = 'item.done'::text) AS finished,
    count(*) FILTER (WHERE action = 'item.retry'::text) AS retried,
    count(*) FILTER (WHERE action = 'item.dead'::text) AS dead,
    round(avg(duration_ms) FILTER (WHERE action = 'item.done'::text)) AS average_ms,
    round(percentile_cont(0.95::double precision) WITHIN GROUP (ORDER BY (duration_ms::double precision)) FILTER (WHERE action = 'item.done'::text)::numeric) AS p95_ms,
    round(count(*) FILTER (WHERE action = 'item.done'::text)::numeric / NULLIF(count(*) FILTER (WHERE action = ANY (ARRAY['item.done'::text, 'item.dead'::text])), 0)::numeric, 4) AS success
   FROM processing_history h
  WHERE (action = ANY (ARRAY['item.done'::text, 'item.retry'::text, 'item.dead'::text])) AND created_at > (now() - '1 day'::interval)
  GROUP BY owner_id, stage;

table state_transitions
  machine text not null
  from_status text not null
  to_status text not null
  constraint state_transitions_pkey PRIMARY KEY (machine, from_status, to_status)

table timeblocks force row level security
  id uuid not null
  owner_id uuid not null
  timetable_id uuid not null
  day_of_week smallint not null
  track smallint not null default 0
  start_time time without time zone not null
  end_time time without time zone not null
  duration integer not null generated always as (((EXTRACT(epoch FROM (end_time - start_time)) / (60)::numeric))::integer) stored
  name text not null
  notes text
  color text not null default '#3b82f6'::text
  "position" integer not null default 0
  metadata jsonb not null default '{}'::jsonb
  search tsvector generated always as (to_tsvector('docmill'::regconfig, ((name || ' '::text) || COALESCE(notes, ''::text)))) stored
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  constraint timeblocks_color_check CHECK ((color ~ '^#[0-9a-fA-F]{6}$'::text))
  constraint timeblocks_day_of_week_check CHECK (((day_of_week >= 1) AND (day_of_week <= 7)))
  constraint timeblocks_length CHECK ((((end_time - start_time) >= '00:05:00'::interval) AND ((end_time - start_time) <= '08:00:00'::interval)))
  constraint timeblocks_metadata_check CHECK (((jsonb_typeof(metadata) = 'object'::text) AND (octet_length((metadata)::text) <= 16384)))
  constraint timeblocks_name_check CHECK (((name = TRIM(BOTH FROM name)) AND ((length(name) >= 1) AND (length(name) <= 255)) AND (name !~ '[[:cntrl:]]'::text)))
  constraint timeblocks_no_overlap EXCLUDE USING gist (timetable_id WITH =, day_of_week WITH =, track WITH =, int4range(((EXTRACT(epoch FROM start_time) / (60)::numeric))::integer, ((EXTRACT(epoch FROM end_time) / (60)::numeric))::integer) WITH &&) DEFERRABLE
  constraint timeblocks_notes_check CHECK ((length(notes) <= 2000))
  constraint timeblocks_pkey PRIMARY KEY (id)
  constraint timeblocks_position_check CHECK (("position" >= 0))
  constraint timeblocks_timetable_fk FOREIGN KEY (owner_id, timetable_id) REFERENCES timetables(owner_id, id) ON DELETE CASCADE
  constraint timeblocks_track_check CHECK (((track >= 0) AND (track <= 99)))
  constraint timeblocks_whole_minutes CHECK (((EXTRACT(second FROM start_time) = (0)::numeric) AND (EXTRACT(second FROM end_time) = (0)::numeric)))
  policy granted_adding permissive for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy own_rows permissive for all to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

table timetable_documents force row level security
  timetable_id uuid not null
  document_id uuid not null
  owner_id uuid not null
  created_at timestamp with time zone not null default now()
  constraint timetable_documents_document_fk FOREIGN KEY (owner_id, document_id) REFERENCES documents(owner_id, id) ON DELETE CASCADE
  constraint timetable_documents_pkey PRIMARY KEY (timetable_id, document_id)
  constraint timetable_documents_timetable_fk FOREIGN KEY (owner_id, timetable_id) REFERENCES timetables(owner_id, id) ON DELETE CASCADE
  policy adding permissive for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))
  policy changing permissive for update to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (document_id = ( SELECT granted_document(true) AS granted_document))
END)) with check (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (document_id = ( SELECT granted_document(true) AS granted_document))
END))
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy reading permissive for select to docmill_app using (((owner_id = ( SELECT seen_owner(false) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(false) AS used_document) IS NULL) THEN true
    ELSE (document_id = ( SELECT granted_document(false) AS granted_document))
END))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy removing permissive for delete to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (document_id = ( SELECT granted_document(true) AS granted_document))
END))
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

table timetables force row level security
  id uuid not null
  owner_id uuid not null
  name text not null
  class_name text
  term text
  year integer not null
  week_start_date date
  timezone text not null default 'UTC'::text
  status text not null default 'draft'::text
  source text not null default 'manual'::text
  processed_content_id uuid
  metadata jsonb not null default '{}'::jsonb
  search tsvector generated always as (to_tsvector('docmill'::regconfig, ((name || ' '::text) || COALESCE(class_name, ''::text)))) stored
  row_version integer not null default 1
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  deleted_at timestamp with time zone
  constraint timetables_class_name_check CHECK (((length(class_name) >= 1) AND (length(class_name) <= 100)))
  constraint timetables_content_fk FOREIGN KEY (owner_id, processed_content_id) REFERENCES processed_content(owner_id, id) ON DELETE SET NULL (processed_content_id)
  constraint timetables_metadata_check CHECK (((jsonb_typeof(metadata) = 'object'::text) AND (octet_length((metadata)::text) <= 65536)))
  constraint timetables_name_check CHECK (((name = TRIM(BOTH FROM name)) AND ((length(name) >= 1) AND (length(name) <= 255)) AND (name !~ '[[:cntrl:]]'::text)))
  constraint timetables_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users(id) ON DELETE CASCADE
  constraint timetables_owner_id_id_key UNIQUE (owner_id, id)
  constraint timetables_pkey PRIMARY KEY (id)
  constraint timetables_source_check CHECK ((source = ANY (ARRAY['manual'::text, 'document'::text, 'import'::text])))
  constraint timetables_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'active'::text, 'archived'::text])))
  constraint timetables_term_check CHECK (((length(term) >= 1) AND (length(term) <= 50)))
  constraint timetables_timezone_check CHECK ((timezone ~ '^[A-Za-z0-9_+/-]{1,64}$'::text))
  constraint timetables_week_start_date_check CHECK (((week_start_date >= '1900-01-01'::date) AND (week_start_date <= '2200-12-31'::date)))
  constraint timetables_year_check CHECK (((year >= 1900) AND (year <= 2200)))
  policy granted_adding permissive for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy own_rows permissive for all to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

table upload_pieces force row level security
  upload_id uuid not null
  number integer not null
  owner_id uuid not null
  size_bytes bigint not null
  blob_id uuid not null
  constraint upload_pieces_blob_fk FOREIGN KEY (owner_id, blob_id) REFERENCES blobs(owner_id, id) ON DELETE CASCADE
  constraint upload_pieces_number CHECK (((number >= 1) AND (number <= 10000)))
  constraint upload_pieces_pkey PRIMARY KEY (upload_id, number)
  constraint upload_pieces_size_bytes_check CHECK ((size_bytes > 0))
  constraint upload_pieces_upload_fk FOREIGN KEY (owner_id, upload_id) REFERENCES uploads(owner_id, id) ON DELETE CASCADE
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy own_rows permissive for all to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

table uploads force row level security
  id uuid not null
  owner_id uuid not null
  protocol text not null
  file_name text not null
  size_bytes bigint not null
  offset_bytes bigint not null default 0
  piece_count integer not null default 0
  sha256 text
  wish jsonb not null default '{}'::jsonb
  sent_metadata text
  turn uuid
  outcome jsonb
  ended_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  expires_at timestamp with time zone not null
  constraint uploads_ended CHECK (((outcome IS NULL) = (ended_at IS NULL)))
  constraint uploads_expiry CHECK ((expires_at > created_at))
  constraint uploads_file_name_check CHECK (((length(file_name) >= 1) AND (length(file_name) <= 255)))
  constraint uploads_offset CHECK (((offset_bytes >= 0) AND (offset_bytes <= size_bytes)))
  constraint uploads_outcome_check CHECK ((jsonb_typeof(outcome) = 'object'::text))
  constraint uploads_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users(id) ON DELETE CASCADE
  constraint uploads_owner_id_id_key UNIQUE (owner_id, id)
  constraint uploads_pkey PRIMARY KEY (id)
  constraint uploads_protocol_check CHECK ((protocol = ANY (ARRAY['tus'::text, 'direct'::text])))
  constraint uploads_sent_metadata_check CHECK ((length(sent_metadata) <= 16384))
  constraint uploads_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
  constraint uploads_size_bytes_check CHECK ((size_bytes > 0))
  constraint uploads_wish_check CHECK (((jsonb_typeof(wish) = 'object'::text) AND (octet_length((wish)::text) <= 65536)))
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy own_rows permissive for all to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

table usage_events force row level security
  metric text not null
  source_id text not null
  owner_id uuid not null
  amount bigint not null
  occurred_at timestamp with time zone not null default now()
  constraint usage_events_amount CHECK (((amount > 0) OR ((metric = 'storage_bytes'::text) AND (amount <> 0))))
  constraint usage_events_metric_check CHECK ((metric = ANY (ARRAY['pages_processed'::text, 'queries_made'::text, 'storage_bytes'::text])))
  constraint usage_events_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users(id) ON DELETE CASCADE
  constraint usage_events_pkey PRIMARY KEY (metric, source_id)
  constraint usage_events_source_id_check CHECK (((length(source_id) >= 1) AND (length(source_id) <= 200)))
  policy granted_adding permissive for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy own_rows permissive for all to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

table usage_stats force row level security
  user_id uuid not null
  date date not null
  pages_processed bigint not null default 0
  queries_made bigint not null default 0
  storage_bytes bigint not null default 0
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  owner_id uuid not null generated always as (user_id) stored
  constraint usage_stats_pages_processed_check CHECK ((pages_processed >= 0))
  constraint usage_stats_pkey PRIMARY KEY (user_id, date)
  constraint usage_stats_queries_made_check CHECK ((queries_made >= 0))
  constraint usage_stats_storage_bytes_check CHECK ((storage_bytes >= 0))
  constraint usage_stats_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
  policy granted_adding permissive for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy own_rows permissive for all to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

view user_corrections with (security_invoker=true)
  id bigint
  owner_id uuid
  zone_id uuid
  version_id uuid
  page_number integer
  original_content text
  corrected_content text
  confidence_before confidence
  confidence_after confidence
  correction_type text
  corrected_by uuid
  created_at timestamp with time zone
as
 SELECT r.id,
    r.owner_id,
    r.zone_id,
    r.version_id,
    r.page_number,
    r.content AS original_content,
        CASE
            WHEN later.id IS NULL THEN z.content
            ELSE later.content
        END AS corrected_content,
    r.confidence AS confidence_before,
        CASE
            WHEN later.id IS NULL THEN z.confidence
            ELSE later.confidence
        END AS confidence_after,
    COALESCE(r.reason_code, r.kind) AS correction_type,
    r.author_id AS corrected_by,
    r.created_at
   FROM zone_revisions r
     LEFT JOIN zone_revisions later ON later.zone_id = r.zone_id AND later.number = (r.number + 1)
     LEFT JOIN zones z ON z.id = r.zone_id
  WHERE r.author_id IS NOT NULL AND (r.kind = ANY (ARRAY['correction'::text, 'revert'::text]));

table user_identities force row level security
  id uuid not null
  user_id uuid not null
  provider text not null
  subject text not null
  profile jsonb not null default '{}'::jsonb
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  constraint user_identities_not_system CHECK ((user_id <> '00000000-0000-7000-8000-000000000002'::uuid))
  constraint user_identities_pkey PRIMARY KEY (id)
  constraint user_identities_profile_check CHECK ((jsonb_typeof(profile) = 'object'::text))
  constraint user_identities_provider_check CHECK ((provider = ANY (ARRAY['clerk'::text, 'google'::text, 'github'::text, 'microsoft'::text, 'email'::text, 'oidc'::text])))
  constraint user_identities_provider_subject UNIQUE (provider, subject)
  constraint user_identities_subject_check CHECK (((length(subject) >= 1) AND (length(subject) <= 255)))
  constraint user_identities_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy own_rows permissive for all to docmill_app using ((user_id = ( SELECT current_actor() AS current_actor))) with check ((user_id = ( SELECT current_actor() AS current_actor)))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

table user_passwords force row level security
  user_id uuid not null
  password_hash text not null
  changed_at timestamp with time zone not null default now()
  constraint user_passwords_not_system CHECK ((user_id <> '00000000-0000-7000-8000-000000000002'::uuid))
  constraint user_passwords_password_hash_check CHECK (((password_hash ~ '^\$argon2id\$'::text) AND (length(password_hash) <= 500)))
  constraint user_passwords_pkey PRIMARY KEY (user_id)
  constraint user_passwords_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy own_rows permissive for all to docmill_app using ((user_id = ( SELECT current_actor() AS current_actor))) with check ((user_id = ( SELECT current_actor() AS current_actor)))
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

table users force row level security
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
  avatar_blob_id uuid
  purged_at timestamp with time zone
  constraint users_avatar_fk FOREIGN KEY (id, avatar_blob_id) REFERENCES blobs(owner_id, id) ON DELETE SET NULL (avatar_blob_id)
  constraint users_email_check CHECK (((length((email)::text) >= 3) AND (length((email)::text) <= 320)))
  constraint users_email_key UNIQUE (email)
  constraint users_first_name_check CHECK ((length(first_name) <= 255))
  constraint users_last_name_check CHECK ((length(last_name) <= 255))
  constraint users_limits_check CHECK ((jsonb_typeof(limits) = 'object'::text))
  constraint users_pkey PRIMARY KEY (id)
  constraint users_purged_is_empty CHECK (((purged_at IS NULL) OR ((status = 'deleted'::text) AND (num_nonnulls(email_verified_at, first_name, last_name, last_login_at, avatar_blob_id) = 0) AND (email = (((id)::text || '@deleted.invalid'::text))::citext) AND (settings = '{}'::jsonb) AND (limits = '{}'::jsonb))))
  constraint users_role_check CHECK ((role = ANY (ARRAY['teacher'::text, 'reviewer'::text, 'admin'::text])))
  constraint users_settings_check CHECK ((jsonb_typeof(settings) = 'object'::text))
  constraint users_status_check CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text, 'deleted'::text])))
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy own_rows permissive for all to docmill_app using ((id = ( SELECT current_actor() AS current_actor))) with check ((id = ( SELECT current_actor() AS current_actor)))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

view v_active_timetables with (security_invoker=true)
  id uuid
  owner_id uuid
  owner_name text
  owner_email text
  name text
  class_name text
  term text
  year integer
  week_start_date date
  created_at timestamp with time zone
  updated_at timestamp with time zone
  block_count bigint
  document_count bigint
as
 SELECT t.id,
    t.owner_id,
    u.name AS owner_name,
    u.email::text AS owner_email,
    t.name,
    t.class_name,
    t.term,
    t.year,
    t.week_start_date,
    t.created_at,
    t.updated_at,
    blocks.count AS block_count,
    documents.count AS document_count
   FROM timetables t
     JOIN users u ON u.id = t.owner_id
     CROSS JOIN LATERAL ( SELECT count(*) AS count
           FROM timeblocks b
          WHERE b.timetable_id = t.id) blocks
     CROSS JOIN LATERAL ( SELECT count(*) AS count
           FROM timetable_documents d
          WHERE d.timetable_id = t.id) documents
  WHERE t.status = 'active'::text AND t.deleted_at IS NULL;

view v_processing_queue_stats with (security_invoker=true)
  owner_id uuid
  stage text
  status text
  tier text
  items bigint
  pages bigint
  jobs bigint
  average_confidence numeric
  oldest timestamp with time zone
  newest timestamp with time zone
as
 SELECT j.owner_id,
    q.queue AS stage,
        CASE
            WHEN q.status = 'ready'::text AND q.run_at = 'infinity'::timestamp with time zone THEN 'paused'::text
            WHEN q.status = 'ready'::text AND q.run_at > now() THEN 'delayed'::text
            ELSE q.status
        END AS status,
    j.tier,
    count(*) AS items,
    sum(q.page_to - q.page_from + 1) AS pages,
    count(DISTINCT q.job_id) AS jobs,
    round(avg(j.confidence::numeric), 4) AS average_confidence,
    min(j.queued_at) AS oldest,
    max(j.queued_at) AS newest
   FROM processing_queue q
     JOIN processing_jobs j ON j.owner_id = q.owner_id AND j.id = q.job_id
  GROUP BY j.owner_id, q.queue, (
        CASE
            WHEN q.status = 'ready'::text AND q.run_at = 'infinity'::timestamp with time zone THEN 'paused'::text
            WHEN q.status = 'ready'::text AND q.run_at > now() THEN 'delayed'::text
            ELSE q.status
        END), j.tier;

table webhook_deliveries force row level security
  id uuid not null
  owner_id uuid not null
  endpoint_id uuid not null
  event_id uuid not null
  event text not null
  payload jsonb not null
  status text not null default 'pending'::text
  attempts smallint not null default 0
  next_attempt_at timestamp with time zone
  response_status smallint
  error_message text
  created_at timestamp with time zone not null default now()
  delivered_at timestamp with time zone
  last_attempt_at timestamp with time zone
  duration_ms integer
  response_excerpt text
  constraint webhook_deliveries_attempts_check CHECK ((attempts >= 0))
  constraint webhook_deliveries_delivered CHECK (((status = 'delivered'::text) = (delivered_at IS NOT NULL)))
  constraint webhook_deliveries_duration_ms_check CHECK ((duration_ms >= 0))
  constraint webhook_deliveries_event_check CHECK (((length(event) >= 1) AND (length(event) <= 100)))
  constraint webhook_deliveries_next CHECK (((status = 'pending'::text) = (next_attempt_at IS NOT NULL)))
  constraint webhook_deliveries_owner_id_endpoint_id_fkey FOREIGN KEY (owner_id, endpoint_id) REFERENCES webhook_endpoints(owner_id, id) ON DELETE CASCADE
  constraint webhook_deliveries_payload_check CHECK ((jsonb_typeof(payload) = 'object'::text))
  constraint webhook_deliveries_pkey PRIMARY KEY (id)
  constraint webhook_deliveries_response_excerpt_check CHECK ((length(response_excerpt) <= 2000))
  constraint webhook_deliveries_response_status_check CHECK (((response_status >= 100) AND (response_status <= 599)))
  constraint webhook_deliveries_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'held'::text, 'delivered'::text, 'dead'::text])))
  policy granted_adding permissive for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy own_rows permissive for all to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

table webhook_endpoints force row level security
  id uuid not null
  owner_id uuid not null
  url text not null
  description text
  secret bytea not null
  events text[] not null
  is_active boolean not null default true
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  previous_secret bytea
  previous_until timestamp with time zone
  paused_at timestamp with time zone
  pause_reason text
  constraint webhook_endpoints_description_check CHECK ((length(description) <= 500))
  constraint webhook_endpoints_events_check CHECK (((cardinality(events) >= 1) AND (cardinality(events) <= 50)))
  constraint webhook_endpoints_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users(id) ON DELETE CASCADE
  constraint webhook_endpoints_owner_id_id_key UNIQUE (owner_id, id)
  constraint webhook_endpoints_pause CHECK (((paused_at IS NULL) = (pause_reason IS NULL)))
  constraint webhook_endpoints_pause_reason_check CHECK (((length(pause_reason) >= 1) AND (length(pause_reason) <= 500)))
  constraint webhook_endpoints_pkey PRIMARY KEY (id)
  constraint webhook_endpoints_previous_secret_check CHECK (((length(previous_secret) >= 24) AND (length(previous_secret) <= 64)))
  constraint webhook_endpoints_rotation CHECK (((previous_secret IS NULL) = (previous_until IS NULL)))
  constraint webhook_endpoints_secret_check CHECK (((length(secret) >= 24) AND (length(secret) <= 64)))
  constraint webhook_endpoints_url_check CHECK (((url ~ '^https?://[^[:space:]]+$'::text) AND (length(url) <= 2000)))
  policy granted_adding permissive for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy own_rows permissive for all to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

table workers
  id uuid not null
  lock_key bigint not null
  host text not null
  pid integer not null
  version text not null
  started_at timestamp with time zone not null default now()
  heartbeat_at timestamp with time zone not null default now()
  holds_lock boolean not null default false
  constraint workers_pkey PRIMARY KEY (id)

view zone_confidence_history with (security_invoker=true)
  zone_id uuid
  owner_id uuid
  confidence confidence
  tool text
  recorded_at timestamp with time zone
as
 SELECT r.zone_id,
    r.owner_id,
    r.confidence,
    r.tool,
    COALESCE(before.created_at, r.zone_created_at) AS recorded_at
   FROM zone_revisions r
     LEFT JOIN zone_revisions before ON before.zone_id = r.zone_id AND before.number = (r.number - 1)
UNION ALL
 SELECT z.id AS zone_id,
    z.owner_id,
    z.confidence,
    z.tool,
    COALESCE(( SELECT max(r.created_at) AS max
           FROM zone_revisions r
          WHERE r.zone_id = z.id), z.created_at) AS recorded_at
   FROM zones z;

table zone_revisions force row level security
  id bigint not null generated always as identity
  owner_id uuid not null
  zone_id uuid not null
  version_id uuid not null
  page_number integer not null
  number integer not null
  kind text not null
  zone_kind text not null
  "position" integer not null
  x real not null
  y real not null
  width real not null
  height real not null
  polygon jsonb
  content text not null
  data jsonb
  word_boxes bytea
  confidence confidence not null
  tool text not null
  status text not null
  reason_code text
  author_id uuid
  job_id uuid
  zone_created_at timestamp with time zone not null
  created_at timestamp with time zone not null default now()
  constraint zone_revisions_kind_check CHECK ((kind = ANY (ARRAY['extraction'::text, 'correction'::text, 'geometry'::text, 'retype'::text, 'revert'::text, 'removal'::text])))
  constraint zone_revisions_number_check CHECK ((number >= 1))
  constraint zone_revisions_owner_id_version_id_fkey FOREIGN KEY (owner_id, version_id) REFERENCES document_versions(owner_id, id) ON DELETE CASCADE
  constraint zone_revisions_pkey PRIMARY KEY (id)
  constraint zone_revisions_reason_code_check CHECK ((reason_code ~ '^[a-z][a-z0-9_]{0,49}$'::text))
  constraint zone_revisions_version_id_page_number_fkey FOREIGN KEY (version_id, page_number) REFERENCES pages(version_id, number) ON DELETE CASCADE
  constraint zone_revisions_word_boxes_whole CHECK (((octet_length(word_boxes) % 10) = 0))
  constraint zone_revisions_zone_id_number_key UNIQUE (zone_id, number)
  policy adding permissive for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))
  policy changing permissive for update to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END)) with check (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END))
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy reading permissive for select to docmill_app using (((owner_id = ( SELECT seen_owner(false) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(false) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(false) AS granted_versions)::uuid[]))
END))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy removing permissive for delete to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END))
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

table zones force row level security
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
  constraint zones_data_check CHECK ((jsonb_typeof(data) = 'object'::text))
  constraint zones_height_check CHECK (((height >= (0)::double precision) AND (height <= (1)::double precision)))
  constraint zones_inside_page CHECK ((((x + width) <= (1.001)::double precision) AND ((y + height) <= (1.001)::double precision)))
  constraint zones_kind_check CHECK ((kind = ANY (ARRAY['text'::text, 'heading'::text, 'table'::text, 'figure'::text, 'diagram'::text, 'image'::text, 'header'::text, 'footer'::text, 'handwriting'::text, 'unknown'::text])))
  constraint zones_metadata_check CHECK ((jsonb_typeof(metadata) = 'object'::text))
  constraint zones_owner_id_version_id_fkey FOREIGN KEY (owner_id, version_id) REFERENCES document_versions(owner_id, id) ON DELETE CASCADE
  constraint zones_pkey PRIMARY KEY (id)
  constraint zones_polygon_check CHECK (
CASE jsonb_typeof(polygon)
    WHEN 'array'::text THEN ((jsonb_array_length(polygon) >= 3) AND (jsonb_array_length(polygon) <= 1000))
    ELSE (polygon IS NULL)
END)
  constraint zones_position UNIQUE (version_id, page_number, "position") DEFERRABLE
  constraint zones_position_check CHECK (("position" >= 1))
  constraint zones_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'processing'::text, 'extracted'::text, 'corrected'::text, 'failed'::text, 'skipped'::text])))
  constraint zones_version_id_page_number_fkey FOREIGN KEY (version_id, page_number) REFERENCES pages(version_id, number) ON DELETE CASCADE
  constraint zones_width_check CHECK (((width >= (0)::double precision) AND (width <= (1)::double precision)))
  constraint zones_words CHECK ((((word_from IS NULL) = (word_to IS NULL)) AND (word_to >= word_from)))
  constraint zones_x_check CHECK (((x >= (0)::double precision) AND (x <= (1)::double precision)))
  constraint zones_y_check CHECK (((y >= (0)::double precision) AND (y <= (1)::double precision)))
  policy adding permissive for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))
  policy changing permissive for update to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END)) with check (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END))
  policy migrator_all permissive for all to docmill_owner using (true) with check (true)
  policy reading permissive for select to docmill_app using (((owner_id = ( SELECT seen_owner(false) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(false) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(false) AS granted_versions)::uuid[]))
END))
  policy readonly_all permissive for select to docmill_readonly using (true)
  policy removing permissive for delete to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END))
  policy worker_all permissive for all to docmill_worker using (true) with check (true)

-- Indexes

CREATE INDEX account_tokens_end ON public.account_tokens USING btree (expires_at)
CREATE INDEX account_tokens_user ON public.account_tokens USING btree (user_id, purpose)
CREATE INDEX api_keys_user ON public.api_keys USING btree (user_id, id DESC)
CREATE INDEX api_metrics_route ON ONLY public.api_metrics USING btree (route, recorded_at DESC)
CREATE INDEX api_metrics_status ON ONLY public.api_metrics USING btree (status, recorded_at DESC)
CREATE INDEX api_metrics_user ON ONLY public.api_metrics USING btree (user_id, recorded_at DESC)
CREATE INDEX audit_logs_actor ON ONLY public.audit_logs USING btree (actor_id, created_at DESC, id DESC)
CREATE INDEX audit_logs_resource ON ONLY public.audit_logs USING btree (resource_id, created_at DESC, id DESC)
CREATE INDEX blobs_old_pending ON public.blobs USING btree (created_at) WHERE (state = 'pending'::text)
CREATE INDEX blobs_owner_hash ON public.blobs USING btree (owner_id, sha256) WHERE (state = 'stored'::text)
CREATE INDEX cache_entries_expiry ON public.cache_entries USING btree (expires_at)
CREATE INDEX clerk_events_received ON public.clerk_events USING btree (received_at)
CREATE INDEX document_shares_document ON public.document_shares USING btree (document_id) WHERE (document_id IS NOT NULL)
CREATE INDEX document_shares_email ON public.document_shares USING btree (grantee_email) WHERE (revoked_at IS NULL)
CREATE INDEX document_shares_folder ON public.document_shares USING btree (folder_id) WHERE (folder_id IS NOT NULL)
CREATE INDEX document_shares_grantee ON public.document_shares USING btree (grantee_id, document_id, folder_id) WHERE (revoked_at IS NULL)
CREATE INDEX document_versions_blob ON public.document_versions USING btree (blob_id)
CREATE INDEX documents_folder ON public.documents USING btree (owner_id, folder_id, id DESC) WHERE (deleted_at IS NULL)
CREATE INDEX documents_metadata ON public.documents USING gin (metadata jsonb_path_ops) WHERE (deleted_at IS NULL)
CREATE INDEX documents_newest ON public.documents USING btree (owner_id, id DESC) WHERE (deleted_at IS NULL)
CREATE INDEX documents_of_folder ON public.documents USING btree (folder_id) WHERE (folder_id IS NOT NULL)
CREATE INDEX documents_status ON public.documents USING btree (owner_id, status, id DESC) WHERE (deleted_at IS NULL)
CREATE INDEX documents_title ON public.documents USING gin (title gin_trgm_ops) WHERE (deleted_at IS NULL)
CREATE INDEX export_files_blob ON public.export_files USING btree (blob_id)
CREATE INDEX export_records_document ON public.export_records USING btree (document_id, id DESC)
CREATE INDEX export_records_newest ON public.export_records USING btree (owner_id, id DESC)
CREATE INDEX folders_parent ON public.folders USING btree (parent_id, name_key) WHERE (parent_id IS NOT NULL)
CREATE INDEX folders_trashed ON public.folders USING btree (owner_id, id DESC) WHERE (deleted_at IS NOT NULL)
CREATE INDEX hitl_tasks_assignee_open ON public.hitl_tasks USING btree (assigned_to) WHERE (assigned_to IS NOT NULL)
CREATE INDEX hitl_tasks_leases ON public.hitl_tasks USING btree (lease_expires_at) WHERE (status = ANY (ARRAY['assigned'::text, 'in_progress'::text]))
CREATE INDEX hitl_tasks_newest ON public.hitl_tasks USING btree (owner_id, id DESC)
CREATE INDEX hitl_tasks_queue ON public.hitl_tasks USING btree (owner_id, priority DESC, id) WHERE (status = 'pending'::text)
CREATE INDEX idempotency_keys_expires ON public.idempotency_keys USING btree (expires_at)
CREATE INDEX import_refs_owner ON public.import_refs USING btree (owner_id)
CREATE INDEX import_refs_resource ON public.import_refs USING btree (resource_id)
CREATE INDEX invitations_accepter ON public.invitations USING btree (accepted_by) WHERE (accepted_by IS NOT NULL)
CREATE INDEX invitations_inviter ON public.invitations USING btree (invited_by) WHERE (invited_by IS NOT NULL)
CREATE INDEX job_progress_fields_expiry ON public.job_progress_fields USING btree (expires_at)
CREATE INDEX journal_entries_data ON public.journal_entries USING gin (raw_data jsonb_path_ops) WHERE (deleted_at IS NULL)
CREATE INDEX journal_entries_newest ON public.journal_entries USING btree (owner_id, occurred_at DESC, id DESC) WHERE (deleted_at IS NULL)
CREATE INDEX journal_entries_search ON public.journal_entries USING gin (search) WHERE (deleted_at IS NULL)
CREATE INDEX journal_entries_type ON public.journal_entries USING btree (owner_id, entry_type, occurred_at DESC, id DESC) WHERE (deleted_at IS NULL)
CREATE INDEX legal_holds_in_force ON public.legal_holds USING btree (user_id) WHERE (released_at IS NULL)
CREATE INDEX live_subscriptions_expiry ON public.live_subscriptions USING btree (expires_at)
CREATE INDEX outbox_due ON public.outbox USING btree (id) WHERE (published_at IS NULL)
CREATE INDEX outbox_published ON public.outbox USING btree (published_at) WHERE (published_at IS NOT NULL)
CREATE INDEX outbox_waiting ON public.outbox USING btree (topic, key, id) WHERE (published_at IS NULL)
CREATE INDEX pages_job ON public.pages USING btree (job_id)
CREATE INDEX pages_newest ON public.pages USING btree (owner_id, version_id DESC, number)
CREATE INDEX pages_search ON public.pages USING gin (search)
CREATE INDEX processed_content_entry ON public.processed_content USING btree (entry_id, task_type, created_at DESC) WHERE (entry_id IS NOT NULL)
CREATE INDEX processed_content_job ON public.processed_content USING btree (job_id)
CREATE INDEX processed_content_subject ON public.processed_content USING btree (version_id, task_type, created_at DESC)
CREATE INDEX processing_jobs_archive_blob ON public.processing_jobs USING btree (archive_blob_id) WHERE (archive_blob_id IS NOT NULL)
CREATE INDEX processing_jobs_entry ON public.processing_jobs USING btree (entry_id, id DESC) WHERE (entry_id IS NOT NULL)
CREATE INDEX processing_jobs_export ON public.processing_jobs USING btree (export_id, id DESC) WHERE (export_id IS NOT NULL)
CREATE INDEX processing_jobs_newest ON public.processing_jobs USING btree (owner_id, id DESC)
CREATE INDEX processing_jobs_to_archive ON public.processing_jobs USING btree (completed_at, id) WHERE ((completed_at IS NOT NULL) AND ((archived_at IS NULL) OR (archived_at < completed_at)))
CREATE INDEX processing_jobs_version ON public.processing_jobs USING btree (version_id, id DESC)
CREATE INDEX processing_metrics_stage ON ONLY public.processing_metrics USING btree (stage, recorded_at DESC)
CREATE INDEX processing_metrics_tier ON ONLY public.processing_metrics USING btree (tier, recorded_at DESC)
CREATE INDEX processing_metrics_user ON ONLY public.processing_metrics USING btree (user_id, recorded_at DESC)
CREATE INDEX processing_queue_ready ON public.processing_queue USING btree (queue, priority DESC, owner_id, run_at, id) WHERE (status = 'ready'::text)
CREATE INDEX rate_limits_expiry ON public.rate_limits USING btree (window_ends_at)
CREATE INDEX session_fields_expiry ON public.session_fields USING btree (expires_at)
CREATE INDEX sessions_end ON public.sessions USING btree (expires_at)
CREATE INDEX sessions_user ON public.sessions USING btree (user_id, id DESC)
CREATE INDEX share_visits_end ON public.share_visits USING btree (expires_at)
CREATE INDEX share_visits_share ON public.share_visits USING btree (owner_id, share_id)
CREATE INDEX timeblocks_search ON public.timeblocks USING gin (search)
CREATE INDEX timeblocks_week ON public.timeblocks USING btree (timetable_id, day_of_week, start_time)
CREATE INDEX timetable_documents_document ON public.timetable_documents USING btree (document_id)
CREATE INDEX timetables_content ON public.timetables USING btree (processed_content_id) WHERE (processed_content_id IS NOT NULL)
CREATE INDEX timetables_newest ON public.timetables USING btree (owner_id, id DESC) WHERE (deleted_at IS NULL)
CREATE INDEX timetables_search ON public.timetables USING gin (search) WHERE (deleted_at IS NULL)
CREATE INDEX timetables_status ON public.timetables USING btree (owner_id, status, id DESC) WHERE (deleted_at IS NULL)
CREATE INDEX timetables_year ON public.timetables USING btree (owner_id, year) WHERE (deleted_at IS NULL)
CREATE INDEX uploads_expired ON public.uploads USING btree (expires_at)
CREATE INDEX uploads_open ON public.uploads USING btree (owner_id, id) WHERE (ended_at IS NULL)
CREATE INDEX usage_events_owner ON public.usage_events USING btree (owner_id, occurred_at)
CREATE INDEX user_identities_user ON public.user_identities USING btree (user_id)
CREATE INDEX users_to_purge ON public.users USING btree (deleted_at) WHERE ((status = 'deleted'::text) AND (purged_at IS NULL))
CREATE INDEX webhook_deliveries_due ON public.webhook_deliveries USING btree (next_attempt_at) WHERE (status = 'pending'::text)
CREATE INDEX webhook_deliveries_newest ON public.webhook_deliveries USING btree (owner_id, id DESC)
CREATE INDEX webhook_deliveries_of_endpoint ON public.webhook_deliveries USING btree (endpoint_id, id DESC)
CREATE INDEX zone_revisions_author ON public.zone_revisions USING btree (author_id, created_at DESC) WHERE (author_id IS NOT NULL)
CREATE INDEX zone_revisions_page ON public.zone_revisions USING btree (version_id, page_number)
CREATE INDEX zones_low_confidence ON public.zones USING btree (version_id, page_number, "position") WHERE ((confidence)::numeric < 0.8)
CREATE UNIQUE INDEX document_shares_one_live ON public.document_shares USING btree (COALESCE(document_id, folder_id), grantee_id) WHERE ((revoked_at IS NULL) AND (grantee_id IS NOT NULL))
CREATE UNIQUE INDEX document_shares_one_live_email ON public.document_shares USING btree (COALESCE(document_id, folder_id), grantee_email) WHERE ((revoked_at IS NULL) AND (grantee_email IS NOT NULL))
CREATE UNIQUE INDEX folders_sibling_name ON public.folders USING btree (owner_id, parent_id, name_key) NULLS NOT DISTINCT WHERE (deleted_at IS NULL)
CREATE UNIQUE INDEX hitl_tasks_one_open ON public.hitl_tasks USING btree (job_id, page_number, zone_id) NULLS NOT DISTINCT WHERE (status = ANY (ARRAY['pending'::text, 'assigned'::text, 'in_progress'::text]))
CREATE UNIQUE INDEX invitations_one_open ON public.invitations USING btree (email) WHERE ((accepted_at IS NULL) AND (revoked_at IS NULL))
CREATE UNIQUE INDEX processed_content_one_current ON public.processed_content USING btree (version_id, entry_id, task_type) NULLS NOT DISTINCT WHERE (superseded_at IS NULL)
CREATE UNIQUE INDEX processing_daily_key ON public.processing_daily USING btree (day, stage, tier)
CREATE UNIQUE INDEX processing_jobs_one_open ON public.processing_jobs USING btree (version_id, kind) WHERE (status = ANY (ARRAY['queued'::text, 'running'::text, 'in_review'::text, 'paused'::text]))
CREATE UNIQUE INDEX processing_jobs_one_open_entry ON public.processing_jobs USING btree (entry_id, kind) WHERE (status = ANY (ARRAY['queued'::text, 'running'::text, 'in_review'::text, 'paused'::text]))
CREATE UNIQUE INDEX processing_jobs_one_open_export ON public.processing_jobs USING btree (export_id, kind) WHERE (status = ANY (ARRAY['queued'::text, 'running'::text, 'in_review'::text, 'paused'::text]))
CREATE UNIQUE INDEX upload_pieces_blob ON public.upload_pieces USING btree (owner_id, blob_id)
CREATE UNIQUE INDEX webhook_deliveries_once ON public.webhook_deliveries USING btree (endpoint_id, event_id)
CREATE UNIQUE INDEX webhook_endpoints_one_url ON public.webhook_endpoints USING btree (owner_id, url)

-- Functions

CREATE OR REPLACE FUNCTION public.add_histograms(a bigint[], b bigint[])
 RETURNS bigint[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select array_agg(coalesce(u.x, 0) + coalesce(u.y, 0) order by u.place)
  from unnest(a, b) with ordinality as u (x, y, place)
$function$

CREATE OR REPLACE FUNCTION public.append_audit(new_action text, new_resource_type text, new_resource_id uuid, new_changes jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  head text[] := string_to_array(public.audit_setting('audit_head'), ',');
  at timestamptz := clock_timestamp();
  in_month text := date_trunc('month', at at time zone 'UTC')::date;
  new_id bigint := nextval('public.audit_logs_id_seq');
  new_seq bigint;
  who uuid := public.audit_setting('actor_id')::uuid;
  kind text := public.audit_setting('actor_kind');
  why text := public.audit_setting('reason');
  address inet := public.audit_address(public.audit_setting('ip'));
  agent text := left(public.audit_setting('user_agent'), 500);
  request text := left(public.audit_setting('request_id'), 200);
  new_hash bytea;
begin
  if head[1] <> in_month then
    perform public.close_audit_chain();
    head := null;
  end if;
  if head is null then
    head := public.open_audit_chain(in_month::date);
  end if;
  kind := case when kind in ('user', 'key', 'link', 'system') then kind
    when who is null then 'system' else 'user' end;
  at := greatest(at, head[5]::timestamptz + interval '1 microsecond');
  new_seq := head[4]::bigint + 1;
  -- The array of all columns as text, which has no two readings; docmill audit verify makes the same.
  new_hash := sha256(decode(head[7], 'hex') || convert_to(jsonb_build_array(
    (extract(epoch from at) * 1000000)::bigint, new_id, head[2]::smallint, new_seq, who, kind,
    new_action, new_resource_type, new_resource_id, new_changes, why, address::text, agent, request)::text, 'UTF8'));
  insert into public.audit_logs
    (id, created_at, actor_id, actor_kind, action, resource_type, resource_id, changes, reason,
     ip_address, user_agent, request_id, chain, seq, prev_hash, hash)
  values (new_id, at, who, kind, new_action, new_resource_type, new_resource_id, new_changes, why,
    address, agent, request, head[2]::smallint, new_seq, decode(head[7], 'hex'), new_hash);
  perform set_config('app.audit_head', array_to_string(
    head[1:3] || array[new_seq::text, at::text, head[7], encode(new_hash, 'hex')], ','), true);
end
$function$

CREATE OR REPLACE FUNCTION public.archive_jobs(jobs uuid[], archive uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
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
$function$

CREATE OR REPLACE FUNCTION public.audit_address(address text)
 RETURNS inet
 LANGUAGE plpgsql
 IMMUTABLE STRICT
AS $function$
begin
  return address::inet;
exception
  when invalid_text_representation then return null;
end
$function$

CREATE OR REPLACE FUNCTION public.audit_row()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  ignored text[] := string_to_array(tg_argv[3], ',');
  before_row jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) - ignored end;
  after_row jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) - ignored end;
  whole jsonb := coalesce(after_row, before_row);
  keys text[] := string_to_array(tg_argv[1], ',');
  masked text[] := string_to_array(tg_argv[2], ',');
  changed jsonb;
  verb text;
begin
  if before_row = after_row then
    return null;
  end if;
  select jsonb_object_agg(f.key, case
      when before_row -> f.key = after_row -> f.key then jsonb_build_object('is', f.value)
      else case when before_row is null then '{}' else jsonb_build_object(
          'from', audit_value(f.hidden, coalesce(before_row -> f.key, 'null'))) end
        || case when after_row is null then '{}' else jsonb_build_object(
          'to', audit_value(f.hidden, coalesce(after_row -> f.key, 'null'))) end
    end)
  into changed
  from (
    select e.key, e.value,
      e.key = any(masked) or e.key ~ '(password|secret|token|_hash$)' as hidden
    from jsonb_each(whole) e
    where e.key = any(keys)
      or case tg_op
        when 'UPDATE' then before_row -> e.key is distinct from e.value
        else e.value <> 'null' and e.key <> tg_argv[0]
      end
  ) f;
  verb := case
    when tg_op = 'INSERT' then 'create'
    when tg_op = 'DELETE' then 'delete'
    when before_row ->> 'deleted_at' is null and after_row ->> 'deleted_at' is not null then 'trash'
    when before_row ->> 'deleted_at' is not null and after_row ->> 'deleted_at' is null then 'restore'
    else 'update'
  end;
  perform append_audit(verb, tg_table_name, (whole ->> tg_argv[0])::uuid, coalesce(changed, '{}'));
  return null;
end
$function$

CREATE OR REPLACE FUNCTION public.audit_setting(name text)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select nullif(current_setting('app.' || name, true), '')
$function$

CREATE OR REPLACE FUNCTION public.audit_table(target regclass, masked text[] DEFAULT '{}'::text[], ignored text[] DEFAULT '{}'::text[], people_only boolean DEFAULT false)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  id_column text;
  other_keys text[];
  condition text := '';
begin
  select coalesce(
      (array_agg(a.attname::text) filter (where a.attname = 'id'))[1],
      (array_agg(a.attname::text order by array_position(i.indkey::smallint[], a.attnum))
        filter (where a.atttypid = 'uuid'::regtype))[1]),
    array_agg(a.attname::text)
  into id_column, other_keys
  from pg_index i
  join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
  where i.indrelid = target and i.indisprimary;
  if id_column is null then
    raise exception '% has no uuid in its primary key', target;
  end if;
  if people_only then
    condition := $when$when (pg_trigger_depth() = 0 and audit_setting('actor_kind') in ('user', 'key', 'link'))$when$;
  end if;
  execute format(
    'create trigger audit after insert or update or delete on %s for each row %s execute function audit_row(%L, %L, %L, %L)',
    target, condition, id_column, array_to_string(array_remove(other_keys, id_column), ','),
    array_to_string(masked, ','),
    array_to_string(ignored || array['updated_at', 'row_version', 'search'], ','));
end
$function$

CREATE OR REPLACE FUNCTION public.audit_value(masked boolean, value jsonb)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case
    when value = 'null' then value
    when masked then '"***"'::jsonb
    when pg_column_size(value) > 2000 then jsonb_build_object(
      'cut', left(value #>> '{}', 500), 'length', length(value #>> '{}'),
      'sha256', encode(sha256(convert_to(value #>> '{}', 'UTF8')), 'hex'))
    else value
  end
$function$

CREATE OR REPLACE FUNCTION public.bump_row_version()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.row_version := old.row_version + 1;
  return new;
end
$function$

CREATE OR REPLACE FUNCTION public.cancel_tasks_of_job()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update hitl_tasks set status = 'cancelled', assigned_to = null
  where job_id = new.id and status in ('pending', 'assigned', 'in_progress');
  return null;
end
$function$

CREATE OR REPLACE FUNCTION public.claim_items(claimer uuid, wanted_queues text[], wanted_slots integer[], lease interval, moment timestamp with time zone, turn_queues text[], turn_owners uuid[], turn_values double precision[], entry_turns double precision[])
 RETURNS TABLE(id bigint, owner_id uuid, job_id uuid, queue text, page_from integer, page_to integer, priority smallint, attempt smallint, max_attempts smallint, lease_token bigint)
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
 SET enable_bitmapscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
AS $function$
#variable_conflict use_column
declare
  most_owners constant integer := 64;
  place integer;
  free integer;
  band integer;
  found_owner uuid;
  lanes uuid[];
  wrapped boolean;
  shares integer[];
  lane integer;
  quota integer;
  taken integer;
  round integer;
  before_round integer;
begin
  for place in 1 .. cardinality(wanted_queues) loop
    free := wanted_slots[place];
    band := 32768;
    while free > 0 loop
      -- 1. the next priority below
      select q.priority into band from processing_queue q
      where q.status = 'ready' and q.queue = wanted_queues[place] and q.priority < band
      order by q.priority desc limit 1;
      exit when not found;

      -- 2. the owners that have something there, by stepping from one to the next in the index
      lanes := '{}';
      found_owner := gen_random_uuid();
      wrapped := false;
      while cardinality(lanes) < most_owners loop
        select q.owner_id into found_owner from processing_queue q
        where q.status = 'ready' and q.queue = wanted_queues[place] and q.priority = band and q.owner_id > found_owner
        order by q.owner_id limit 1;
        if not found then
          exit when wrapped;
          wrapped := true;
          found_owner := '00000000-0000-0000-0000-000000000000';
        else
          exit when found_owner = any (lanes);
          lanes := lanes || found_owner;
        end if;
      end loop;

      -- 3. who goes first, and by how much
      continue when cardinality(lanes) = 0; -- somebody else has taken it all in the meantime
      if cardinality(lanes) = 1 then
        shares := array[free];
      else
        select array_agg(t.owner_id order by t.turn, t.owner_id),
          array_agg(greatest(1, least(free, ceil(t.next_turn - t.turn)))::integer order by t.turn, t.owner_id)
        into lanes, shares
        from (
          select l.owner_id, l.turn, lead(l.turn, 1, l.turn) over (order by l.turn, l.owner_id) as next_turn
          from (
            select o.owner_id, coalesce(max(v.turn), entry_turns[place]) as turn
            from unnest(lanes) as o (owner_id)
            left join unnest(turn_queues, turn_owners, turn_values) as v (queue, owner_id, turn)
              on v.queue = wanted_queues[place] and v.owner_id = o.owner_id
            group by o.owner_id
          ) l
        ) t;
      end if;

      -- 4. lease their oldest due items: first by turn, then what is left in even shares, as long as there is any
      for round in 1 .. 8 loop
        before_round := free;
        for lane in 1 .. cardinality(lanes) loop
          quota := case round when 1 then shares[lane] else (free + cardinality(lanes) - lane) / (cardinality(lanes) - lane + 1) end;
          quota := least(quota, free);
          exit when free = 0;
          return query
            with due as (
              select q.id from processing_queue q
              where q.status = 'ready' and q.queue = wanted_queues[place] and q.priority = band
                and q.owner_id = lanes[lane] and q.run_at <= moment
              order by q.run_at, q.id
              limit quota
              for update skip locked
            )
            update processing_queue q
            set status = 'running', attempts = q.attempts + 1, lease_owner = claimer, lease_token = q.lease_token + 1,
              lease_expires_at = moment + lease, last_attempt_at = moment
            from due where q.id = due.id
            returning q.id, q.owner_id, q.job_id, q.queue, q.page_from, q.page_to, q.priority,
              q.attempts, q.max_attempts, q.lease_token;
          get diagnostics taken = row_count;
          free := free - taken;
        end loop;
        exit when free = 0 or free = before_round or cardinality(lanes) = 1;
      end loop;
    end loop;
  end loop;
end
$function$

CREATE OR REPLACE FUNCTION public.close_audit_chain()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  head text[] := string_to_array(public.audit_setting('audit_head'), ',');
begin
  if head is null then
    return;
  end if;
  update public.audit_chains c
  set seq = head[4]::bigint, last_at = head[5]::timestamptz, prev_hash = decode(head[6], 'hex'), hash = decode(head[7], 'hex')
  where c.month = head[1]::date and c.chain = head[2]::smallint and c.seq = head[3]::bigint;
  if not found then
    raise exception 'another transaction has written to audit chain %', head[2] using errcode = 'serialization_failure';
  end if;
  perform set_config('app.audit_head', '', true);
end
$function$

CREATE OR REPLACE FUNCTION public.close_audit_chain_late()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform close_audit_chain();
  return null;
end
$function$

CREATE OR REPLACE FUNCTION public.count_purged_bytes()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into usage_events (metric, source_id, owner_id, amount)
  select 'storage_bytes', 'purged ' || old.id, old.owner_id, -e.amount
  from usage_events e
  where e.metric = 'storage_bytes' and e.source_id = old.id::text and e.owner_id = old.owner_id
  on conflict do nothing;
  return null;
end
$function$

CREATE OR REPLACE FUNCTION public.count_share_passwords()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.password_version := old.password_version + 1;
  return new;
end
$function$

CREATE OR REPLACE FUNCTION public.count_usage()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$

CREATE OR REPLACE FUNCTION public.current_actor()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('app.actor_id'::text, true), ''::text))::uuid

CREATE OR REPLACE FUNCTION public.derive_document_status()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.kind <> 'extract' then
    return null;
  end if;
  update documents d
  set status = case newest.status
        when 'running' then 'processing'
        when 'paused' then 'processing'
        when 'in_review' then 'in_review'
        when 'completed' then 'completed'
        when 'failed' then 'failed'
        else 'uploaded'
      end,
      processed_at = case when newest.status = 'completed' then newest.completed_at else d.processed_at end
  from (select 1) as one
  left join lateral (
    select j.status, j.completed_at from processing_jobs j
    where j.version_id = new.version_id and j.kind = 'extract' and j.status <> 'cancelled'
    order by j.id desc limit 1
  ) newest on true
  where d.current_version_id = new.version_id
    and d.id = (select v.document_id from document_versions v where v.id = new.version_id);
  return null;
end
$function$

CREATE OR REPLACE FUNCTION public.derive_entry_status()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update journal_entries e
  set processing_status = case new.status
        when 'queued' then 'pending'
        when 'cancelled' then 'pending'
        when 'completed' then 'completed'
        when 'failed' then 'failed'
        else 'processing'
      end
  where e.id = new.entry_id
    and not exists (
      select from processing_jobs later
      where later.entry_id = new.entry_id and later.kind = 'analyse' and later.id > new.id
    );
  return null;
end
$function$

CREATE OR REPLACE FUNCTION public.document_grants(wanted uuid, at_time timestamp with time zone DEFAULT now())
 RETURNS TABLE(share_id uuid, grantee_id uuid, link_hash text, permission text, folder_id uuid, distance integer)
 LANGUAGE sql
 STABLE
AS $function$
  with recursive above (id, parent_id, distance) as (
    select f.id, f.parent_id, 1
    from documents d join folders f on f.id = d.folder_id
    where d.id = wanted and d.deleted_at is null and f.deleted_at is null
    union all
    select f.id, f.parent_id, above.distance + 1
    from above join folders f on f.id = above.parent_id
    where f.deleted_at is null and above.distance < 64
  )
  select s.id, coalesce(s.grantee_id, u.id), s.link_hash, s.permission, s.folder_id, reached.distance
  from (
    select s.id, 0 as distance from document_shares s
    where s.document_id = wanted
      and exists (select from documents d where d.id = wanted and d.deleted_at is null)
    union all
    select s.id, above.distance from above join document_shares s on s.folder_id = above.id
  ) reached
  join document_shares s on s.id = reached.id
  left join users u on u.email = s.grantee_email and u.email_verified_at is not null and u.status = 'active'
  where s.revoked_at is null and (s.expires_at is null or s.expires_at > at_time)
  order by reached.distance, s.id
$function$

CREATE OR REPLACE FUNCTION public.document_permission(wanted uuid, asker uuid, link text DEFAULT NULL::text, at_time timestamp with time zone DEFAULT now())
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select case when d.owner_id = asker then 'owner' else (
    select permission from (
      select g.permission from document_grants(wanted, at_time) g
      where g.grantee_id = asker or g.link_hash = link
      union all
      select 'review' from document_reviewers(wanted) r where r.user_id = asker
    ) granted
    order by case permission when 'edit' then 1 when 'review' then 2 when 'comment' then 3 else 4 end
    limit 1
  ) end
  from documents d where d.id = wanted
$function$

CREATE OR REPLACE FUNCTION public.document_reviewers(wanted uuid)
 RETURNS TABLE(user_id uuid)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  -- Asked by name, because this schema may be without review tasks.
  if to_regclass('hitl_tasks') is null then
    return;
  end if;
  return query
    select distinct t.assigned_to from hitl_tasks t
    join processing_jobs j on j.id = t.job_id
    join document_versions v on v.id = j.version_id
    join documents d on d.id = v.document_id and d.deleted_at is null
    where t.assigned_to is not null and t.status in ('assigned', 'in_progress') and v.document_id = wanted;
end
$function$

CREATE OR REPLACE FUNCTION public.drop_metric_hours(ended_by timestamp with time zone)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
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
$function$

CREATE OR REPLACE FUNCTION public.drop_partitions(parent text, ended_by timestamp with time zone)
 RETURNS SETOF text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
 SET lock_timeout TO '5s'
AS $function$
declare
  old record;
  plan public.partition_plans;
begin
  if parent = 'audit_logs' then
    if ended_by > now() - interval '28 days' then
      raise exception 'the audit log is kept for four weeks at least' using errcode = 'insufficient_privilege';
    end if;
    if exists (select from public.legal_holds h where h.released_at is null) then
      raise exception 'a legal hold is in force' using errcode = 'DM002';
    end if;
  end if;
  for old in
    select p.partition, p.lower_bound, p.upper_bound from public.list_partitions(parent) p
    where p.upper_bound <= ended_by
  loop
    execute format('drop table public.%I', old.partition);
    return next old.partition;
  end loop;
  -- What came too late for its piece.
  select * into plan from public.partition_plans p where p.table_name = parent;
  if found then
    execute format('delete from public.%I where %I < %L',
      parent || '_default', plan.time_column, date_trunc(plan.step, ended_by, 'UTC'));
  end if;
  if parent = 'audit_logs' then
    update public.audit_chains set retired_at = now()
    where retired_at is null and month < date_trunc('month', ended_by at time zone 'UTC')::date;
  end if;
end
$function$

CREATE OR REPLACE FUNCTION public.drop_raw_metrics(parent text, ended_by timestamp with time zone)
 RETURNS SETOF text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
 SET lock_timeout TO '5s'
AS $function$
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
$function$

CREATE OR REPLACE FUNCTION public.duration_bin(duration_ms double precision)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select width_bucket(ln(greatest(duration_ms, 1)) / ln(2::double precision), 0, 22, 88)
$function$

CREATE OR REPLACE FUNCTION public.end_export_files()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.status = 'queued' then
    update export_files set error_code = null, error_message = null, finished_at = null
    where export_id = new.export_id and error_code is not null;
  else
    update export_files
    set error_code = coalesce(new.error_code, 'job.cancelled'), finished_at = now(),
      error_message = coalesce(new.error_message, 'The export was cancelled before this file was made.')
    where export_id = new.export_id and finished_at is null;
  end if;
  return null;
end
$function$

CREATE OR REPLACE FUNCTION public.ensure_partitions(at timestamp with time zone DEFAULT now())
 RETURNS SETOF text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
 SET client_min_messages TO 'warning'
AS $function$
declare
  plan public.partition_plans;
  step interval;
  lower_bound timestamptz;
  upper_bound timestamptz;
  child text;
  spare text;
  misplaced boolean;
begin
  for plan in select * from public.partition_plans order by table_name loop
    perform pg_advisory_xact_lock(hashtextextended('partitions:' || plan.table_name, 0));
    step := ('1 ' || plan.step)::interval;
    spare := plan.table_name || '_default';
    lower_bound := date_trunc(plan.step, at, 'UTC');
    for place in 0..plan.ahead loop
      upper_bound := (lower_bound at time zone 'UTC' + step) at time zone 'UTC';
      child := plan.table_name || to_char(lower_bound at time zone 'UTC',
        case plan.step when 'day' then '"_"YYYYMMDD' else '"_"YYYYMM' end);
      if to_regclass('public.' || quote_ident(child)) is null then
        execute format('create table public.%I (like public.%I including defaults including constraints)',
          child, plan.table_name);
        execute format('select exists (select from public.%I where %I >= %L and %I < %L)',
          spare, plan.time_column, lower_bound, plan.time_column, upper_bound) into misplaced;
        if misplaced then
          execute format('lock table public.%I in access exclusive mode', spare);
          execute format('with moved as (delete from public.%I where %I >= %L and %I < %L returning *)
            insert into public.%I select * from moved',
            spare, plan.time_column, lower_bound, plan.time_column, upper_bound, child);
        end if;
        execute format('alter table public.%I attach partition public.%I for values from (%L) to (%L)',
          plan.table_name, child, lower_bound, upper_bound);
        return next child;
      end if;
      lower_bound := upper_bound;
    end loop;
  end loop;
end
$function$

CREATE OR REPLACE FUNCTION public.finish_items(item_ids bigint[], tokens bigint[], durations integer[])
 RETURNS SETOF bigint
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
 SET enable_bitmapscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
AS $function$
declare
  ids bigint[];
  owners uuid[];
  jobs uuid[];
  stages text[];
  tries smallint[];
  froms integer[];
  tos integer[];
  times integer[];
begin
  with gone as (
    delete from processing_queue q using unnest(item_ids, tokens, durations) as held (id, token, duration)
    where q.id = held.id and q.lease_token = held.token and q.status = 'running'
    returning q.id, q.owner_id, q.job_id, q.queue, q.attempts, q.page_from, q.page_to, held.duration
  )
  select array_agg(g.id), array_agg(g.owner_id), array_agg(g.job_id), array_agg(g.queue), array_agg(g.attempts),
    array_agg(g.page_from), array_agg(g.page_to), array_agg(g.duration)
  into ids, owners, jobs, stages, tries, froms, tos, times
  from gone g;
  if ids is null then
    return;
  end if;
  -- The next statement sees what was written before these locks were given: so the numbers are right.
  perform from processing_jobs j where j.id = any (jobs) order by j.id for no key update;
  perform set_config('docmill.history_numbered', 'on', true);
  -- The last number of each job is looked up once: row by row the lookup would wade through what this statement inserts.
  perform set_config('enable_hashjoin', 'on', true);
  with last as materialized (
    select w.job_id, coalesce((
      select h.seq from processing_history h where h.job_id = w.job_id order by h.seq desc limit 1
    ), 0) as seq
    from (select distinct unnest(jobs) as job_id) w
  )
  insert into processing_history (owner_id, job_id, seq, action, stage, attempt, duration_ms, details)
  select f.owner_id, f.job_id, last.seq + row_number() over (partition by f.job_id order by f.id), 'item.done', f.stage,
    f.attempt, f.duration, jsonb_build_object('pageFrom', f.page_from, 'pageTo', f.page_to)
  from unnest(ids, owners, jobs, stages, tries, froms, tos, times)
    as f (id, owner_id, job_id, stage, attempt, page_from, page_to, duration)
  join last on last.job_id = f.job_id;
  perform set_config('docmill.history_numbered', 'off', true);
  return query select unnest(ids);
end
$function$

CREATE OR REPLACE FUNCTION public.follow_current_version()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  newest record;
  found_now record;
  found_before record;
begin
  select j.status, j.completed_at into newest from processing_jobs j
  where j.version_id = new.current_version_id and j.kind = 'extract' order by j.id desc limit 1;
  new.status := case newest.status
    when 'running' then 'processing'
    when 'paused' then 'processing'
    when 'in_review' then 'in_review'
    when 'completed' then 'completed'
    when 'failed' then 'failed'
    else 'uploaded'
  end;
  new.processed_at := case when newest.status = 'completed' then newest.completed_at end;
  select j.metrics -> 'documentType' ->> 'type' as type, j.metrics -> 'language' ->> 'code' as code into found_now
  from processing_jobs j
  where j.version_id = new.current_version_id and j.kind = 'extract' and j.status = 'completed'
  order by j.id desc limit 1;
  -- Nothing was found of a version that was not read yet: what was known stays until it is.
  if found then
    select j.metrics -> 'documentType' ->> 'type' as type, j.metrics -> 'language' ->> 'code' as code into found_before
    from processing_jobs j join document_versions v on v.id = j.version_id
    where v.document_id = new.id and j.kind = 'extract' and j.status = 'completed'
    order by (j.version_id = old.current_version_id) desc, j.id desc limit 1;
    -- What is not what the run before found was set by a person.
    if new.document_type is null or new.document_type = found_before.type then
      new.document_type := coalesce(found_now.type, new.document_type);
    end if;
    if new.language is null or new.language = found_before.code then
      new.language := coalesce(found_now.code, new.language);
    end if;
  end if;
  new.row_version := old.row_version + 1;
  return new;
end
$function$

CREATE OR REPLACE FUNCTION public.granted_blobs()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
RETURN ARRAY(SELECT v.blob_id FROM document_versions v WHERE (v.document_id = granted_document(false)))

CREATE OR REPLACE FUNCTION public.granted_document(changing boolean)
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  wanted uuid := nullif(current_setting('app.document_id', true), '')::uuid;
  permission text;
begin
  if wanted is null then
    return null;
  end if;
  permission := document_permission(wanted, current_actor(), nullif(current_setting('app.link_hash', true), ''));
  if permission in ('edit', 'review') or (not changing and permission in ('view', 'comment')) then
    return wanted;
  end if;
  return null;
end
$function$

CREATE OR REPLACE FUNCTION public.granted_documents(asker uuid, link text DEFAULT NULL::text, at_time timestamp with time zone DEFAULT now())
 RETURNS TABLE(document_id uuid, permission text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  with recursive live as (
    select s.document_id, s.folder_id, s.owner_id,
      case s.permission when 'edit' then 3 when 'comment' then 2 else 1 end as strength
    from document_shares s
    where s.revoked_at is null and (s.expires_at is null or s.expires_at > at_time)
      and (s.grantee_id = asker or s.link_hash = link or s.grantee_email = (
        select u.email from users u where u.id = asker and u.email_verified_at is not null))
  ), below (folder_id, strength, depth) as (
    select f.id, live.strength, 1 from live join folders f on f.id = live.folder_id where f.deleted_at is null
    union all
    select f.id, below.strength, below.depth + 1
    from below join folders f on f.parent_id = below.folder_id
    where f.deleted_at is null and below.depth < 64
  )
  select d.id, case max(reached.strength) when 3 then 'edit' when 2 then 'comment' else 'view' end
  from (
    select live.document_id as id, live.strength from live where live.document_id is not null
    union all
    select d.id, below.strength from below join documents d on d.folder_id = below.folder_id
  ) reached
  join documents d on d.id = reached.id
  where d.deleted_at is null
  group by d.id
$function$

CREATE OR REPLACE FUNCTION public.granted_jobs(changing boolean)
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
RETURN ARRAY(SELECT j.id FROM processing_jobs j WHERE (j.version_id IN (SELECT v.id FROM document_versions v WHERE (v.document_id = granted_document(granted_jobs.changing)))))

CREATE OR REPLACE FUNCTION public.granted_owner(changing boolean)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
RETURN (SELECT d.owner_id FROM documents d WHERE (d.id = granted_document(granted_owner.changing)))

CREATE OR REPLACE FUNCTION public.granted_versions(changing boolean)
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
RETURN ARRAY(SELECT v.id FROM document_versions v WHERE (v.document_id = granted_document(granted_versions.changing)))

CREATE OR REPLACE FUNCTION public.guard_folder_parent()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
declare
  most constant integer := 20;
  above integer;
  below integer := 1;
  level uuid[] := array[new.id];
  looped boolean;
begin
  if new.parent_id is null then
    return new;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('folders:' || new.owner_id::text, 0));
  with recursive up as (
    select f.id, f.parent_id, 1 as level from public.folders f where f.id = new.parent_id
    union all
    select f.id, f.parent_id, up.level + 1 from public.folders f join up on f.id = up.parent_id where up.level < 64
  )
  select count(*), coalesce(bool_or(up.id = new.id), false) into above, looped from up;
  if looped then
    raise exception 'folder % would be inside itself', new.id
      using errcode = 'integrity_constraint_violation', constraint = 'folders_no_cycle';
  end if;
  -- A level at a time, each by one look into the index, and no further than is allowed. A new folder has none below.
  if tg_op = 'UPDATE' then
    while above + below <= most loop
      level := array(select f.id from public.folders f where f.parent_id = any(level));
      exit when level = '{}';
      below := below + 1;
    end loop;
  end if;
  if above + below > most then
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
      using errcode = 'DM001', table = tg_table_name, column = tg_argv[0];
  end if;
  return new;
end
$function$

CREATE OR REPLACE FUNCTION public.histogram_quantile(histogram bigint[], share double precision)
 RETURNS double precision
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  with bins as (
    select u.place - 1 as bin, u.count, sum(u.count) over (order by u.place) as up_to, sum(u.count) over () as total
    from unnest(histogram) with ordinality as u (count, place)
  )
  select power(2, least(22, greatest(0, (bin - 1 + (share * total - (up_to - count)) / count) / 4)))
  from bins where count > 0 and up_to >= share * total order by bin limit 1
$function$

CREATE OR REPLACE FUNCTION public.is_secret_column(column_name text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ((column_name ~ '(password|secret|token|_hash$)'::text) AND (column_name <> ALL (ARRAY['input_hash'::text, 'request_hash'::text, 'prev_hash'::text, 'lease_token'::text])))

CREATE OR REPLACE FUNCTION public.journal_words(entry jsonb)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select left(coalesce(string_agg(found.word #>> '{}', ' '), ''), 100000)
  from jsonb_path_query(entry, 'strict $.** ? (@.type() == "string")') as found (word)
$function$

CREATE OR REPLACE FUNCTION public.list_partitions(parent text)
 RETURNS TABLE(partition text, lower_bound timestamp with time zone, upper_bound timestamp with time zone)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select c.relname::text, made.lower_bound,
    (made.lower_bound at time zone 'UTC' + ('1 ' || p.step)::interval) at time zone 'UTC'
  from public.partition_plans p
  join pg_inherits i on i.inhparent = to_regclass('public.' || quote_ident(p.table_name))
  join pg_class c on c.oid = i.inhrelid
  cross join lateral (
    select case when c.relname ~ '_\d+$' then
      to_timestamp(substring(c.relname from '\d+$') || ' 00 +00',
        case p.step when 'day' then 'YYYYMMDD HH24 TZH' else 'YYYYMM HH24 TZH' end)
    end as lower_bound
  ) made
  where p.table_name = parent
  order by made.lower_bound nulls last
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
  perform from processing_jobs j where j.owner_id = new.owner_id and j.id = new.job_id for no key update;
  if not found then
    raise foreign_key_violation using
      message = 'a line of the log needs its job',
      constraint = 'processing_history_job', schema = 'public', table = 'processing_history';
  end if;
  select coalesce(max(h.seq), 0) + 1 into new.seq from processing_history h where h.job_id = new.job_id;
  return new;
end
$function$

CREATE OR REPLACE FUNCTION public.open_audit_chain(in_month date)
 RETURNS text[]
 LANGUAGE plpgsql
AS $function$
declare
  lanes constant integer := 128;
  lane integer;
  head audit_chains;
  genesis bytea;
begin
  for step in 0..lanes - 1 loop
    lane := (pg_backend_pid() + step) % lanes;
    exit when pg_try_advisory_xact_lock(1684108644, lane);
    if step = lanes - 1 then
      lane := pg_backend_pid() % lanes;
      perform pg_advisory_xact_lock(1684108644, lane);
    end if;
  end loop;
  select * into head from audit_chains c where c.month = in_month and c.chain = lane;
  if not found then
    genesis := sha256(convert_to('docmill audit ' || in_month || ' ' || lane, 'UTF8'));
    insert into audit_chains (month, chain, prev_hash, hash) values (in_month, lane, genesis, genesis)
    returning * into head;
  end if;
  return array[in_month::text, lane::text, head.seq::text, head.seq::text, head.last_at::text,
    encode(head.prev_hash, 'hex'), encode(head.hash, 'hex')];
end
$function$

CREATE OR REPLACE FUNCTION public.open_to_readonly()
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  item record;
begin
  for item in
    select c.oid::regclass as name, c.relrowsecurity as guarded,
      string_agg(quote_ident(a.attname), ', ' order by a.attnum) filter (where not is_secret_column(a.attname)) as fields,
      bool_or(is_secret_column(a.attname)) as has_secrets,
      exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'readonly_all') as is_open
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
      -- Not what may be lost at any time, nor what only makes sense for an actor.
      and c.relpersistence = 'p' and c.relname not like 'own\_%'
      and c.relname not in ('user_passwords', 'idempotency_keys')
      and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = c.oid and deptype = 'e')
    group by c.oid
  loop
    if item.has_secrets then
      execute format('grant select (%s) on %s to docmill_readonly', item.fields, item.name);
    else
      execute format('grant select on %s to docmill_readonly', item.name);
    end if;
    if item.guarded and not item.is_open then
      execute format('create policy readonly_all on %s for select to docmill_readonly using (true)', item.name);
    end if;
  end loop;
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

CREATE OR REPLACE FUNCTION public.record_zone_revision()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$

CREATE OR REPLACE FUNCTION public.refresh_processing_daily()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  refresh materialized view concurrently public.processing_daily;
end
$function$

CREATE OR REPLACE FUNCTION public.refuse_held_user()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from legal_holds h where h.released_at is null and (h.user_id is null or h.user_id = old.id)) then
    raise exception 'user % is under a legal hold', old.id using errcode = 'DM002';
  end if;
  return old;
end
$function$

CREATE OR REPLACE FUNCTION public.refuse_revision_update()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'a revision is never changed'
    using errcode = 'integrity_constraint_violation', constraint = 'zone_revisions_append_only',
      table = 'zone_revisions';
end
$function$

CREATE OR REPLACE FUNCTION public.release_tasks_of_user()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update hitl_tasks set assigned_to = null
  where assigned_to = new.id and status in ('assigned', 'in_progress');
  return null;
end
$function$

CREATE OR REPLACE FUNCTION public.remove_history()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
begin
  delete from public.processing_history h using gone where h.job_id = gone.id;
  return null;
end
$function$

CREATE OR REPLACE FUNCTION public.return_task_to_queue()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.status in ('assigned', 'in_progress') then
    new.status := 'pending';
  end if;
  new.lease_expires_at := null;
  new.assigned_at := case when new.status = 'pending' then null else new.assigned_at end;
  new.started_at := case when new.status = 'pending' then null else new.started_at end;
  return new;
end
$function$

CREATE OR REPLACE FUNCTION public.seen_owner(changing boolean)
 RETURNS uuid
 LANGUAGE sql
 STABLE
RETURN CASE WHEN (NULLIF(current_setting('app.document_id'::text, true), ''::text) IS NULL) THEN current_actor() ELSE visible_owner(changing) END

CREATE OR REPLACE FUNCTION public.take_rate_points(keys text[], limits integer[], window_seconds integer[], points integer)
 RETURNS TABLE(place integer, used integer, resets_in double precision, taken boolean)
 LANGUAGE plpgsql
AS $function$
declare
  fits boolean;
begin
  -- 1. every window is there, open and locked; an ended one begins anew
  insert into rate_limits as r (key, used, window_ends_at)
  select w.key, 0, clock_timestamp() + make_interval(secs => w.seconds)
  from unnest(keys, window_seconds) as w (key, seconds)
  order by w.key
  on conflict (key) do update set
    used = case when r.window_ends_at <= clock_timestamp() then 0 else r.used end,
    window_ends_at = case when r.window_ends_at <= clock_timestamp() then excluded.window_ends_at else r.window_ends_at end;
  -- 2. is there room in all of them?
  select bool_and(r.used + points <= w.most) into fits
  from unnest(keys, limits) as w (key, most) join rate_limits r on r.key = w.key;
  -- 3. take, or leave everything as it is
  if fits then
    update rate_limits r set used = r.used + points where r.key = any(keys);
  end if;
  return query
    select w.place::integer, r.used,
      greatest(0, extract(epoch from r.window_ends_at - clock_timestamp()))::double precision, fits
    from unnest(keys) with ordinality as w (key, place) join rate_limits r on r.key = w.key
    order by w.place;
end
$function$

CREATE OR REPLACE FUNCTION public.tell_access_ended()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_notify('access_ended', coalesce(to_jsonb(new) ->> 'user_id', to_jsonb(new) ->> 'owner_id', to_jsonb(new) ->> 'id'));
  return null;
end
$function$

CREATE OR REPLACE FUNCTION public.tell_blob_purge()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into outbox (owner_id, topic, key, payload)
  values (old.owner_id, 'blob.purge', old.id::text,
    jsonb_build_object('blobId', old.id, 'bucket', old.bucket, 'objectKey', old.object_key));
  return null;
end
$function$

CREATE OR REPLACE FUNCTION public.tell_document_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into outbox (owner_id, topic, key, payload)
  values (new.owner_id, 'document.changed', new.id::text,
    jsonb_build_object('documentId', new.id, 'status', new.status, 'deleted', new.deleted_at is not null));
  return null;
end
$function$

CREATE OR REPLACE FUNCTION public.tell_document_finished()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform tell_webhooks(new.owner_id, 'document.' || new.status, new.id::text,
    jsonb_build_object('documentId', new.id, 'versionId', new.current_version_id, 'status', new.status));
  return null;
end
$function$

CREATE OR REPLACE FUNCTION public.tell_export_finished()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  made export_records;
  failed boolean;
begin
  -- Locked, so that of two files that end at the same time one sees the other.
  select * into made from export_records e where e.id = new.export_id for no key update;
  if exists (select from export_files f where f.export_id = new.export_id and f.finished_at is null) then
    return null;
  end if;
  failed := exists (select from export_files f where f.export_id = new.export_id and f.error_code is not null);
  perform tell_webhooks(new.owner_id, case when failed then 'export.failed' else 'export.ready' end,
    made.document_id::text, jsonb_build_object('exportId', made.id, 'documentId', made.document_id,
      'versionId', made.version_id, 'status', case when failed then 'failed' else 'completed' end));
  return null;
end
$function$

CREATE OR REPLACE FUNCTION public.tell_review()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  document uuid;
begin
  select v.document_id into document
  from processing_jobs j join document_versions v on v.id = j.version_id where j.id = new.job_id;
  perform tell_webhooks(new.owner_id, case tg_op when 'INSERT' then 'review.requested' else 'review.completed' end,
    coalesce(document, new.job_id)::text,
    jsonb_build_object('taskId', new.id, 'jobId', new.job_id, 'documentId', document, 'reason', new.reason, 'status', new.status));
  return null;
end
$function$

CREATE OR REPLACE FUNCTION public.tell_webhooks(owner uuid, event text, subject text, data jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if exists (
    select from webhook_endpoints e
    where e.owner_id = owner and e.is_active and e.events @> array[event]
  ) then
    insert into outbox (owner_id, topic, key, payload)
    values (owner, 'webhook.event', subject, jsonb_build_object(
      'eventId', gen_random_uuid(), 'event', event, 'occurredAt', to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'data', data));
  end if;
end
$function$

CREATE OR REPLACE FUNCTION public.tell_zone_corrected()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  document uuid;
begin
  select v.document_id into document from document_versions v where v.id = new.version_id;
  perform tell_webhooks(new.owner_id, 'zone.corrected', document::text, jsonb_build_object(
    'zoneId', new.zone_id, 'documentId', document, 'versionId', new.version_id, 'pageNumber', new.page_number,
    'kind', new.kind, 'revision', new.number));
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

CREATE OR REPLACE FUNCTION public.used_document(changing boolean)
 RETURNS uuid
 LANGUAGE sql
 STABLE
RETURN CASE WHEN (NULLIF(current_setting('app.document_id'::text, true), ''::text) IS NOT NULL) THEN granted_document(changing) ELSE NULL::uuid END

CREATE OR REPLACE FUNCTION public.visible_owner(changing boolean)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
RETURN COALESCE(granted_owner(changing), current_actor())

CREATE OR REPLACE FUNCTION public.word_box_part(boxes bytea, word integer, part integer)
 RETURNS numeric
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select (get_byte(boxes, 10 * word + 2 * part) * 256 + get_byte(boxes, 10 * word + 2 * part + 1)) / 10000.0
$function$

-- Triggers

CREATE CONSTRAINT TRIGGER audit_logs_close AFTER INSERT ON audit_logs DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NULLIF(current_setting('app.audit_head'::text, true), ''::text) IS NULL) EXECUTE FUNCTION close_audit_chain_late()
CREATE TRIGGER access_ended AFTER UPDATE OF revoked_at ON api_keys FOR EACH ROW WHEN (old.revoked_at IS NULL AND new.revoked_at IS NOT NULL) EXECUTE FUNCTION tell_access_ended()
CREATE TRIGGER access_ended AFTER UPDATE OF revoked_at ON sessions FOR EACH ROW WHEN (old.revoked_at IS NULL AND new.revoked_at IS NOT NULL) EXECUTE FUNCTION tell_access_ended()
CREATE TRIGGER access_ended AFTER UPDATE OF role, status ON users FOR EACH ROW WHEN (old.role <> new.role OR old.status <> new.status) EXECUTE FUNCTION tell_access_ended()
CREATE TRIGGER access_ended AFTER UPDATE ON document_shares FOR EACH ROW WHEN (old.link_hash IS NOT NULL) EXECUTE FUNCTION tell_access_ended()
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON account_tokens FOR EACH ROW EXECUTE FUNCTION audit_row('id', '', '', 'updated_at,row_version,search')
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON api_keys FOR EACH ROW EXECUTE FUNCTION audit_row('id', '', '', 'last_used_at,last_seen_at,state,updated_at,row_version,search')
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON document_shares FOR EACH ROW EXECUTE FUNCTION audit_row('id', '', '', 'uses,last_used_at,password_version,updated_at,row_version,search')
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON document_versions FOR EACH ROW EXECUTE FUNCTION audit_row('id', '', '', 'updated_at,row_version,search')
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON documents FOR EACH ROW EXECUTE FUNCTION audit_row('id', '', '', 'status,processed_at,updated_at,row_version,search')
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON export_records FOR EACH ROW WHEN (pg_trigger_depth() = 0 AND (audit_setting('actor_kind'::text) = ANY (ARRAY['user'::text, 'key'::text, 'link'::text]))) EXECUTE FUNCTION audit_row('id', '', '', 'updated_at,row_version,search')
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON folders FOR EACH ROW EXECUTE FUNCTION audit_row('id', '', '', 'name_key,updated_at,row_version,search')
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON hitl_tasks FOR EACH ROW WHEN (pg_trigger_depth() = 0 AND (audit_setting('actor_kind'::text) = ANY (ARRAY['user'::text, 'key'::text, 'link'::text]))) EXECUTE FUNCTION audit_row('id', '', '', 'updated_at,row_version,search')
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON invitations FOR EACH ROW EXECUTE FUNCTION audit_row('id', '', '', 'updated_at,row_version,search')
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON journal_entries FOR EACH ROW EXECUTE FUNCTION audit_row('id', '', '', 'processing_status,updated_at,row_version,search')
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON legal_holds FOR EACH ROW EXECUTE FUNCTION audit_row('id', '', '', 'updated_at,row_version,search')
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON pages FOR EACH ROW WHEN (pg_trigger_depth() = 0 AND (audit_setting('actor_kind'::text) = ANY (ARRAY['user'::text, 'key'::text, 'link'::text]))) EXECUTE FUNCTION audit_row('version_id', 'number', '', 'word_boxes,word_count,job_id,updated_at,row_version,search')
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON processed_content FOR EACH ROW WHEN (pg_trigger_depth() = 0 AND (audit_setting('actor_kind'::text) = ANY (ARRAY['user'::text, 'key'::text, 'link'::text]))) EXECUTE FUNCTION audit_row('id', '', '', 'updated_at,row_version,search')
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON sessions FOR EACH ROW EXECUTE FUNCTION audit_row('id', '', '', 'last_seen_at,state,ip,expires_at,updated_at,row_version,search')
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON timeblocks FOR EACH ROW EXECUTE FUNCTION audit_row('id', '', '', 'updated_at,row_version,search')
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON timetable_documents FOR EACH ROW EXECUTE FUNCTION audit_row('timetable_id', 'document_id', '', 'updated_at,row_version,search')
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON timetables FOR EACH ROW EXECUTE FUNCTION audit_row('id', '', '', 'updated_at,row_version,search')
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON user_identities FOR EACH ROW EXECUTE FUNCTION audit_row('id', '', '', 'last_used_at,last_seen_at,state,updated_at,row_version,search')
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON user_passwords FOR EACH ROW EXECUTE FUNCTION audit_row('user_id', '', '', 'last_used_at,last_seen_at,state,updated_at,row_version,search')
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON users FOR EACH ROW EXECUTE FUNCTION audit_row('id', '', '', 'last_login_at,name,updated_at,row_version,search')
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON webhook_endpoints FOR EACH ROW EXECUTE FUNCTION audit_row('id', '', '', 'updated_at,row_version,search')
CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON zones FOR EACH ROW WHEN (pg_trigger_depth() = 0 AND (audit_setting('actor_kind'::text) = ANY (ARRAY['user'::text, 'key'::text, 'link'::text]))) EXECUTE FUNCTION audit_row('id', '', '', 'updated_at,row_version,search')
CREATE TRIGGER blobs_count_purged AFTER UPDATE OF state ON blobs FOR EACH ROW WHEN (new.state = 'purged'::text AND old.state <> 'purged'::text) EXECUTE FUNCTION count_purged_bytes()
CREATE TRIGGER blobs_guard BEFORE UPDATE OF state ON blobs FOR EACH ROW WHEN (old.state IS DISTINCT FROM new.state) EXECUTE FUNCTION guard_transition('state')
CREATE TRIGGER blobs_tell_delete AFTER DELETE ON blobs FOR EACH ROW WHEN (old.state = ANY (ARRAY['stored'::text, 'failed'::text, 'purging'::text])) EXECUTE FUNCTION tell_blob_purge()
CREATE TRIGGER blobs_tell_purging AFTER UPDATE OF state ON blobs FOR EACH ROW WHEN (old.state IS DISTINCT FROM new.state AND new.state = 'purging'::text) EXECUTE FUNCTION tell_blob_purge()
CREATE TRIGGER document_shares_password BEFORE UPDATE ON document_shares FOR EACH ROW WHEN (old.password_hash IS DISTINCT FROM new.password_hash) EXECUTE FUNCTION count_share_passwords()
CREATE TRIGGER document_shares_touch BEFORE UPDATE OF permission, password_hash, expires_at, revoked_at ON document_shares FOR EACH ROW EXECUTE FUNCTION touch_updated_at()
CREATE TRIGGER document_versions_number BEFORE INSERT ON document_versions FOR EACH ROW EXECUTE FUNCTION number_document_version()
CREATE TRIGGER documents_follow_version BEFORE UPDATE OF current_version_id ON documents FOR EACH ROW WHEN (old.current_version_id IS DISTINCT FROM new.current_version_id) EXECUTE FUNCTION follow_current_version()
CREATE TRIGGER documents_tell AFTER UPDATE OF title, status, folder_id, metadata, deleted_at, current_version_id ON documents FOR EACH ROW WHEN (old.title IS DISTINCT FROM new.title OR old.status IS DISTINCT FROM new.status OR old.folder_id IS DISTINCT FROM new.folder_id OR old.metadata IS DISTINCT FROM new.metadata OR old.deleted_at IS DISTINCT FROM new.deleted_at OR old.current_version_id IS DISTINCT FROM new.current_version_id) EXECUTE FUNCTION tell_document_changed()
CREATE TRIGGER documents_tell_insert AFTER INSERT ON documents FOR EACH ROW EXECUTE FUNCTION tell_document_changed()
CREATE TRIGGER documents_tell_webhooks AFTER UPDATE OF status ON documents FOR EACH ROW WHEN ((new.status = ANY (ARRAY['completed'::text, 'failed'::text])) AND new.status <> old.status) EXECUTE FUNCTION tell_document_finished()
CREATE TRIGGER documents_touch BEFORE UPDATE ON documents FOR EACH ROW EXECUTE FUNCTION touch_updated_at()
CREATE TRIGGER documents_version BEFORE UPDATE OF title, folder_id, metadata, deleted_at ON documents FOR EACH ROW EXECUTE FUNCTION bump_row_version()
CREATE TRIGGER export_files_tell_webhooks AFTER UPDATE OF finished_at ON export_files FOR EACH ROW WHEN (new.finished_at IS NOT NULL AND old.finished_at IS NULL) EXECUTE FUNCTION tell_export_finished()
CREATE TRIGGER folders_parent_guard BEFORE INSERT OR UPDATE OF parent_id ON folders FOR EACH ROW EXECUTE FUNCTION guard_folder_parent()
CREATE TRIGGER folders_touch BEFORE UPDATE ON folders FOR EACH ROW EXECUTE FUNCTION touch_updated_at()
CREATE TRIGGER folders_version BEFORE UPDATE OF name, parent_id, deleted_at ON folders FOR EACH ROW EXECUTE FUNCTION bump_row_version()
CREATE TRIGGER hitl_tasks_guard BEFORE UPDATE OF status ON hitl_tasks FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION guard_transition('status')
CREATE TRIGGER hitl_tasks_return BEFORE UPDATE ON hitl_tasks FOR EACH ROW WHEN (old.assigned_to IS NOT NULL AND new.assigned_to IS NULL) EXECUTE FUNCTION return_task_to_queue()
CREATE TRIGGER hitl_tasks_tell_decision AFTER UPDATE OF status ON hitl_tasks FOR EACH ROW WHEN (new.status = 'completed'::text AND old.status <> 'completed'::text) EXECUTE FUNCTION tell_review()
CREATE TRIGGER hitl_tasks_tell_request AFTER INSERT ON hitl_tasks FOR EACH ROW EXECUTE FUNCTION tell_review()
CREATE TRIGGER hitl_tasks_touch BEFORE UPDATE ON hitl_tasks FOR EACH ROW EXECUTE FUNCTION touch_updated_at()
CREATE TRIGGER journal_entries_touch BEFORE UPDATE ON journal_entries FOR EACH ROW EXECUTE FUNCTION touch_updated_at()
CREATE TRIGGER journal_entries_version BEFORE UPDATE OF entry_type, raw_data, metadata, occurred_at, deleted_at ON journal_entries FOR EACH ROW EXECUTE FUNCTION bump_row_version()
CREATE TRIGGER processing_history_number BEFORE INSERT ON processing_history FOR EACH ROW WHEN (current_setting('docmill.history_numbered'::text, true) IS DISTINCT FROM 'on'::text) EXECUTE FUNCTION number_history()
CREATE TRIGGER processing_jobs_cancel_tasks AFTER UPDATE OF status ON processing_jobs FOR EACH ROW WHEN (new.status = 'cancelled'::text AND old.status <> 'cancelled'::text) EXECUTE FUNCTION cancel_tasks_of_job()
CREATE TRIGGER processing_jobs_derive AFTER UPDATE OF status ON processing_jobs FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION derive_document_status()
CREATE TRIGGER processing_jobs_derive_entry AFTER UPDATE OF status ON processing_jobs FOR EACH ROW WHEN (new.entry_id IS NOT NULL AND new.kind = 'analyse'::text AND old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION derive_entry_status()
CREATE TRIGGER processing_jobs_derive_entry_insert AFTER INSERT ON processing_jobs FOR EACH ROW WHEN (new.entry_id IS NOT NULL AND new.kind = 'analyse'::text) EXECUTE FUNCTION derive_entry_status()
CREATE TRIGGER processing_jobs_derive_insert AFTER INSERT ON processing_jobs FOR EACH ROW EXECUTE FUNCTION derive_document_status()
CREATE TRIGGER processing_jobs_end_export AFTER UPDATE OF status ON processing_jobs FOR EACH ROW WHEN (new.export_id IS NOT NULL AND ((new.status = ANY (ARRAY['failed'::text, 'cancelled'::text])) OR old.status = 'failed'::text AND new.status = 'queued'::text)) EXECUTE FUNCTION end_export_files()
CREATE TRIGGER processing_jobs_guard BEFORE UPDATE OF status ON processing_jobs FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION guard_transition('status')
CREATE TRIGGER processing_jobs_record AFTER UPDATE OF status ON processing_jobs FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION record_job_status()
CREATE TRIGGER processing_jobs_record_insert AFTER INSERT ON processing_jobs FOR EACH ROW EXECUTE FUNCTION record_job_status()
CREATE TRIGGER processing_jobs_remove_history AFTER DELETE ON processing_jobs REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION remove_history()
CREATE TRIGGER processing_jobs_touch BEFORE UPDATE ON processing_jobs FOR EACH ROW EXECUTE FUNCTION touch_updated_at()
CREATE TRIGGER timeblocks_touch BEFORE UPDATE ON timeblocks FOR EACH ROW EXECUTE FUNCTION touch_updated_at()
CREATE TRIGGER timetables_guard BEFORE UPDATE OF status ON timetables FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION guard_transition('status')
CREATE TRIGGER timetables_touch BEFORE UPDATE ON timetables FOR EACH ROW EXECUTE FUNCTION touch_updated_at()
CREATE TRIGGER timetables_version BEFORE UPDATE OF name, class_name, term, year, week_start_date, timezone, status, metadata, deleted_at ON timetables FOR EACH ROW EXECUTE FUNCTION bump_row_version()
CREATE TRIGGER usage_events_count AFTER INSERT ON usage_events REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_usage()
CREATE TRIGGER user_identities_touch BEFORE UPDATE ON user_identities FOR EACH ROW EXECUTE FUNCTION touch_updated_at()
CREATE TRIGGER users_guard BEFORE UPDATE OF status ON users FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION guard_transition('status')
CREATE TRIGGER users_held BEFORE DELETE ON users FOR EACH ROW EXECUTE FUNCTION refuse_held_user()
CREATE TRIGGER users_release_tasks AFTER UPDATE OF status ON users FOR EACH ROW WHEN (new.status <> 'active'::text AND old.status = 'active'::text) EXECUTE FUNCTION release_tasks_of_user()
CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch_updated_at()
CREATE TRIGGER webhook_endpoints_touch BEFORE UPDATE ON webhook_endpoints FOR EACH ROW EXECUTE FUNCTION touch_updated_at()
CREATE TRIGGER zone_revisions_append_only BEFORE UPDATE ON zone_revisions FOR EACH ROW EXECUTE FUNCTION refuse_revision_update()
CREATE TRIGGER zone_revisions_tell_webhooks AFTER INSERT ON zone_revisions FOR EACH ROW WHEN (new.author_id IS NOT NULL) EXECUTE FUNCTION tell_zone_corrected()
CREATE TRIGGER zones_guard BEFORE UPDATE OF status ON zones FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION guard_transition('status')
CREATE TRIGGER zones_record AFTER UPDATE ON zones FOR EACH ROW WHEN (COALESCE(current_setting('app.zone_shift'::text, true), ''::text) <> 'on'::text AND (old.kind IS DISTINCT FROM new.kind OR old."position" IS DISTINCT FROM new."position" OR old.x IS DISTINCT FROM new.x OR old.y IS DISTINCT FROM new.y OR old.width IS DISTINCT FROM new.width OR old.height IS DISTINCT FROM new.height OR old.polygon IS DISTINCT FROM new.polygon OR old.content IS DISTINCT FROM new.content OR old.data IS DISTINCT FROM new.data OR old.confidence::numeric IS DISTINCT FROM new.confidence::numeric OR old.tool IS DISTINCT FROM new.tool)) EXECUTE FUNCTION record_zone_revision()
CREATE TRIGGER zones_touch BEFORE UPDATE ON zones FOR EACH ROW EXECUTE FUNCTION touch_updated_at()
CREATE TRIGGER zones_version BEFORE UPDATE ON zones FOR EACH ROW WHEN (COALESCE(current_setting('app.zone_shift'::text, true), ''::text) <> 'on'::text AND (old.kind IS DISTINCT FROM new.kind OR old."position" IS DISTINCT FROM new."position" OR old.x IS DISTINCT FROM new.x OR old.y IS DISTINCT FROM new.y OR old.width IS DISTINCT FROM new.width OR old.height IS DISTINCT FROM new.height OR old.polygon IS DISTINCT FROM new.polygon OR old.content IS DISTINCT FROM new.content OR old.data IS DISTINCT FROM new.data OR old.confidence::numeric IS DISTINCT FROM new.confidence::numeric)) EXECUTE FUNCTION bump_row_version()

-- Row policies

policy adding on blobs for insert to docmill_app with check ((owner_id = ( SELECT current_actor() AS current_actor)))

policy adding on document_versions for insert to docmill_app with check ((owner_id = ( SELECT current_actor() AS current_actor)))

policy adding on documents for insert to docmill_app with check ((owner_id = ( SELECT current_actor() AS current_actor)))

policy adding on export_records for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))

policy adding on hitl_tasks for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))

policy adding on pages for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))

policy adding on processed_content for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))

policy adding on processing_history for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))

policy adding on processing_jobs for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))

policy adding on processing_queue for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))

policy adding on timetable_documents for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))

policy adding on zone_revisions for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))

policy adding on zones for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))

policy changing on blobs for update to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))

policy changing on document_versions for update to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (document_id = ( SELECT granted_document(true) AS granted_document))
END)) with check (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (document_id = ( SELECT granted_document(true) AS granted_document))
END))

policy changing on documents for update to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (id = ( SELECT granted_document(true) AS granted_document))
END)) with check (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (id = ( SELECT granted_document(true) AS granted_document))
END))

policy changing on export_records for update to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END)) with check (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END))

policy changing on hitl_tasks for update to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (job_id = ANY (( SELECT granted_jobs(true) AS granted_jobs)::uuid[]))
END)) with check (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (job_id = ANY (( SELECT granted_jobs(true) AS granted_jobs)::uuid[]))
END))

policy changing on pages for update to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END)) with check (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END))

policy changing on processed_content for update to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END)) with check (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END))

policy changing on processing_history for update to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (job_id = ANY (( SELECT granted_jobs(true) AS granted_jobs)::uuid[]))
END)) with check (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (job_id = ANY (( SELECT granted_jobs(true) AS granted_jobs)::uuid[]))
END))

policy changing on processing_jobs for update to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END)) with check (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END))

policy changing on processing_queue for update to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (job_id = ANY (( SELECT granted_jobs(true) AS granted_jobs)::uuid[]))
END)) with check (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (job_id = ANY (( SELECT granted_jobs(true) AS granted_jobs)::uuid[]))
END))

policy changing on timetable_documents for update to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (document_id = ( SELECT granted_document(true) AS granted_document))
END)) with check (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (document_id = ( SELECT granted_document(true) AS granted_document))
END))

policy changing on zone_revisions for update to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END)) with check (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END))

policy changing on zones for update to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END)) with check (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END))

policy granted_adding on export_files for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))

policy granted_adding on idempotency_keys for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))

policy granted_adding on import_refs for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))

policy granted_adding on journal_entries for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))

policy granted_adding on outbox for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))

policy granted_adding on timeblocks for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))

policy granted_adding on timetables for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))

policy granted_adding on usage_events for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))

policy granted_adding on usage_stats for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))

policy granted_adding on webhook_deliveries for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))

policy granted_adding on webhook_endpoints for insert to docmill_app with check (((owner_id = ( SELECT current_actor() AS current_actor)) OR (owner_id = ( SELECT granted_owner(true) AS granted_owner))))

policy migrator_all on account_tokens to the migrator using (true) with check (true)

policy migrator_all on api_keys to the migrator using (true) with check (true)

policy migrator_all on api_metrics to the migrator using (true) with check (true)

policy migrator_all on blobs to the migrator using (true) with check (true)

policy migrator_all on document_shares to the migrator using (true) with check (true)

policy migrator_all on document_versions to the migrator using (true) with check (true)

policy migrator_all on documents to the migrator using (true) with check (true)

policy migrator_all on export_files to the migrator using (true) with check (true)

policy migrator_all on export_records to the migrator using (true) with check (true)

policy migrator_all on folders to the migrator using (true) with check (true)

policy migrator_all on hitl_tasks to the migrator using (true) with check (true)

policy migrator_all on idempotency_keys to the migrator using (true) with check (true)

policy migrator_all on import_refs to the migrator using (true) with check (true)

policy migrator_all on invitations to the migrator using (true) with check (true)

policy migrator_all on journal_entries to the migrator using (true) with check (true)

policy migrator_all on legal_holds to the migrator using (true) with check (true)

policy migrator_all on live_subscriptions to the migrator using (true) with check (true)

policy migrator_all on outbox to the migrator using (true) with check (true)

policy migrator_all on pages to the migrator using (true) with check (true)

policy migrator_all on processed_content to the migrator using (true) with check (true)

policy migrator_all on processing_history to the migrator using (true) with check (true)

policy migrator_all on processing_jobs to the migrator using (true) with check (true)

policy migrator_all on processing_metrics to the migrator using (true) with check (true)

policy migrator_all on processing_queue to the migrator using (true) with check (true)

policy migrator_all on session_fields to the migrator using (true) with check (true)

policy migrator_all on sessions to the migrator using (true) with check (true)

policy migrator_all on share_visits to the migrator using (true) with check (true)

policy migrator_all on timeblocks to the migrator using (true) with check (true)

policy migrator_all on timetable_documents to the migrator using (true) with check (true)

policy migrator_all on timetables to the migrator using (true) with check (true)

policy migrator_all on upload_pieces to the migrator using (true) with check (true)

policy migrator_all on uploads to the migrator using (true) with check (true)

policy migrator_all on usage_events to the migrator using (true) with check (true)

policy migrator_all on usage_stats to the migrator using (true) with check (true)

policy migrator_all on user_identities to the migrator using (true) with check (true)

policy migrator_all on user_passwords to the migrator using (true) with check (true)

policy migrator_all on users to the migrator using (true) with check (true)

policy migrator_all on webhook_deliveries to the migrator using (true) with check (true)

policy migrator_all on webhook_endpoints to the migrator using (true) with check (true)

policy migrator_all on zone_revisions to the migrator using (true) with check (true)

policy migrator_all on zones to the migrator using (true) with check (true)

policy own_rows on account_tokens to docmill_app using ((user_id = ( SELECT current_actor() AS current_actor))) with check ((user_id = ( SELECT current_actor() AS current_actor)))

policy own_rows on api_keys to docmill_app using ((user_id = ( SELECT current_actor() AS current_actor))) with check ((user_id = ( SELECT current_actor() AS current_actor)))

policy own_rows on api_metrics to docmill_app using ((user_id = ( SELECT current_actor() AS current_actor))) with check ((user_id = ( SELECT current_actor() AS current_actor)))

policy own_rows on document_shares to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))

policy own_rows on export_files to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))

policy own_rows on folders to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))

policy own_rows on idempotency_keys to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))

policy own_rows on import_refs to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))

policy own_rows on journal_entries to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))

policy own_rows on legal_holds to docmill_app using ((user_id = ( SELECT current_actor() AS current_actor))) with check ((user_id = ( SELECT current_actor() AS current_actor)))

policy own_rows on live_subscriptions to docmill_app using ((user_id = ( SELECT current_actor() AS current_actor))) with check ((user_id = ( SELECT current_actor() AS current_actor)))

policy own_rows on outbox to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))

policy own_rows on processing_metrics to docmill_app using ((user_id = ( SELECT current_actor() AS current_actor))) with check ((user_id = ( SELECT current_actor() AS current_actor)))

policy own_rows on session_fields to docmill_app using ((user_id = ( SELECT current_actor() AS current_actor))) with check ((user_id = ( SELECT current_actor() AS current_actor)))

policy own_rows on sessions to docmill_app using ((user_id = ( SELECT current_actor() AS current_actor))) with check ((user_id = ( SELECT current_actor() AS current_actor)))

policy own_rows on share_visits to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))

policy own_rows on timeblocks to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))

policy own_rows on timetables to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))

policy own_rows on upload_pieces to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))

policy own_rows on uploads to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))

policy own_rows on usage_events to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))

policy own_rows on usage_stats to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))

policy own_rows on user_identities to docmill_app using ((user_id = ( SELECT current_actor() AS current_actor))) with check ((user_id = ( SELECT current_actor() AS current_actor)))

policy own_rows on user_passwords to docmill_app using ((user_id = ( SELECT current_actor() AS current_actor))) with check ((user_id = ( SELECT current_actor() AS current_actor)))

policy own_rows on users to docmill_app using ((id = ( SELECT current_actor() AS current_actor))) with check ((id = ( SELECT current_actor() AS current_actor)))

policy own_rows on webhook_deliveries to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))

policy own_rows on webhook_endpoints to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor))) with check ((owner_id = ( SELECT current_actor() AS current_actor)))

policy reading on blobs for select to docmill_app using (((owner_id = ( SELECT seen_owner(false) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(false) AS used_document) IS NULL) THEN true
    ELSE (id = ANY (( SELECT granted_blobs() AS granted_blobs)::uuid[]))
END))

policy reading on document_versions for select to docmill_app using (((owner_id = ( SELECT seen_owner(false) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(false) AS used_document) IS NULL) THEN true
    ELSE (document_id = ( SELECT granted_document(false) AS granted_document))
END))

policy reading on documents for select to docmill_app using (((owner_id = ( SELECT seen_owner(false) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(false) AS used_document) IS NULL) THEN true
    ELSE (id = ( SELECT granted_document(false) AS granted_document))
END))

policy reading on export_records for select to docmill_app using (((owner_id = ( SELECT seen_owner(false) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(false) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(false) AS granted_versions)::uuid[]))
END))

policy reading on hitl_tasks for select to docmill_app using (((owner_id = ( SELECT seen_owner(false) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(false) AS used_document) IS NULL) THEN true
    ELSE (job_id = ANY (( SELECT granted_jobs(false) AS granted_jobs)::uuid[]))
END))

policy reading on pages for select to docmill_app using (((owner_id = ( SELECT seen_owner(false) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(false) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(false) AS granted_versions)::uuid[]))
END))

policy reading on processed_content for select to docmill_app using (((owner_id = ( SELECT seen_owner(false) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(false) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(false) AS granted_versions)::uuid[]))
END))

policy reading on processing_history for select to docmill_app using (((owner_id = ( SELECT seen_owner(false) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(false) AS used_document) IS NULL) THEN true
    ELSE (job_id = ANY (( SELECT granted_jobs(false) AS granted_jobs)::uuid[]))
END))

policy reading on processing_jobs for select to docmill_app using (((owner_id = ( SELECT seen_owner(false) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(false) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(false) AS granted_versions)::uuid[]))
END))

policy reading on processing_queue for select to docmill_app using (((owner_id = ( SELECT seen_owner(false) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(false) AS used_document) IS NULL) THEN true
    ELSE (job_id = ANY (( SELECT granted_jobs(false) AS granted_jobs)::uuid[]))
END))

policy reading on timetable_documents for select to docmill_app using (((owner_id = ( SELECT seen_owner(false) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(false) AS used_document) IS NULL) THEN true
    ELSE (document_id = ( SELECT granted_document(false) AS granted_document))
END))

policy reading on zone_revisions for select to docmill_app using (((owner_id = ( SELECT seen_owner(false) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(false) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(false) AS granted_versions)::uuid[]))
END))

policy reading on zones for select to docmill_app using (((owner_id = ( SELECT seen_owner(false) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(false) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(false) AS granted_versions)::uuid[]))
END))

policy readonly_all on account_tokens for select to docmill_readonly using (true)

policy readonly_all on api_keys for select to docmill_readonly using (true)

policy readonly_all on api_metrics for select to docmill_readonly using (true)

policy readonly_all on blobs for select to docmill_readonly using (true)

policy readonly_all on document_shares for select to docmill_readonly using (true)

policy readonly_all on document_versions for select to docmill_readonly using (true)

policy readonly_all on documents for select to docmill_readonly using (true)

policy readonly_all on export_files for select to docmill_readonly using (true)

policy readonly_all on export_records for select to docmill_readonly using (true)

policy readonly_all on folders for select to docmill_readonly using (true)

policy readonly_all on hitl_tasks for select to docmill_readonly using (true)

policy readonly_all on import_refs for select to docmill_readonly using (true)

policy readonly_all on invitations for select to docmill_readonly using (true)

policy readonly_all on journal_entries for select to docmill_readonly using (true)

policy readonly_all on legal_holds for select to docmill_readonly using (true)

policy readonly_all on outbox for select to docmill_readonly using (true)

policy readonly_all on pages for select to docmill_readonly using (true)

policy readonly_all on processed_content for select to docmill_readonly using (true)

policy readonly_all on processing_history for select to docmill_readonly using (true)

policy readonly_all on processing_jobs for select to docmill_readonly using (true)

policy readonly_all on processing_metrics for select to docmill_readonly using (true)

policy readonly_all on processing_queue for select to docmill_readonly using (true)

policy readonly_all on sessions for select to docmill_readonly using (true)

policy readonly_all on share_visits for select to docmill_readonly using (true)

policy readonly_all on timeblocks for select to docmill_readonly using (true)

policy readonly_all on timetable_documents for select to docmill_readonly using (true)

policy readonly_all on timetables for select to docmill_readonly using (true)

policy readonly_all on upload_pieces for select to docmill_readonly using (true)

policy readonly_all on uploads for select to docmill_readonly using (true)

policy readonly_all on usage_events for select to docmill_readonly using (true)

policy readonly_all on usage_stats for select to docmill_readonly using (true)

policy readonly_all on user_identities for select to docmill_readonly using (true)

policy readonly_all on users for select to docmill_readonly using (true)

policy readonly_all on webhook_deliveries for select to docmill_readonly using (true)

policy readonly_all on webhook_endpoints for select to docmill_readonly using (true)

policy readonly_all on zone_revisions for select to docmill_readonly using (true)

policy readonly_all on zones for select to docmill_readonly using (true)

policy removing on blobs for delete to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor)))

policy removing on document_versions for delete to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor)))

policy removing on documents for delete to docmill_app using ((owner_id = ( SELECT current_actor() AS current_actor)))

policy removing on export_records for delete to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END))

policy removing on hitl_tasks for delete to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (job_id = ANY (( SELECT granted_jobs(true) AS granted_jobs)::uuid[]))
END))

policy removing on pages for delete to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END))

policy removing on processed_content for delete to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END))

policy removing on processing_history for delete to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (job_id = ANY (( SELECT granted_jobs(true) AS granted_jobs)::uuid[]))
END))

policy removing on processing_jobs for delete to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END))

policy removing on processing_queue for delete to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (job_id = ANY (( SELECT granted_jobs(true) AS granted_jobs)::uuid[]))
END))

policy removing on timetable_documents for delete to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (document_id = ( SELECT granted_document(true) AS granted_document))
END))

policy removing on zone_revisions for delete to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END))

policy removing on zones for delete to docmill_app using (((owner_id = ( SELECT seen_owner(true) AS seen_owner)) AND
CASE
    WHEN (( SELECT used_document(true) AS used_document) IS NULL) THEN true
    ELSE (version_id = ANY (( SELECT granted_versions(true) AS granted_versions)::uuid[]))
END))

policy worker_all on account_tokens to docmill_worker using (true) with check (true)

policy worker_all on api_keys to docmill_worker using (true) with check (true)

policy worker_all on api_metrics to docmill_worker using (true) with check (true)

policy worker_all on blobs to docmill_worker using (true) with check (true)

policy worker_all on document_shares to docmill_worker using (true) with check (true)

policy worker_all on document_versions to docmill_worker using (true) with check (true)

policy worker_all on documents to docmill_worker using (true) with check (true)

policy worker_all on export_files to docmill_worker using (true) with check (true)

policy worker_all on export_records to docmill_worker using (true) with check (true)

policy worker_all on folders to docmill_worker using (true) with check (true)

policy worker_all on hitl_tasks to docmill_worker using (true) with check (true)

policy worker_all on idempotency_keys to docmill_worker using (true) with check (true)

policy worker_all on import_refs to docmill_worker using (true) with check (true)

policy worker_all on invitations to docmill_worker using (true) with check (true)

policy worker_all on journal_entries to docmill_worker using (true) with check (true)

policy worker_all on legal_holds to docmill_worker using (true) with check (true)

policy worker_all on live_subscriptions to docmill_worker using (true) with check (true)

policy worker_all on outbox to docmill_worker using (true) with check (true)

policy worker_all on pages to docmill_worker using (true) with check (true)

policy worker_all on processed_content to docmill_worker using (true) with check (true)

policy worker_all on processing_history to docmill_worker using (true) with check (true)

policy worker_all on processing_jobs to docmill_worker using (true) with check (true)

policy worker_all on processing_metrics to docmill_worker using (true) with check (true)

policy worker_all on processing_queue to docmill_worker using (true) with check (true)

policy worker_all on session_fields to docmill_worker using (true) with check (true)

policy worker_all on sessions to docmill_worker using (true) with check (true)

policy worker_all on share_visits to docmill_worker using (true) with check (true)

policy worker_all on timeblocks to docmill_worker using (true) with check (true)

policy worker_all on timetable_documents to docmill_worker using (true) with check (true)

policy worker_all on timetables to docmill_worker using (true) with check (true)

policy worker_all on upload_pieces to docmill_worker using (true) with check (true)

policy worker_all on uploads to docmill_worker using (true) with check (true)

policy worker_all on usage_events to docmill_worker using (true) with check (true)

policy worker_all on usage_stats to docmill_worker using (true) with check (true)

policy worker_all on user_identities to docmill_worker using (true) with check (true)

policy worker_all on user_passwords to docmill_worker using (true) with check (true)

policy worker_all on users to docmill_worker using (true) with check (true)

policy worker_all on webhook_deliveries to docmill_worker using (true) with check (true)

policy worker_all on webhook_endpoints to docmill_worker using (true) with check (true)

policy worker_all on zone_revisions to docmill_worker using (true) with check (true)

policy worker_all on zones to docmill_worker using (true) with check (true)

row level security forced on account_tokens

row level security forced on api_keys

row level security forced on api_metrics

row level security forced on blobs

row level security forced on document_shares

row level security forced on document_versions

row level security forced on documents

row level security forced on export_files

row level security forced on export_records

row level security forced on folders

row level security forced on hitl_tasks

row level security forced on idempotency_keys

row level security forced on import_refs

row level security forced on invitations

row level security forced on journal_entries

row level security forced on legal_holds

row level security forced on live_subscriptions

row level security forced on outbox

row level security forced on pages

row level security forced on processed_content

row level security forced on processing_history

row level security forced on processing_jobs

row level security forced on processing_metrics

row level security forced on processing_queue

row level security forced on session_fields

row level security forced on sessions

row level security forced on share_visits

row level security forced on timeblocks

row level security forced on timetable_documents

row level security forced on timetables

row level security forced on upload_pieces

row level security forced on uploads

row level security forced on usage_events

row level security forced on usage_stats

row level security forced on user_identities

row level security forced on user_passwords

row level security forced on users

row level security forced on webhook_deliveries

row level security forced on webhook_endpoints

row level security forced on zone_revisions

row level security forced on zones

-- Comments

comment on aggregate public.merge_histograms(bigint[]): 'The sum of histograms, bin by bin.'
comment on function public.add_histograms(bigint[],bigint[]): 'The sum of two histograms, bin by bin.'
comment on function public.append_audit(pg_catalog.text,pg_catalog.text,pg_catalog.uuid,pg_catalog.jsonb): 'Adds one row to audit_logs; who, where and why are the settings of the transaction.'
comment on function public.archive_jobs(pg_catalog.uuid[],pg_catalog.uuid): 'Marks ended jobs as archived in a stored blob and removes their history; returns how many.'
comment on function public.audit_address(pg_catalog.text): 'The text as an address, null when it is none.'
comment on function public.audit_row(): 'Trigger: adds the change of one row to the audit log.'
comment on function public.audit_setting(pg_catalog.text): 'The transaction-local setting app.<name>, null when it is not set.'
comment on function public.audit_table(pg_catalog.regclass,pg_catalog.text[],pg_catalog.text[],boolean): 'Puts a table under audit: audit_table(''notes'', masked, ignored, people_only).'
comment on function public.audit_value(boolean,pg_catalog.jsonb): 'A column value as the audit log keeps it.'
comment on function public.bump_row_version(): 'Trigger: counts the edits of a row.'
comment on function public.cancel_tasks_of_job(): 'Trigger: the open tasks of a job end with it.'
comment on function public.claim_items(pg_catalog.uuid,pg_catalog.text[],integer[],interval,timestamp with time zone,pg_catalog.text[],pg_catalog.uuid[],double precision[],double precision[]): 'Leases ready items to a worker: by priority, fairly between owners, oldest first.'
comment on function public.close_audit_chain(): 'Writes the head of the chain that this transaction has added to.'
comment on function public.close_audit_chain_late(): 'Trigger at commit: close_audit_chain.'
comment on function public.count_purged_bytes(): 'Trigger: bytes that are gone are taken off the usage of their owner, once.'
comment on function public.count_share_passwords(): 'Trigger: another password of a link is another version of it.'
comment on function public.count_usage(): 'Trigger: usage_events are summed up in usage_stats.'
comment on function public.current_actor(): 'The user on whose behalf the transaction runs; null when nobody was named.'
comment on function public.derive_document_status(): 'Trigger: the status of a document follows from its newest job.'
comment on function public.derive_entry_status(): 'Trigger: the newest analysis decides the status of a journal entry.'
comment on function public.document_grants(pg_catalog.uuid,timestamp with time zone): 'Live shares that reach a document, its own and those of the folders above it.'
comment on function public.document_permission(pg_catalog.uuid,pg_catalog.uuid,pg_catalog.text,timestamp with time zone): 'The most that a user or the holder of a link may do with a document; null for nothing.'
comment on function public.document_reviewers(pg_catalog.uuid): 'Users who hold an open review task on the document.'
comment on function public.drop_metric_hours(timestamp with time zone): 'Removes old hours; returns how many rows or chunks went.'
comment on function public.drop_partitions(pg_catalog.text,timestamp with time zone): 'Drops old partitions of a planned table; returns their names.'
comment on function public.drop_raw_metrics(pg_catalog.text,timestamp with time zone): 'Drops old raw metrics; returns the names of the dropped pieces.'
comment on function public.duration_bin(double precision): 'Place of a duration in ms in a histogram, 0..89.'
comment on function public.end_export_files(): 'Ends the open files of an export with its job, and opens the failed ones for a retry.'
comment on function public.ensure_partitions(timestamp with time zone): 'Makes the partitions of now and of the time ahead; returns the names of the new ones.'
comment on function public.finish_items(bigint[],bigint[],integer[]): 'Removes finished items whose lease holds and logs them; answers which these were.'
comment on function public.follow_current_version(): 'Derives the status of a document whose current version was changed.'
comment on function public.granted_blobs(): 'Blobs of the granted document.'
comment on function public.granted_document(boolean): 'The document named by app.document_id, when it is another''s and a share or a review task grants it.'
comment on function public.granted_documents(pg_catalog.uuid,pg_catalog.text,timestamp with time zone): 'Live documents of others that a user, or the holder of a link, may see, with the most they may do.'
comment on function public.granted_jobs(boolean): 'Jobs over versions of the granted document.'
comment on function public.granted_owner(boolean): 'Owner of the granted document.'
comment on function public.granted_versions(boolean): 'Versions of the granted document.'
comment on function public.guard_folder_parent(): 'Trigger: no cycles and no more than 20 levels.'
comment on function public.guard_transition(): 'Trigger: a status moves only along state_transitions.'
comment on function public.histogram_quantile(bigint[],double precision): 'Quantile of durations in ms from a histogram; null for an empty one.'
comment on function public.is_secret_column(pg_catalog.text): 'Whether the name of a column says that it holds a secret: docmill_readonly does not read it.'
comment on function public.journal_words(pg_catalog.jsonb): 'The strings of an entry (not its keys), joined by spaces: what the search looks at.'
comment on function public.list_partitions(pg_catalog.text): 'Partitions of a table of partition_plans with their bounds in UTC.'
comment on function public.number_document_version(): 'Trigger: versions of a document count 1..n.'
comment on function public.number_history(): 'Trigger: lines of a job count 1..n.'
comment on function public.open_audit_chain(pg_catalog.date): 'Takes a chain of a month for this transaction.'
comment on function public.open_to_readonly(): 'Lets docmill_readonly read every lasting table but for secrets; to be called after new tables are made.'
comment on function public.record_job_status(): 'Trigger: writes each state of a job to its history.'
comment on function public.record_zone_revision(): 'Trigger: a changed zone leaves what it was before as a revision.'
comment on function public.refresh_processing_daily(): 'Makes processing_daily anew without locking readers out.'
comment on function public.refuse_held_user(): 'Trigger: a user whose data is held is not removed.'
comment on function public.refuse_revision_update(): 'Trigger: revisions are history and are not changed.'
comment on function public.release_tasks_of_user(): 'Trigger: a user who may not review any more gives their tasks back.'
comment on function public.remove_history(): 'Removes the log of deleted jobs.'
comment on function public.return_task_to_queue(): 'Trigger: a task that loses its reviewer waits again.'
comment on function public.seen_owner(boolean): 'Whose rows are seen: visible_owner, asked only while a document is named.'
comment on function public.take_rate_points(pg_catalog.text[],integer[],integer[],integer): 'Points out of the windows of a rate limit: all of them or none.'
comment on function public.tell_access_ended(): 'Trigger: tells the servers whose access has changed, by the id of the user.'
comment on function public.tell_blob_purge(): 'Writes blob.purge to the outbox.'
comment on function public.tell_document_changed(): 'Writes document.changed to the outbox.'
comment on function public.tell_document_finished(): 'Tells webhooks that a document was read to the end, or could not be.'
comment on function public.tell_export_finished(): 'Tells webhooks that the last file of an export is there, or could not be made.'
comment on function public.tell_review(): 'Tells webhooks that a person is asked, or has decided.'
comment on function public.tell_webhooks(pg_catalog.uuid,pg_catalog.text,pg_catalog.text,pg_catalog.jsonb): 'Writes webhook.event to the outbox when an endpoint of the owner wants the event.'
comment on function public.tell_zone_corrected(): 'Tells webhooks that a person changed a zone.'
comment on function public.touch_updated_at(): 'Trigger: sets updated_at.'
comment on function public.used_document(boolean): 'The granted document while one is used; null when the actor uses their own things.'
comment on function public.visible_owner(boolean): 'Whose rows are seen: the owner of the granted document while one is used, else the actor.'
comment on function public.word_box_part(pg_catalog.bytea,integer,integer): 'One number of pages.word_boxes as a fraction: part 0 x, 1 y, 2 width, 3 height, 4 confidence.'
comment on materialized view column public.processing_daily.confidence_avg: 'Mean confidence, 0..1.'
comment on materialized view column public.processing_daily.day: 'Day in UTC.'
comment on materialized view column public.processing_daily.duration_avg: 'Mean duration in ms.'
comment on materialized view column public.processing_daily.duration_p95: '95th percentile of the durations in ms, within 19 %.'
comment on materialized view column public.processing_daily.samples: 'Attempts that ended.'
comment on materialized view column public.processing_daily.stage: 'Stage.'
comment on materialized view column public.processing_daily.successes: 'How many of them ended well.'
comment on materialized view column public.processing_daily.tier: 'Tier; none when no page was read.'
comment on materialized view public.processing_daily: 'Stages by the day in UTC; refreshed by refresh_processing_daily.'
comment on table column public.account_tokens.created_at: 'When the link was made.'
comment on table column public.account_tokens.email: 'The address that the link proves; only of verify_email.'
comment on table column public.account_tokens.expires_at: 'When it ends by itself.'
comment on table column public.account_tokens.id: 'UUID version 7.'
comment on table column public.account_tokens.purpose: 'first_admin, verify_email or reset_password.'
comment on table column public.account_tokens.token_hash: 'SHA-256 of the random token in hexadecimal; the token itself is in the link only.'
comment on table column public.account_tokens.used_at: 'When it was used; null while it lives.'
comment on table column public.account_tokens.user_id: 'Whose account the link is about.'
comment on table column public.api_keys.created_at: 'When it was made.'
comment on table column public.api_keys.expires_at: 'End of its life; null for none.'
comment on table column public.api_keys.id: 'UUID version 7.'
comment on table column public.api_keys.key_hash: 'SHA-256 of the key in hexadecimal; 256 random bits need no slower hash.'
comment on table column public.api_keys.last_used_at: 'Newest use, to the minute.'
comment on table column public.api_keys.name: 'What the user calls it.'
comment on table column public.api_keys.prefix: 'First characters of the key, to tell keys apart.'
comment on table column public.api_keys.revoked_at: 'When it was taken back; null while it lives.'
comment on table column public.api_keys.scopes: 'What the key may do; empty for nothing.'
comment on table column public.api_keys.user_id: 'For whom the key acts.'
comment on table column public.api_metrics.duration_ms: 'From the head of the request to the end of the answer, in ms.'
comment on table column public.api_metrics.id: 'Rises with time; with recorded_at the key.'
comment on table column public.api_metrics.ip_address: 'Address the request came from.'
comment on table column public.api_metrics.metadata: 'Request id and the like.'
comment on table column public.api_metrics.method: 'HTTP method.'
comment on table column public.api_metrics.recorded_at: 'When the answer was complete.'
comment on table column public.api_metrics.route: 'Template of the route, such as /v1/documents/:documentId; never the address itself.'
comment on table column public.api_metrics.status: 'HTTP status.'
comment on table column public.api_metrics.user_agent: 'Program the request came from, at most 500 characters.'
comment on table column public.api_metrics.user_id: 'On whose behalf; null before sign-in.'
comment on table column public.audit_chains.chain: 'Number of the chain.'
comment on table column public.audit_chains.hash: 'hash of its last row; of an empty chain the hash of its name.'
comment on table column public.audit_chains.last_at: 'created_at of its last row.'
comment on table column public.audit_chains.month: 'First day of the month in UTC.'
comment on table column public.audit_chains.prev_hash: 'prev_hash of its last row.'
comment on table column public.audit_chains.retired_at: 'When retention dropped the month.'
comment on table column public.audit_chains.seq: 'How many rows the chain has.'
comment on table column public.audit_logs.action: 'create, update, trash, restore or delete of a row, or the name of an event such as export.overridden.'
comment on table column public.audit_logs.actor_id: 'Who: a user id. No foreign key, since the log outlives its users. Null for the system.'
comment on table column public.audit_logs.actor_kind: 'How the actor came in: user, key, link or system.'
comment on table column public.audit_logs.chain: 'Which of the chains of its month the row belongs to.'
comment on table column public.audit_logs.changes: 'Changed columns only: {"column": {"from": …, "to": …}}. Secrets are masked, long values cut.'
comment on table column public.audit_logs.created_at: 'When it happened; within one chain strictly later than the row before.'
comment on table column public.audit_logs.hash: 'SHA-256 of prev_hash and all other columns.'
comment on table column public.audit_logs.id: 'Rises with time; with created_at the key.'
comment on table column public.audit_logs.ip_address: 'Address the request came from.'
comment on table column public.audit_logs.prev_hash: 'Hash of the row before in the chain; of the first row the hash of the name of the chain.'
comment on table column public.audit_logs.reason: 'Why, when the actor gave a reason.'
comment on table column public.audit_logs.request_id: 'Id of the request, as in its answer and in the log file.'
comment on table column public.audit_logs.resource_id: 'Id of the row.'
comment on table column public.audit_logs.resource_type: 'Table of the row, or the noun of the event.'
comment on table column public.audit_logs.seq: 'Place in its chain, 1..n without gaps.'
comment on table column public.audit_logs.user_agent: 'Program the request came from, at most 500 characters.'
comment on table column public.blobs.bucket: 'Name of the store or bucket.'
comment on table column public.blobs.created_at: 'When the upload began.'
comment on table column public.blobs.id: 'UUID v7.'
comment on table column public.blobs.media_type: 'Media type by content.'
comment on table column public.blobs.object_key: 'Key inside of it.'
comment on table column public.blobs.object_version: 'Version of the object, where the store has versions.'
comment on table column public.blobs.owner_id: 'The user whose row this is: the boundary of tenants.'
comment on table column public.blobs.purpose: 'What the bytes are for: source, page_image, thumbnail, avatar, export, import, archive or upload (a piece of a file on its way in).'
comment on table column public.blobs.sha256: 'Hash of the bytes in hex, once they are stored.'
comment on table column public.blobs.size_bytes: 'Number of bytes, once they are stored.'
comment on table column public.blobs.state: 'pending, stored, failed, purging or purged.'
comment on table column public.blobs.stored_at: 'When the bytes were safe.'
comment on table column public.cache_entries.expires_at: 'From then on the entry is as good as absent.'
comment on table column public.cache_entries.key: 'The same key as in Redis.'
comment on table column public.cache_entries.value: 'The bytes as they were given.'
comment on table column public.clerk_events.effect: 'What it did here; stale when a newer state was known.'
comment on table column public.clerk_events.event_at: 'Time of the state it tells of.'
comment on table column public.clerk_events.id: 'Id of the message, from the header svix-id.'
comment on table column public.clerk_events.received_at: 'When it came.'
comment on table column public.clerk_events.subject: 'Id of the user at Clerk.'
comment on table column public.clerk_events.type: 'Such as user.updated.'
comment on table column public.clerk_users.event_at: 'Time of the newest state that was applied.'
comment on table column public.clerk_users.is_deleted: 'Deleted there, for good.'
comment on table column public.clerk_users.is_disabled: 'Banned, locked or deleted there, and suspended here because of that.'
comment on table column public.clerk_users.subject: 'Id of the user at Clerk.'
comment on table column public.document_shares.created_at: 'When it was given.'
comment on table column public.document_shares.document_id: 'The document; null when a folder is shared.'
comment on table column public.document_shares.expires_at: 'When it ends by itself; null for never.'
comment on table column public.document_shares.folder_id: 'The folder, inherited by its documents and folders; null when a document is shared.'
comment on table column public.document_shares.grantee_email: 'Address of who receives it, whether somebody has an account with it or not; null for a user and for a link.'
comment on table column public.document_shares.grantee_id: 'The user who receives it; null for a link.'
comment on table column public.document_shares.id: 'UUID version 7.'
comment on table column public.document_shares.last_used_at: 'Newest use of the link, to the minute.'
comment on table column public.document_shares.link_hash: 'SHA-256 of the random token of a link in hexadecimal; null for a user.'
comment on table column public.document_shares.owner_id: 'Owner of what is shared.'
comment on table column public.document_shares.password_hash: 'Argon2id of the password a link asks for; null for none.'
comment on table column public.document_shares.password_version: 'How often the password was changed: who gave an earlier one is asked again. Kept by trigger.'
comment on table column public.document_shares.permission: 'view, comment (includes view) or edit (includes both).'
comment on table column public.document_shares.revoked_at: 'When it was taken back; null while it lives.'
comment on table column public.document_shares.updated_at: 'When the row was last changed; kept by trigger.'
comment on table column public.document_shares.uses: 'How often the link was opened.'
comment on table column public.document_versions.blob_id: 'The original bytes.'
comment on table column public.document_versions.created_at: 'When it was uploaded.'
comment on table column public.document_versions.document_id: 'The document.'
comment on table column public.document_versions.id: 'UUID v7.'
comment on table column public.document_versions.metadata: 'What the file states of itself, a JSON object.'
comment on table column public.document_versions.note: 'What the uploader noted.'
comment on table column public.document_versions.number: '1..n within the document; by trigger.'
comment on table column public.document_versions.original_name: 'Name of the file as it was uploaded.'
comment on table column public.document_versions.owner_id: 'The user whose row this is: the boundary of tenants.'
comment on table column public.document_versions.page_count: 'Number of pages; null until the file is classified.'
comment on table column public.document_versions.uploaded_by: 'Who uploaded it.'
comment on table column public.documents.created_at: 'When the row was made.'
comment on table column public.documents.current_version_id: 'The version that is shown; of the same document.'
comment on table column public.documents.deleted_at: 'When it went to the trash; null while it is live.'
comment on table column public.documents.document_type: 'What it was found to be, or unknown.'
comment on table column public.documents.folder_id: 'The folder; null at Home. Of the same owner.'
comment on table column public.documents.id: 'UUID v7.'
comment on table column public.documents.language: 'ISO 639-1, or und; found by the pipeline.'
comment on table column public.documents.metadata: 'What the user noted, a JSON object.'
comment on table column public.documents.owner_id: 'The user whose row this is: the boundary of tenants.'
comment on table column public.documents.processed_at: 'When that job last completed; by trigger.'
comment on table column public.documents.row_version: 'Rises with every edit, for ETag and If-Match.'
comment on table column public.documents.status: 'Derived from the newest job of the current version by trigger.'
comment on table column public.documents.title: 'Title, 1 to 255 characters.'
comment on table column public.documents.updated_at: 'When the row was last changed; by trigger.'
comment on table column public.export_files.blob_id: 'Its bytes, when it is made.'
comment on table column public.export_files.created_at: 'When it was asked for.'
comment on table column public.export_files.download_count: 'How often it was downloaded.'
comment on table column public.export_files.error_code: 'Why it could not be made.'
comment on table column public.export_files.error_message: 'The same as a sentence.'
comment on table column public.export_files.export_id: 'The export.'
comment on table column public.export_files.finished_at: 'When it was stored or given up.'
comment on table column public.export_files.format: 'Format of the file.'
comment on table column public.export_files.item_count: 'Pages or lines in it.'
comment on table column public.export_files.owner_id: 'Tenant.'
comment on table column public.export_files.validation_results: 'What checking the file against its schema found.'
comment on table column public.export_records.created_at: 'When it was asked for.'
comment on table column public.export_records.created_by: 'Who asked for it.'
comment on table column public.export_records.document_id: 'The document.'
comment on table column public.export_records.expires_at: 'When its files may be removed; null for never.'
comment on table column public.export_records.export_type: 'full, partial (by selection), zones_only, text_only or metadata_only.'
comment on table column public.export_records.id: 'Key.'
comment on table column public.export_records.metadata: 'Free facts.'
comment on table column public.export_records.overridden_by: 'Who decided that.'
comment on table column public.export_records.override_reason: 'Why it was made though the gate refused it; null when the gate let it pass.'
comment on table column public.export_records.owner_id: 'Tenant.'
comment on table column public.export_records.selection: 'Pages and zones of a partial export.'
comment on table column public.export_records.validation_results: 'What the gate counted: zones selected, processed and failed.'
comment on table column public.export_records.version_id: 'The version that was exported.'
comment on table column public.folders.created_at: 'When the row was made.'
comment on table column public.folders.deleted_at: 'When it went to the trash; null while it is live.'
comment on table column public.folders.id: 'UUID v7.'
comment on table column public.folders.name: 'Unique among live siblings, whatever its case.'
comment on table column public.folders.name_key: 'The name in lower case: siblings differ in it and are sorted by it.'
comment on table column public.folders.owner_id: 'The user whose row this is: the boundary of tenants.'
comment on table column public.folders.parent_id: 'The folder around it; null at Home. Of the same owner.'
comment on table column public.folders.row_version: 'Rises with every edit, for ETag and If-Match.'
comment on table column public.folders.updated_at: 'When the row was last changed; by trigger.'
comment on table column public.hitl_tasks.assigned_at: 'When the present reviewer got it.'
comment on table column public.hitl_tasks.assigned_to: 'The reviewer who has it; losing them returns the task to pending.'
comment on table column public.hitl_tasks.completed_at: 'When it was decided.'
comment on table column public.hitl_tasks.completed_by: 'Who decided. No foreign key: the record outlives the person.'
comment on table column public.hitl_tasks.created_at: 'When it was made.'
comment on table column public.hitl_tasks.draft_data: 'What the machine made of it, then what the reviewer saved on the way.'
comment on table column public.hitl_tasks.due_at: 'When it should be decided.'
comment on table column public.hitl_tasks.final_data: 'The decision.'
comment on table column public.hitl_tasks.id: 'Key.'
comment on table column public.hitl_tasks.job_id: 'Run whose result is doubted.'
comment on table column public.hitl_tasks.lease_expires_at: 'Until when the reviewer has it to themselves; later it returns to the queue.'
comment on table column public.hitl_tasks.owner_id: 'Tenant: whose document it is.'
comment on table column public.hitl_tasks.page_number: 'Page to look at; null for the whole document.'
comment on table column public.hitl_tasks.priority: '1 low, 2 normal, 3 high, 4 urgent.'
comment on table column public.hitl_tasks.reason: 'Why a person is asked.'
comment on table column public.hitl_tasks.review_notes: 'What the reviewer remarked.'
comment on table column public.hitl_tasks.started_at: 'When the present reviewer began.'
comment on table column public.hitl_tasks.status: 'See docs/reference/state-machines.md.'
comment on table column public.hitl_tasks.updated_at: 'When it was last changed.'
comment on table column public.hitl_tasks.zone_id: 'Zone to look at; null for the whole page. No foreign key: the record outlives the zone.'
comment on table column public.idempotency_keys.created_at: 'When the first request came.'
comment on table column public.idempotency_keys.expires_at: 'When the key may be used anew.'
comment on table column public.idempotency_keys.key: 'As the client sent it.'
comment on table column public.idempotency_keys.lease_expires_at: 'Moved on while that try lives. Afterwards, without an answer, it counts as dead.'
comment on table column public.idempotency_keys.method: 'HTTP method.'
comment on table column public.idempotency_keys.owner_id: 'Tenant.'
comment on table column public.idempotency_keys.principal: 'What the user came with: user for a browser, key:ID for an API key. Their keys do not meet.'
comment on table column public.idempotency_keys.request_hash: 'SHA-256 of the request in hex: the same key with another request is refused.'
comment on table column public.idempotency_keys.request_id: 'The try that is at work, or was.'
comment on table column public.idempotency_keys.response: 'Body of the answer.'
comment on table column public.idempotency_keys.route: 'Template of the route.'
comment on table column public.idempotency_keys.status_code: 'Status of the answer; null while the first request runs.'
comment on table column public.import_refs.checksum: 'SHA-256 of the record as it was read, for a later comparison.'
comment on table column public.import_refs.external_id: 'The id the thing had there.'
comment on table column public.import_refs.imported_at: 'When it was taken over.'
comment on table column public.import_refs.owner_id: 'Who owns what was made of it.'
comment on table column public.import_refs.resource_id: 'The row made of it. No key: a purge forgets the row and not that it was imported.'
comment on table column public.import_refs.resource_type: 'document or journal_entry.'
comment on table column public.import_refs.source: 'The kind of system, such as redis or journal.'
comment on table column public.invitations.accepted_at: 'When an account was made with it; null while it was not.'
comment on table column public.invitations.accepted_by: 'That account; null when it is gone.'
comment on table column public.invitations.created_at: 'When it was made.'
comment on table column public.invitations.email: 'Address that is invited; whoever accepts has proved that it is theirs.'
comment on table column public.invitations.expires_at: 'When it ends by itself.'
comment on table column public.invitations.id: 'UUID version 7.'
comment on table column public.invitations.invited_by: 'The admin; null when the account is gone, and for an invitation from the command line.'
comment on table column public.invitations.revoked_at: 'When it was taken back, or another took its place.'
comment on table column public.invitations.role: 'Role of the account that is made: teacher, reviewer or admin.'
comment on table column public.invitations.token_hash: 'SHA-256 of the random token in the link, in hexadecimal.'
comment on table column public.job_progress_fields.expires_at: 'Seven days after it was last told.'
comment on table column public.job_progress_fields.fields: 'Names and texts: status, stage, percent, confidence, pages done and total, eta.'
comment on table column public.job_progress_fields.job_id: 'The job; no reference, since progress is told outside of its transaction.'
comment on table column public.journal_entries.created_at: 'When the row was made.'
comment on table column public.journal_entries.deleted_at: 'When it was put into the trash; null for live entries.'
comment on table column public.journal_entries.entry_type: 'How it came: text, voice, photo or mixed.'
comment on table column public.journal_entries.excerpt: 'The first 200 characters of its texts, for lists; of the JSON where it holds no text.'
comment on table column public.journal_entries.id: 'UUID version 7, made by the application.'
comment on table column public.journal_entries.metadata: 'What the writer says about the entry: an object of at most 64 KB.'
comment on table column public.journal_entries.occurred_at: 'The instant the entry is about; by default the one it was stored at.'
comment on table column public.journal_entries.owner_id: 'Whose entry it is.'
comment on table column public.journal_entries.processing_status: 'Derived from its newest analysis by trigger; nothing else writes it.'
comment on table column public.journal_entries.raw_data: 'The entry itself: any JSON but null, at most 512 KB as text and 100 levels deep.'
comment on table column public.journal_entries.row_version: 'Counts edits, for ETag and If-Match.'
comment on table column public.journal_entries.search: 'The words of its texts, for full text search.'
comment on table column public.journal_entries.updated_at: 'When the row was last changed.'
comment on table column public.legal_holds.id: 'UUID v7.'
comment on table column public.legal_holds.placed_at: 'When it was placed.'
comment on table column public.legal_holds.placed_by: 'Who placed it.'
comment on table column public.legal_holds.reason: 'Why, in words, such as the name of the matter.'
comment on table column public.legal_holds.released_at: 'When it was released; null while it is in force.'
comment on table column public.legal_holds.user_id: 'Whose data is held; null holds everything.'
comment on table column public.live_subscriptions.expires_at: 'Moved on by the heartbeat of the connection.'
comment on table column public.live_subscriptions.job_id: 'What is watched.'
comment on table column public.live_subscriptions.user_id: 'Who watches.'
comment on table column public.metrics_due.bucket: 'Start of the hour.'
comment on table column public.metrics_due.id: 'Key.'
comment on table column public.metrics_level.extension_version: 'Version of TimescaleDB when the tables were made.'
comment on table column public.metrics_level.level: 'native, timescale_apache or timescale (the full licence).'
comment on table column public.metrics_watermark.kept_from: 'Raw rows before this instant are dropped; later ones of that time are refused.'
comment on table column public.metrics_watermark.one: 'Keeps the table at one row.'
comment on table column public.metrics_watermark.rolled_up_to: 'Hours before this instant are added up, but for rows that come late.'
comment on table column public.outbox.attempts: 'Failed tries so far.'
comment on table column public.outbox.created_at: 'When the change was made.'
comment on table column public.outbox.id: 'Events of one topic and key are told in this order.'
comment on table column public.outbox.key: 'What it is about; the next event of a key waits until the one before is told.'
comment on table column public.outbox.last_error: 'Why the last try failed.'
comment on table column public.outbox.next_attempt_at: 'Not before then; moves on with every failure.'
comment on table column public.outbox.owner_id: 'Whose change; null when nobody''s. No reference: the removal of a user''s bytes outlives the user.'
comment on table column public.outbox.payload: 'What a receiver needs.'
comment on table column public.outbox.published_at: 'When every receiver had it.'
comment on table column public.outbox.topic: 'What kind of event, such as document.changed or blob.purge.'
comment on table column public.pages.confidence: 'How sure the reading is.'
comment on table column public.pages.created_at: 'When it was stored.'
comment on table column public.pages.height: 'Height in points.'
comment on table column public.pages.job_id: 'The job that read it.'
comment on table column public.pages.number: '1..n.'
comment on table column public.pages.owner_id: 'The user whose row this is: the boundary of tenants.'
comment on table column public.pages.rotation: 'Degrees it is turned: 0, 90, 180 or 270.'
comment on table column public.pages.search: 'What full-text search looks at.'
comment on table column public.pages.text: 'The text in reading order.'
comment on table column public.pages.text_source: 'How it was read.'
comment on table column public.pages.tool: 'With which engine.'
comment on table column public.pages.version_id: 'The version.'
comment on table column public.pages.warnings: 'What a reader of the page should know, a JSON array.'
comment on table column public.pages.width: 'Width in points.'
comment on table column public.pages.word_boxes: 'Five numbers of two bytes, high byte first, for each word of the text in its order: x, y, width, height in ten-thousandths of the page, and the confidence in ten-thousandths.'
comment on table column public.pages.word_count: 'How many words the text has.'
comment on table column public.partition_plans.ahead: 'How many partitions after the current one are kept ready.'
comment on table column public.partition_plans.step: 'Length of one partition: day or month.'
comment on table column public.partition_plans.table_name: 'The partitioned table; its partitions add _YYYYMM or _YYYYMMDD, and _default.'
comment on table column public.partition_plans.time_column: 'Column by which the table is cut.'
comment on table column public.processed_content.ai_provider_info: 'Provider, model, version, tokens, ms and request id, where a model made it.'
comment on table column public.processed_content.author_id: 'The person, for source human. No foreign key: results outlive their authors.'
comment on table column public.processed_content.confidence_score: 'How sure it is; 1 for a person.'
comment on table column public.processed_content.created_at: 'When it was made.'
comment on table column public.processed_content.entry_id: 'The journal entry it is about, or null.'
comment on table column public.processed_content.id: 'Key.'
comment on table column public.processed_content.input_hash: 'SHA-256 of what it was made from, in hex, so that equal work is not done twice.'
comment on table column public.processed_content.job_id: 'Run it came from; null when that is gone.'
comment on table column public.processed_content.owner_id: 'Tenant.'
comment on table column public.processed_content.processed_data: 'The result.'
comment on table column public.processed_content.source: 'Who made it: machine or human.'
comment on table column public.processed_content.superseded_at: 'When a newer result took its place; null for the current one.'
comment on table column public.processed_content.task_type: 'What was asked for, such as content_extraction, timetable, summary.'
comment on table column public.processed_content.version_id: 'The version it is about, or null.'
comment on table column public.processing_history.action: 'job.completed, item.done, item.retry and the like.'
comment on table column public.processing_history.attempt: 'Which attempt.'
comment on table column public.processing_history.confidence: 'Mean confidence of what was read.'
comment on table column public.processing_history.created_at: 'When.'
comment on table column public.processing_history.details: 'More, a JSON object.'
comment on table column public.processing_history.duration_ms: 'How long it took, in ms.'
comment on table column public.processing_history.error_code: 'What went wrong.'
comment on table column public.processing_history.error_message: 'The same as a sentence.'
comment on table column public.processing_history.job_id: 'The job; looked at by number_history, removed with it by remove_history.'
comment on table column public.processing_history.owner_id: 'The user whose row this is: the boundary of tenants.'
comment on table column public.processing_history.seq: '1..n within the job; by trigger.'
comment on table column public.processing_history.stage: 'Stage.'
comment on table column public.processing_history.status: 'State of the job after it.'
comment on table column public.processing_history.tier: 'How pages were read.'
comment on table column public.processing_history.tool: 'With which engine.'
comment on table column public.processing_history.zone_id: 'The zone it is about, if it is about one.'
comment on table column public.processing_jobs.archive_blob_id: 'The blob with the job and its history as JSON lines.'
comment on table column public.processing_jobs.archived_at: 'When its history moved to the archive; the row stays as its summary.'
comment on table column public.processing_jobs.attempts: 'How often it was started.'
comment on table column public.processing_jobs.completed_at: 'When it ended, however it ended.'
comment on table column public.processing_jobs.confidence: 'Mean confidence of the result.'
comment on table column public.processing_jobs.dead_items: 'Work items that were given up.'
comment on table column public.processing_jobs.entry_id: 'The journal entry it works on; null for jobs over versions and exports.'
comment on table column public.processing_jobs.error_code: 'Why it failed.'
comment on table column public.processing_jobs.error_message: 'The same as a sentence.'
comment on table column public.processing_jobs.export_id: 'The export it makes; null for jobs over versions and entries.'
comment on table column public.processing_jobs.id: 'UUID v7.'
comment on table column public.processing_jobs.kind: 'extract, analyse, export, reindex or archive.'
comment on table column public.processing_jobs.max_attempts: 'How often it may be started.'
comment on table column public.processing_jobs.metrics: 'What came out of it, a JSON object.'
comment on table column public.processing_jobs.open_items: 'Work items that are not done.'
comment on table column public.processing_jobs.options: 'What was asked for, a JSON object.'
comment on table column public.processing_jobs.owner_id: 'The user whose row this is: the boundary of tenants.'
comment on table column public.processing_jobs.pages_before: 'Pages stored before the present stretch of work: its pace counts from here.'
comment on table column public.processing_jobs.pages_done: 'Pages stored.'
comment on table column public.processing_jobs.pages_planned: 'Pages this run is to read; null for all pages of the version.'
comment on table column public.processing_jobs.priority: 'Larger comes first.'
comment on table column public.processing_jobs.progress: 'Percent, 0 to 100.'
comment on table column public.processing_jobs.queued_at: 'When it was last queued.'
comment on table column public.processing_jobs.requested_by: 'Who asked for it.'
comment on table column public.processing_jobs.resumed_at: 'When the present stretch of work began: the start, or the last retry or resume.'
comment on table column public.processing_jobs.stage: 'Where it is: classify, preprocess, ocr, llm, validate or persist.'
comment on table column public.processing_jobs.started_at: 'When it began to run.'
comment on table column public.processing_jobs.status: 'State; moves only along state_transitions.'
comment on table column public.processing_jobs.strategy: 'auto, fast, balanced or accurate.'
comment on table column public.processing_jobs.tier: 'How its pages were last read.'
comment on table column public.processing_jobs.tool: 'With which engine.'
comment on table column public.processing_jobs.updated_at: 'When the row was last changed; by trigger.'
comment on table column public.processing_jobs.version_id: 'The version it runs over.'
comment on table column public.processing_metrics.confidence: 'Mean confidence of the pages read.'
comment on table column public.processing_metrics.document_type: 'What the document was found to be, when that was known.'
comment on table column public.processing_metrics.duration_ms: 'From the claim of the work to its result, in ms.'
comment on table column public.processing_metrics.error_code: 'Why not, when not.'
comment on table column public.processing_metrics.id: 'Rises with time; with recorded_at the key.'
comment on table column public.processing_metrics.job_id: 'The job; no foreign key, since metrics outlive jobs.'
comment on table column public.processing_metrics.metadata: 'Pages, attempt and the like.'
comment on table column public.processing_metrics.recorded_at: 'When the stage ended.'
comment on table column public.processing_metrics.stage: 'classify, preprocess, ocr, llm, validate or persist.'
comment on table column public.processing_metrics.success: 'Whether the attempt ended well.'
comment on table column public.processing_metrics.tier: 'How the pages were read; null when none were.'
comment on table column public.processing_metrics.user_id: 'Whose document it was.'
comment on table column public.processing_metrics_rollup.bucket: 'Start of the hour.'
comment on table column public.processing_metrics_rollup.confidence_sum: 'Sum of the confidences.'
comment on table column public.processing_metrics_rollup.confidences: 'How many rows had a confidence.'
comment on table column public.processing_metrics_rollup.duration_max: 'Longest duration in ms.'
comment on table column public.processing_metrics_rollup.duration_min: 'Shortest duration in ms.'
comment on table column public.processing_metrics_rollup.duration_sum: 'Sum of the durations in ms.'
comment on table column public.processing_metrics_rollup.histogram: '90 counts by duration_bin, 0 first; can be added up over hours.'
comment on table column public.processing_metrics_rollup.samples: 'Number of rows.'
comment on table column public.processing_metrics_rollup.stage: 'Stage.'
comment on table column public.processing_metrics_rollup.successes: 'How many of them ended well.'
comment on table column public.processing_metrics_rollup.tier: 'Tier; none when no page was read.'
comment on table column public.processing_queue.attempts: 'How often it was tried.'
comment on table column public.processing_queue.error_code: 'Why the last attempt failed.'
comment on table column public.processing_queue.error_message: 'The same as a sentence.'
comment on table column public.processing_queue.id: 'Key; older work has the smaller one.'
comment on table column public.processing_queue.job_id: 'The job it belongs to.'
comment on table column public.processing_queue.last_attempt_at: 'When it was last claimed.'
comment on table column public.processing_queue.lease_expires_at: 'When it is taken away from a silent worker.'
comment on table column public.processing_queue.lease_owner: 'The worker that has it.'
comment on table column public.processing_queue.lease_token: 'Rises with every claim; a write with an older one is refused.'
comment on table column public.processing_queue.max_attempts: 'How often it may be tried.'
comment on table column public.processing_queue.owner_id: 'The user whose row this is: the boundary of tenants.'
comment on table column public.processing_queue.page_from: 'First page.'
comment on table column public.processing_queue.page_to: 'Last page.'
comment on table column public.processing_queue.priority: 'Larger comes first.'
comment on table column public.processing_queue.queue: 'The stage that is to run.'
comment on table column public.processing_queue.run_at: 'Not before this moment. Infinity while the job is paused: such an item is never due.'
comment on table column public.processing_queue.status: 'ready, running or dead.'
comment on table column public.rate_limits.key: 'ratelimit:{principal}:{route}, and :{seconds} for windows beside the first.'
comment on table column public.rate_limits.used: 'Points taken in this window.'
comment on table column public.rate_limits.window_ends_at: 'Set by the first point of a window and never moved by the next ones.'
comment on table column public.schedules.last_duration_ms: 'How long the last run took.'
comment on table column public.schedules.last_error: 'Why the last run failed; null when it did not.'
comment on table column public.schedules.last_finished_at: 'When the last run ended.'
comment on table column public.schedules.last_fire_at: 'For when the last run was planned.'
comment on table column public.schedules.last_started_at: 'When the last run began.'
comment on table column public.schedules.lease_expires_at: 'From then on the runner counts as dead.'
comment on table column public.schedules.lease_token: 'Rises with every run, so that a runner that was given up cannot write over its successor.'
comment on table column public.schedules.missed: 'What happens to firings that nobody was there for: forgotten, or made good by one run.'
comment on table column public.schedules.name: 'Name of the task in the code, such as sweep.cache.'
comment on table column public.schedules.next_fire_at: 'When it is due.'
comment on table column public.schedules.pattern: 'Cron pattern: second (optional), minute, hour, day, month, weekday.'
comment on table column public.schedules.runner: 'Process that runs it at the moment.'
comment on table column public.schedules.runs: 'Runs begun so far.'
comment on table column public.schedules.timezone: 'Time zone the pattern is read in.'
comment on table column public.schema_migrations.applied_at: 'When.'
comment on table column public.schema_migrations.checksum: 'SHA-256 of the file it was applied from.'
comment on table column public.schema_migrations.duration_ms: 'How long it took, in ms.'
comment on table column public.schema_migrations.name: 'Words of its file name.'
comment on table column public.schema_migrations.version: 'Number of the migration.'
comment on table column public.session_fields.expires_at: 'Moves on with every use: seven days after the last one of any session of this user.'
comment on table column public.session_fields.session_id: 'Which session of that user.'
comment on table column public.session_fields.state: 'E-mail, role, last access.'
comment on table column public.session_fields.user_id: 'Whose session; no reference, since the entry may outlive the user until it is dropped.'
comment on table column public.sessions.created_at: 'Sign-in.'
comment on table column public.sessions.expires_at: 'When it ends by itself.'
comment on table column public.sessions.id: 'UUID version 7; what a user names to end a session.'
comment on table column public.sessions.ip: 'Address of the newest request.'
comment on table column public.sessions.last_seen_at: 'Newest request, to the minute.'
comment on table column public.sessions.revoked_at: 'When it was ended; null while it lives.'
comment on table column public.sessions.state: 'Where the user was: last document, page, zoom and filters.'
comment on table column public.sessions.token_hash: 'SHA-256 of the random token in hexadecimal.'
comment on table column public.sessions.user_agent: 'Browser or program, as it named itself at sign-in.'
comment on table column public.sessions.user_id: 'Who is signed in.'
comment on table column public.share_visits.created_at: 'When the link was opened.'
comment on table column public.share_visits.expires_at: 'When the visit ends by itself.'
comment on table column public.share_visits.id: 'UUID version 7.'
comment on table column public.share_visits.owner_id: 'Owner of what is shared.'
comment on table column public.share_visits.password_version: 'Version of the password that was given; another password ends the visit.'
comment on table column public.share_visits.share_id: 'The share whose link was opened.'
comment on table column public.share_visits.token_hash: 'SHA-256 of the random token in the cookie, in hexadecimal.'
comment on table column public.state_transitions.from_status: 'Status before.'
comment on table column public.state_transitions.machine: 'Table whose rows move.'
comment on table column public.state_transitions.to_status: 'Status after.'
comment on table column public.timeblocks."position": 'Order among blocks that begin at the same time.'
comment on table column public.timeblocks.color: 'Six-digit hex colour, such as #3b82f6.'
comment on table column public.timeblocks.created_at: 'When the row was made.'
comment on table column public.timeblocks.day_of_week: '1 Monday .. 7 Sunday (ISO 8601).'
comment on table column public.timeblocks.duration: 'Minutes from start to end.'
comment on table column public.timeblocks.end_time: 'The minute it ends at, up to 24:00; whole minutes, 5 minutes to 8 hours after the start.'
comment on table column public.timeblocks.id: 'UUID version 7, made by the application.'
comment on table column public.timeblocks.metadata: 'Subject, room, teacher and whatever else; an object of at most 16 KB.'
comment on table column public.timeblocks.name: 'What happens then, 1..255 characters.'
comment on table column public.timeblocks.notes: 'Free text, up to 2000 characters.'
comment on table column public.timeblocks.owner_id: 'The owner of the timetable.'
comment on table column public.timeblocks.search: 'The words of name and notes, for full text search.'
comment on table column public.timeblocks.start_time: 'First minute, wall clock of the timetable''s zone.'
comment on table column public.timeblocks.timetable_id: 'The timetable it stands in.'
comment on table column public.timeblocks.track: 'Lessons at the same time stand in different tracks; 0 is the first.'
comment on table column public.timeblocks.updated_at: 'When the row was last changed.'
comment on table column public.timetable_documents.created_at: 'When they were linked.'
comment on table column public.timetable_documents.document_id: 'The document.'
comment on table column public.timetable_documents.owner_id: 'The owner of both.'
comment on table column public.timetable_documents.timetable_id: 'The timetable.'
comment on table column public.timetables.class_name: 'The class it is for.'
comment on table column public.timetables.created_at: 'When the row was made.'
comment on table column public.timetables.deleted_at: 'When it was put into the trash; null for live timetables.'
comment on table column public.timetables.id: 'UUID version 7, made by the application.'
comment on table column public.timetables.metadata: 'Anything else: total weeks, break weeks, name of the school. At most 64 KB.'
comment on table column public.timetables.name: 'What it is called, 1..255 characters.'
comment on table column public.timetables.owner_id: 'Whose timetable it is.'
comment on table column public.timetables.processed_content_id: 'The structured result it was made of; null when a person made it.'
comment on table column public.timetables.row_version: 'Counts edits of the timetable and of its blocks, for ETag and If-Match.'
comment on table column public.timetables.search: 'The words of name and class, for full text search.'
comment on table column public.timetables.source: 'manual, document (read from one) or import.'
comment on table column public.timetables.status: 'draft, active or archived; moves along state_transitions.'
comment on table column public.timetables.term: 'The part of the school year it is for.'
comment on table column public.timetables.timezone: 'IANA name of the zone that the times of the blocks are in.'
comment on table column public.timetables.updated_at: 'When the row was last changed.'
comment on table column public.timetables.week_start_date: 'First day it is used from; null when it has no begin.'
comment on table column public.timetables.year: 'The year it is for, 1900..2200.'
comment on table column public.upload_pieces.blob_id: 'Where its bytes are. Removing the blob removes the piece.'
comment on table column public.upload_pieces.number: '1, 2, … in the order of the file.'
comment on table column public.upload_pieces.owner_id: 'Tenant.'
comment on table column public.upload_pieces.size_bytes: 'Size of the piece; of a direct upload what the client announced.'
comment on table column public.upload_pieces.upload_id: 'The upload.'
comment on table column public.uploads.created_at: 'When it began.'
comment on table column public.uploads.ended_at: 'When it ended.'
comment on table column public.uploads.expires_at: 'When it is forgotten, with all bytes that are left of it.'
comment on table column public.uploads.file_name: 'Name of the file, cleaned as it will be kept.'
comment on table column public.uploads.id: 'UUID version 7, made by the application; it stands in the address that the client writes to.'
comment on table column public.uploads.offset_bytes: 'Bytes that are durable; those of the pieces together.'
comment on table column public.uploads.outcome: 'How it ended: the document and job it became, the document it repeats, or why it was refused; null while it is open.'
comment on table column public.uploads.owner_id: 'Who uploads; the document will be theirs.'
comment on table column public.uploads.piece_count: 'Number of the last piece.'
comment on table column public.uploads.protocol: 'tus (resumable, through the server) or direct (the client writes into the bucket).'
comment on table column public.uploads.sent_metadata: 'The header Upload-Metadata as the client sent it, which tus wants to be told back.'
comment on table column public.uploads.sha256: 'Hash of the whole file in hex, where the client announced it; a file that has another is refused.'
comment on table column public.uploads.size_bytes: 'Size of the whole file as the client announced it.'
comment on table column public.uploads.turn: 'The request whose turn it is to write. Each request takes the turn; one that lost it can add nothing any more, on whatever machine it runs.'
comment on table column public.uploads.wish: 'What is to become of the file: folder, path below it, document for a new version, languages, duplicates, note. Checked when it begins and again at its end.'
comment on table column public.usage_events.amount: 'How much; negative for bytes that were removed.'
comment on table column public.usage_events.metric: 'pages_processed, queries_made or storage_bytes.'
comment on table column public.usage_events.occurred_at: 'When; decides the day, in UTC.'
comment on table column public.usage_events.owner_id: 'Tenant: who used it.'
comment on table column public.usage_events.source_id: 'What was counted: a page of a run, a request, a blob.'
comment on table column public.usage_stats.created_at: 'When the first event of the day came.'
comment on table column public.usage_stats.date: 'The day in UTC.'
comment on table column public.usage_stats.owner_id: 'Tenant: the same as user_id, named as in all tables.'
comment on table column public.usage_stats.pages_processed: 'Pages read that day.'
comment on table column public.usage_stats.queries_made: 'Searches asked that day.'
comment on table column public.usage_stats.storage_bytes: 'Bytes stored at the end of that day; days without a row are as the one before.'
comment on table column public.usage_stats.updated_at: 'When the last event of the day came.'
comment on table column public.usage_stats.user_id: 'Who.'
comment on table column public.user_identities.created_at: 'When the identity was linked.'
comment on table column public.user_identities.id: 'UUID version 7.'
comment on table column public.user_identities.profile: 'What the provider says of the user, as it came.'
comment on table column public.user_identities.provider: 'clerk, google, github, microsoft, email or oidc (any other OpenID Connect provider).'
comment on table column public.user_identities.subject: 'The name of the user at the provider, which never changes there.'
comment on table column public.user_identities.updated_at: 'When the row was last changed; kept by trigger.'
comment on table column public.user_identities.user_id: 'Whose identity this is.'
comment on table column public.user_passwords.changed_at: 'When the password was set; sessions older than this end.'
comment on table column public.user_passwords.password_hash: 'Argon2id in its own text form, with salt and costs.'
comment on table column public.user_passwords.user_id: 'Whose password this is.'
comment on table column public.users.avatar_blob_id: 'Picture, a blob of the user.'
comment on table column public.users.created_at: 'When the row was made.'
comment on table column public.users.deleted_at: 'When the account was deleted; null for a live one.'
comment on table column public.users.email: 'Address for signing in; unique whatever its case.'
comment on table column public.users.email_verified_at: 'When the address was proven.'
comment on table column public.users.first_name: 'First name.'
comment on table column public.users.id: 'UUID v7.'
comment on table column public.users.last_login_at: 'When the user last signed in.'
comment on table column public.users.last_name: 'Last name.'
comment on table column public.users.limits: 'Limits that differ from the defaults, a JSON object.'
comment on table column public.users.name: 'Both names; null when there is none.'
comment on table column public.users.purged_at: 'When all that a deleted user had was removed; null before.'
comment on table column public.users.role: 'teacher (a plain member), reviewer or admin.'
comment on table column public.users.settings: 'What the user has set, a JSON object.'
comment on table column public.users.status: 'active, suspended or deleted.'
comment on table column public.users.updated_at: 'When the row was last changed; by trigger.'
comment on table column public.webhook_deliveries.attempts: 'Attempts so far.'
comment on table column public.webhook_deliveries.created_at: 'When the event happened.'
comment on table column public.webhook_deliveries.delivered_at: 'When the receiver took it.'
comment on table column public.webhook_deliveries.duration_ms: 'How long the last attempt took, in milliseconds.'
comment on table column public.webhook_deliveries.endpoint_id: 'Where it goes.'
comment on table column public.webhook_deliveries.error_message: 'Why the last attempt failed.'
comment on table column public.webhook_deliveries.event: 'Name of the event.'
comment on table column public.webhook_deliveries.event_id: 'The event; one delivery per endpoint and event.'
comment on table column public.webhook_deliveries.id: 'Key; sent along, so that the receiver can tell repetitions.'
comment on table column public.webhook_deliveries.last_attempt_at: 'When the last attempt began.'
comment on table column public.webhook_deliveries.next_attempt_at: 'When to try next, or when to take it from a sender that died; null unless pending.'
comment on table column public.webhook_deliveries.owner_id: 'Tenant.'
comment on table column public.webhook_deliveries.payload: 'Body that is sent.'
comment on table column public.webhook_deliveries.response_excerpt: 'Beginning of the body of the last answer.'
comment on table column public.webhook_deliveries.response_status: 'HTTP status of the last answer.'
comment on table column public.webhook_deliveries.status: 'pending, held while the endpoint is paused, delivered, or dead after the last attempt.'
comment on table column public.webhook_endpoints.created_at: 'When it was made.'
comment on table column public.webhook_endpoints.description: 'What it is for.'
comment on table column public.webhook_endpoints.events: 'Names of the events it wants.'
comment on table column public.webhook_endpoints.id: 'Key.'
comment on table column public.webhook_endpoints.is_active: 'False while it is switched off.'
comment on table column public.webhook_endpoints.owner_id: 'Tenant.'
comment on table column public.webhook_endpoints.pause_reason: 'Why it was paused.'
comment on table column public.webhook_endpoints.paused_at: 'Since when nothing is sent because nothing was taken; null while it is sent to.'
comment on table column public.webhook_endpoints.previous_secret: 'The secret before the last rotation, encrypted; signs as well until it ends.'
comment on table column public.webhook_endpoints.previous_until: 'When the previous secret ends.'
comment on table column public.webhook_endpoints.secret: 'Signs what is sent, encrypted with the key of the installation; shown once and never logged.'
comment on table column public.webhook_endpoints.updated_at: 'When it was last changed.'
comment on table column public.webhook_endpoints.url: 'Where events are sent.'
comment on table column public.workers.heartbeat_at: 'When it last said that it lives.'
comment on table column public.workers.holds_lock: 'True once that lock was taken: from then on a free lock means a dead worker.'
comment on table column public.workers.host: 'Name of its machine.'
comment on table column public.workers.id: 'UUID of this life of the process.'
comment on table column public.workers.lock_key: 'Key of the advisory lock that a session of this worker holds while it lives.'
comment on table column public.workers.pid: 'Its process id there.'
comment on table column public.workers.started_at: 'When it began.'
comment on table column public.workers.version: 'Version of Docmill.'
comment on table column public.zone_revisions."position": 'zones.position before the change.'
comment on table column public.zone_revisions.author_id: 'Who made the change; null for a machine. No foreign key: history outlives its authors.'
comment on table column public.zone_revisions.confidence: 'Confidence before the change.'
comment on table column public.zone_revisions.content: 'Text before the change.'
comment on table column public.zone_revisions.created_at: 'When the change was made.'
comment on table column public.zone_revisions.data: 'Structure before the change.'
comment on table column public.zone_revisions.height: 'Height before the change, fraction of the page.'
comment on table column public.zone_revisions.id: 'Key; ascending in the order of writing.'
comment on table column public.zone_revisions.job_id: 'Run that made the change, for a machine.'
comment on table column public.zone_revisions.kind: 'What the change was: extraction (a machine), correction of the text, geometry (box or place), retype, revert, removal.'
comment on table column public.zone_revisions.number: '1..n per zone, in the order of the changes.'
comment on table column public.zone_revisions.owner_id: 'Tenant.'
comment on table column public.zone_revisions.page_number: 'Page the zone stands on.'
comment on table column public.zone_revisions.polygon: 'Outline before the change.'
comment on table column public.zone_revisions.reason_code: 'Why, as a short word such as ocr_error.'
comment on table column public.zone_revisions.status: 'zones.status before the change.'
comment on table column public.zone_revisions.tool: 'Engine the content before the change came from.'
comment on table column public.zone_revisions.version_id: 'Version of the document the zone belongs to.'
comment on table column public.zone_revisions.width: 'Width before the change, fraction of the page.'
comment on table column public.zone_revisions.word_boxes: 'Boxes of the words of the zone before the change, as in pages.word_boxes; null when the change left the text alone.'
comment on table column public.zone_revisions.x: 'Left edge before the change, fraction of the page.'
comment on table column public.zone_revisions.y: 'Top edge before the change, fraction of the page.'
comment on table column public.zone_revisions.zone_created_at: 'When the zone was first read or drawn.'
comment on table column public.zone_revisions.zone_id: 'The zone; it may have been removed since.'
comment on table column public.zone_revisions.zone_kind: 'zones.kind before the change.'
comment on table column public.zones."position": '1..n in reading order.'
comment on table column public.zones.confidence: 'How sure the content is.'
comment on table column public.zones.content: 'The text.'
comment on table column public.zones.created_at: 'When it was stored.'
comment on table column public.zones.data: 'Cells of a table and the like, JSON.'
comment on table column public.zones.height: 'Height as a fraction.'
comment on table column public.zones.id: 'UUID v7.'
comment on table column public.zones.kind: 'text, heading, table, figure and so on.'
comment on table column public.zones.metadata: 'More, a JSON object.'
comment on table column public.zones.owner_id: 'The user whose row this is: the boundary of tenants.'
comment on table column public.zones.page_number: 'The page.'
comment on table column public.zones.polygon: 'Outline, when it is no box.'
comment on table column public.zones.row_version: 'Rises with every edit, for ETag and If-Match.'
comment on table column public.zones.status: 'State; moves only along state_transitions.'
comment on table column public.zones.tool: 'The engine that made it.'
comment on table column public.zones.updated_at: 'When the row was last changed; by trigger.'
comment on table column public.zones.version_id: 'The version.'
comment on table column public.zones.width: 'Width as a fraction.'
comment on table column public.zones.word_from: 'First of its words on the page, from 0.'
comment on table column public.zones.word_to: 'Last of its words.'
comment on table column public.zones.x: 'Left edge as a fraction of the page width.'
comment on table column public.zones.y: 'Top edge as a fraction of the page height.'
comment on table public.account_tokens: 'Links that prove something once: who may become the first admin, that an address is read, that a password may be set.'
comment on table public.api_keys: 'Keys by which programs act for a user.'
comment on table public.api_metrics: 'One row for each answered request, kept 30 days.'
comment on table public.audit_chains: 'The last row of each chain of audit_logs. Chains of a dropped month stay, marked as retired.'
comment on table public.audit_logs: 'What people and programs changed. Rows are added by append_audit only and never changed; months are dropped whole.'
comment on table public.blobs: 'Bytes in the blob store, and in which state they are.'
comment on table public.cache_entries: 'Results that are dear to make and can be made again, such as ocr:result:… and llm:result:….'
comment on table public.clerk_events: 'Messages from Clerk that were taken; one that comes again has no second effect. Kept for 30 days, far longer than a signature is valid.'
comment on table public.clerk_users: 'What is known of a user at Clerk; who it is here stands in user_identities. The line of a deleted one stays, so that a late event does not bring it back.'
comment on table public.document_shares: 'Permission on a document, or on a folder and all that is in it, for a user or by link.'
comment on table public.document_versions: 'Uploads of a document, 1..n.'
comment on table public.documents: 'What a user sees in a folder.'
comment on table public.export_files: 'One file of an export: stored, failed, or not made yet.'
comment on table public.export_records: 'One export of a version; its files stand in export_files, its status in the view export_history.'
comment on table public.folders: 'Folders of the library, each inside another one or at Home.'
comment on table public.hitl_tasks: 'A request that a person decides a part of the result of a job (human in the loop).'
comment on table public.idempotency_keys: 'Writes that carried an Idempotency-Key, with the answer they got, so that a repetition gets the same.'
comment on table public.import_refs: 'What has been taken over from another system, so that a second import skips it.'
comment on table public.invitations: 'Who may make an account although sign-up is closed. Admins see them; no row belongs to a user.'
comment on table public.job_progress_fields: 'How far each job is, as last told; processing_jobs is the truth.'
comment on table public.journal_entries: 'What a person wrote or recorded: any JSON, with the time it is about.'
comment on table public.legal_holds: 'What must not be removed by retention until the hold is released.'
comment on table public.live_subscriptions: 'Jobs that somebody watches over a live connection, so that a new connection can take them up.'
comment on table public.metrics_due: 'Hours that have rows which are not in processing_metrics_rollup yet.'
comment on table public.metrics_level: 'Exactly one row: how metrics are stored in this database.'
comment on table public.metrics_watermark: 'Exactly one row: how far the rollup has come.'
comment on table public.outbox: 'What the world must hear of a change, written in the transaction of the change and told afterwards, at least once.'
comment on table public.pages: 'Pages of a version with what was read on them.'
comment on table public.partition_plans: 'Tables that are cut by the calendar in UTC; ensure_partitions makes what is missing.'
comment on table public.processed_content: 'Structured results about a version or an entry, one current per subject and task type; those before it are kept.'
comment on table public.processing_history: 'What happened to a job, line by line; append-only.'
comment on table public.processing_jobs: 'Requested runs of the pipeline, each over one subject.'
comment on table public.processing_metrics: 'One row for each stage that a worker ran over a range of pages, kept 30 days.'
comment on table public.processing_metrics_rollup: 'Hours of processing_metrics, added up by the program; empty at level timescale. Read processing_metrics_hourly.'
comment on table public.processing_queue: 'Work that waits or runs. A finished item is deleted in the transaction that stores its effect, so the table stays small.'
comment on table public.rate_limits: 'How much of a limit is used up in the window that is open.'
comment on table public.schedules: 'What runs by the clock. A due row is claimed by one update, so that it fires once however many processes look.'
comment on table public.schema_migrations: 'Migrations that have been applied.'
comment on table public.session_fields: 'What a request needs to know of its session, so that the sessions table is not read each time.'
comment on table public.sessions: 'Signed-in browsers and apps.'
comment on table public.share_visits: 'Browsers that have opened a share link, with its password when it asks for one. A visit holds while the share does.'
comment on table public.state_transitions: 'The only moves a status may make; kernel/state-machines.ts holds the same list.'
comment on table public.timeblocks: 'One lesson-like slot of a weekday in a timetable.'
comment on table public.timetable_documents: 'Which documents a timetable came from; both belong to the same owner.'
comment on table public.timetables: 'The week of a class: a name, a year and its blocks.'
comment on table public.upload_pieces: 'The bytes of an upload that are there, in order.'
comment on table public.uploads: 'A file on its way in over several requests, until it is a document or its time is over.'
comment on table public.usage_events: 'What was used. The key names what it was for, so that a retry cannot count twice.'
comment on table public.usage_stats: 'Usage per person and UTC day, summed up from usage_events by trigger and by nothing else.'
comment on table public.user_identities: 'One way a user proves who they are: a provider and the name it knows them by.'
comment on table public.user_passwords: 'Password of a user, apart from users so that no ordinary read returns it.'
comment on table public.users: 'People with an account. The first admin takes over the row that was there before there were accounts.'
comment on table public.webhook_deliveries: 'What was sent to an endpoint and how it went; a replay is a new attempt of the same row.'
comment on table public.webhook_endpoints: 'Addresses that are told of events.'
comment on table public.workers: 'Every worker process that lives, as far as is known. Its items are taken away when it is gone.'
comment on table public.zone_revisions: 'What a zone was before each change. Written by trigger on update and by the removal of a zone; never changed. Zones that were removed keep theirs as long as their page lives, so zone_id has no foreign key.'
comment on table public.zones: 'Regions of a page with their content.'
comment on type public.confidence: 'How sure a result is, 0..1. Gates are applied before rounding to four decimals.'
comment on view column public.documents_overview.corrected_count: 'Zones that a person corrected.'
comment on view column public.documents_overview.created_at: 'When the row was made.'
comment on view column public.documents_overview.deleted_at: 'When it went to the trash.'
comment on view column public.documents_overview.document_type: 'What it was found to be.'
comment on view column public.documents_overview.folder_id: 'Its folder; null at Home.'
comment on view column public.documents_overview.id: 'The document.'
comment on view column public.documents_overview.job_confidence: 'Mean confidence of its result.'
comment on view column public.documents_overview.job_error_code: 'Why it failed.'
comment on view column public.documents_overview.job_error_message: 'The same as a sentence.'
comment on view column public.documents_overview.job_id: 'The newest job of that version.'
comment on view column public.documents_overview.job_progress: 'Percent.'
comment on view column public.documents_overview.job_stage: 'The stage it is at.'
comment on view column public.documents_overview.job_status: 'Its status.'
comment on view column public.documents_overview.language: 'ISO 639-1, or und.'
comment on view column public.documents_overview.low_confidence_count: 'Zones below 0.8.'
comment on view column public.documents_overview.media_type: 'Media type of its bytes.'
comment on view column public.documents_overview.original_name: 'Name of its file.'
comment on view column public.documents_overview.owner_id: 'Its owner.'
comment on view column public.documents_overview.page_count: 'Its pages.'
comment on view column public.documents_overview.processed_at: 'When it was last read to the end.'
comment on view column public.documents_overview.size_bytes: 'Size of its bytes.'
comment on view column public.documents_overview.status: 'Derived status.'
comment on view column public.documents_overview.title: 'Title.'
comment on view column public.documents_overview.updated_at: 'When the row was last changed.'
comment on view column public.documents_overview.version_id: 'The version that is shown.'
comment on view column public.documents_overview.version_number: 'Its number.'
comment on view column public.documents_overview.zone_count: 'Zones of that version.'
comment on view column public.error_log.action: 'What was going on.'
comment on view column public.error_log.attempt: 'Which attempt.'
comment on view column public.error_log.created_at: 'When.'
comment on view column public.error_log.details: 'More, a JSON object.'
comment on view column public.error_log.error_code: 'What went wrong.'
comment on view column public.error_log.error_message: 'The same as a sentence.'
comment on view column public.error_log.job_id: 'The job.'
comment on view column public.error_log.owner_id: 'Owner of the job.'
comment on view column public.error_log.seq: 'Line of its history.'
comment on view column public.error_log.stage: 'Stage.'
comment on view column public.export_history.completed_at: 'When it was finished.'
comment on view column public.export_history.created_at: 'When.'
comment on view column public.export_history.created_by: 'Who asked for it.'
comment on view column public.export_history.document_id: 'The document.'
comment on view column public.export_history.download_count: 'How often they were downloaded.'
comment on view column public.export_history.expires_at: 'When its files go.'
comment on view column public.export_history.export_type: 'How much of it was exported.'
comment on view column public.export_history.file_size_bytes: 'Size of its files together.'
comment on view column public.export_history.formats: 'Formats of its files.'
comment on view column public.export_history.id: 'The export.'
comment on view column public.export_history.overridden_by: 'By whom.'
comment on view column public.export_history.override_reason: 'Why the gate was overridden.'
comment on view column public.export_history.owner_id: 'Its owner.'
comment on view column public.export_history.selection: 'Which zones, when not all.'
comment on view column public.export_history.status: 'Derived status.'
comment on view column public.export_history.validation_results: 'What the checks found.'
comment on view column public.export_history.version_id: 'The version.'
comment on view column public.folder_paths.id: 'The folder.'
comment on view column public.folder_paths.owner_id: 'Its owner.'
comment on view column public.folder_paths.path: 'Names from Home down to the folder.'
comment on view column public.job_progress.completed_at: 'When it ended.'
comment on view column public.job_progress.job_id: 'The job.'
comment on view column public.job_progress.open_items: 'Work items that are not done.'
comment on view column public.job_progress.owner_id: 'Its owner.'
comment on view column public.job_progress.pages_done: 'Pages stored.'
comment on view column public.job_progress.pages_total: 'Pages of the version; null until it is classified.'
comment on view column public.job_progress.progress: 'Percent.'
comment on view column public.job_progress.stage: 'Stage it is at.'
comment on view column public.job_progress.started_at: 'When it began to run.'
comment on view column public.job_progress.status: 'State.'
comment on view column public.own_documents.created_at: 'When the row was made.'
comment on view column public.own_documents.current_version_id: 'The version that is shown; of the same document.'
comment on view column public.own_documents.deleted_at: 'When it went to the trash; null while it is live.'
comment on view column public.own_documents.document_type: 'What it was found to be, or unknown.'
comment on view column public.own_documents.folder_id: 'The folder; null at Home. Of the same owner.'
comment on view column public.own_documents.id: 'UUID v7.'
comment on view column public.own_documents.language: 'ISO 639-1, or und; found by the pipeline.'
comment on view column public.own_documents.metadata: 'What the user noted, a JSON object.'
comment on view column public.own_documents.owner_id: 'The user whose row this is: the boundary of tenants.'
comment on view column public.own_documents.processed_at: 'When that job last completed; by trigger.'
comment on view column public.own_documents.row_version: 'Rises with every edit, for ETag and If-Match.'
comment on view column public.own_documents.status: 'Derived from the newest job of the current version by trigger.'
comment on view column public.own_documents.title: 'Title, 1 to 255 characters.'
comment on view column public.own_documents.updated_at: 'When the row was last changed; by trigger.'
comment on view column public.own_pages.confidence: 'How sure the reading is.'
comment on view column public.own_pages.created_at: 'When it was stored.'
comment on view column public.own_pages.height: 'Height in points.'
comment on view column public.own_pages.job_id: 'The job that read it.'
comment on view column public.own_pages.number: '1..n.'
comment on view column public.own_pages.owner_id: 'The user whose row this is: the boundary of tenants.'
comment on view column public.own_pages.rotation: 'Degrees it is turned: 0, 90, 180 or 270.'
comment on view column public.own_pages.search: 'What full-text search looks at.'
comment on view column public.own_pages.text: 'The text in reading order.'
comment on view column public.own_pages.text_source: 'How it was read.'
comment on view column public.own_pages.tool: 'With which engine.'
comment on view column public.own_pages.version_id: 'The version.'
comment on view column public.own_pages.warnings: 'What a reader of the page should know, a JSON array.'
comment on view column public.own_pages.width: 'Width in points.'
comment on view column public.own_pages.word_boxes: 'Five numbers of two bytes, high byte first, for each word of the text in its order: x, y, width, height in ten-thousandths of the page, and the confidence in ten-thousandths.'
comment on view column public.own_pages.word_count: 'How many words the text has.'
comment on view column public.page_words.confidence: 'How sure the word is, 0..1.'
comment on view column public.page_words.height: 'Height as a fraction.'
comment on view column public.page_words.owner_id: 'Owner of the page.'
comment on view column public.page_words.page_number: 'The page.'
comment on view column public.page_words.text: 'The word.'
comment on view column public.page_words.version_id: 'The version.'
comment on view column public.page_words.width: 'Width as a fraction.'
comment on view column public.page_words.word_index: 'Place on the page, from 0.'
comment on view column public.page_words.x: 'Left edge as a fraction of the page width.'
comment on view column public.page_words.y: 'Top edge as a fraction of the page height.'
comment on view column public.processing_metrics_by_stage.confidence_avg: 'Mean confidence, 0..1.'
comment on view column public.processing_metrics_by_stage.duration_avg: 'Mean duration in ms.'
comment on view column public.processing_metrics_by_stage.duration_p95: '95th percentile of the durations in ms, within 19 %.'
comment on view column public.processing_metrics_by_stage.samples: 'Attempts that ended.'
comment on view column public.processing_metrics_by_stage.stage: 'Stage.'
comment on view column public.processing_metrics_by_stage.success_rate: 'Share of them that ended well, 0..1.'
comment on view column public.processing_metrics_by_stage.tier: 'Tier; none when no page was read.'
comment on view column public.processing_metrics_hourly.bucket: 'Start of the hour.'
comment on view column public.processing_metrics_hourly.confidence_sum: 'Sum of the confidences.'
comment on view column public.processing_metrics_hourly.confidences: 'How many rows had a confidence.'
comment on view column public.processing_metrics_hourly.duration_max: 'Longest duration in ms.'
comment on view column public.processing_metrics_hourly.duration_min: 'Shortest duration in ms.'
comment on view column public.processing_metrics_hourly.duration_sum: 'Sum of the durations in ms.'
comment on view column public.processing_metrics_hourly.histogram: '90 counts by duration_bin, 0 first.'
comment on view column public.processing_metrics_hourly.samples: 'Number of rows.'
comment on view column public.processing_metrics_hourly.stage: 'Stage.'
comment on view column public.processing_metrics_hourly.successes: 'How many of them ended well.'
comment on view column public.processing_metrics_hourly.tier: 'Tier; none when no page was read.'
comment on view column public.retry_history.attempt: 'Which attempt.'
comment on view column public.retry_history.created_at: 'When.'
comment on view column public.retry_history.error_code: 'Why it was tried again.'
comment on view column public.retry_history.error_message: 'The same as a sentence.'
comment on view column public.retry_history.job_id: 'The job.'
comment on view column public.retry_history.owner_id: 'Owner of the job.'
comment on view column public.retry_history.page_from: 'First page of the work.'
comment on view column public.retry_history.page_to: 'Last page.'
comment on view column public.retry_history.seq: 'Line of its history.'
comment on view column public.retry_history.stage: 'Stage.'
comment on view column public.stage_performance.average_ms: 'Mean duration in ms.'
comment on view column public.stage_performance.dead: 'Work that was given up.'
comment on view column public.stage_performance.finished: 'Work that ended well.'
comment on view column public.stage_performance.owner_id: 'Whose documents.'
comment on view column public.stage_performance.p95_ms: '95th percentile of the durations in ms.'
comment on view column public.stage_performance.retried: 'Attempts that were tried again.'
comment on view column public.stage_performance.stage: 'Stage.'
comment on view column public.stage_performance.success: 'Share that ended well, 0..1.'
comment on view column public.user_corrections.confidence_after: 'Confidence after.'
comment on view column public.user_corrections.confidence_before: 'Confidence before.'
comment on view column public.user_corrections.corrected_by: 'Who corrected it.'
comment on view column public.user_corrections.corrected_content: 'The text after.'
comment on view column public.user_corrections.correction_type: 'Why it was corrected.'
comment on view column public.user_corrections.created_at: 'When.'
comment on view column public.user_corrections.id: 'The revision.'
comment on view column public.user_corrections.original_content: 'The text before.'
comment on view column public.user_corrections.owner_id: 'Owner of the document.'
comment on view column public.user_corrections.page_number: 'The page.'
comment on view column public.user_corrections.version_id: 'The version.'
comment on view column public.user_corrections.zone_id: 'The zone.'
comment on view column public.v_active_timetables.block_count: 'Its blocks.'
comment on view column public.v_active_timetables.class_name: 'Class.'
comment on view column public.v_active_timetables.created_at: 'When the row was made.'
comment on view column public.v_active_timetables.document_count: 'Documents it came from.'
comment on view column public.v_active_timetables.id: 'The timetable.'
comment on view column public.v_active_timetables.name: 'Name.'
comment on view column public.v_active_timetables.owner_email: 'Address of the owner.'
comment on view column public.v_active_timetables.owner_id: 'Its owner.'
comment on view column public.v_active_timetables.owner_name: 'Name of the owner.'
comment on view column public.v_active_timetables.term: 'Term.'
comment on view column public.v_active_timetables.updated_at: 'When the row was last changed.'
comment on view column public.v_active_timetables.week_start_date: 'First day of its first week.'
comment on view column public.v_active_timetables.year: 'Year.'
comment on view column public.v_processing_queue_stats.average_confidence: 'Mean confidence of those jobs.'
comment on view column public.v_processing_queue_stats.items: 'Work items.'
comment on view column public.v_processing_queue_stats.jobs: 'Their jobs.'
comment on view column public.v_processing_queue_stats.newest: 'When the newest was.'
comment on view column public.v_processing_queue_stats.oldest: 'When the oldest of them was queued.'
comment on view column public.v_processing_queue_stats.owner_id: 'Whose work.'
comment on view column public.v_processing_queue_stats.pages: 'Their pages.'
comment on view column public.v_processing_queue_stats.stage: 'Stage that is to run.'
comment on view column public.v_processing_queue_stats.status: 'ready, delayed, paused, running or dead.'
comment on view column public.v_processing_queue_stats.tier: 'How the pages of the job were last read.'
comment on view column public.zone_confidence_history.confidence: 'Confidence from then on.'
comment on view column public.zone_confidence_history.owner_id: 'Owner of the document.'
comment on view column public.zone_confidence_history.recorded_at: 'From when it was so.'
comment on view column public.zone_confidence_history.tool: 'The engine, or who corrected it.'
comment on view column public.zone_confidence_history.zone_id: 'The zone.'
comment on view public.documents_overview: 'Each document with its current version, its newest run and how many zones were read.'
comment on view public.error_log: 'Every line of the log that tells of an error.'
comment on view public.export_history: 'Every export with its derived status, its formats, size and downloads.'
comment on view public.folder_paths: 'The chain of names from Home to each folder.'
comment on view public.job_progress: 'How far each job is: pages stored by it against the pages of its version.'
comment on view public.own_documents: 'Documents of the actor, for search in titles and metadata.'
comment on view public.own_pages: 'Pages of the actor, for search: policies would keep the index on words from being used.'
comment on view public.page_words: 'Every word of every page with its box as fractions of the page and its confidence.'
comment on view public.processing_metrics_by_stage: 'How each stage does by tier, over all hours that are kept.'
comment on view public.processing_metrics_hourly: 'Stages by the hour, the same columns at every level.'
comment on view public.retry_history: 'Every try that failed, and every time somebody had it tried again.'
comment on view public.stage_performance: 'Work finished in the last 24 hours by owner and stage: how long it took and how often it succeeded.'
comment on view public.user_corrections: 'Every correction of a text by a person: what it was, what it became, and how sure both were.'
comment on view public.v_active_timetables: 'Timetables in use, with their owner and how many blocks and documents they have.'
comment on view public.v_processing_queue_stats: 'Open work by owner, stage, state and tier: how much, how sure so far, since when.'
comment on view public.zone_confidence_history: 'How sure each zone has been over time, from its revisions and its present state.'

-- Grants

grant delete, insert, select on table metrics_due to docmill_app
grant delete, insert, select on table metrics_due to docmill_worker
grant delete, insert, select, update on table account_tokens to docmill_app
grant delete, insert, select, update on table account_tokens to docmill_worker
grant delete, insert, select, update on table api_keys to docmill_app
grant delete, insert, select, update on table api_keys to docmill_worker
grant delete, insert, select, update on table blobs to docmill_app
grant delete, insert, select, update on table blobs to docmill_worker
grant delete, insert, select, update on table cache_entries to docmill_app
grant delete, insert, select, update on table cache_entries to docmill_worker
grant delete, insert, select, update on table clerk_events to docmill_worker
grant delete, insert, select, update on table clerk_users to docmill_worker
grant delete, insert, select, update on table document_shares to docmill_app
grant delete, insert, select, update on table document_shares to docmill_worker
grant delete, insert, select, update on table document_versions to docmill_app
grant delete, insert, select, update on table document_versions to docmill_worker
grant delete, insert, select, update on table documents to docmill_app
grant delete, insert, select, update on table documents to docmill_worker
grant delete, insert, select, update on table export_files to docmill_app
grant delete, insert, select, update on table export_files to docmill_worker
grant delete, insert, select, update on table export_records to docmill_app
grant delete, insert, select, update on table export_records to docmill_worker
grant delete, insert, select, update on table folders to docmill_app
grant delete, insert, select, update on table folders to docmill_worker
grant delete, insert, select, update on table hitl_tasks to docmill_app
grant delete, insert, select, update on table hitl_tasks to docmill_worker
grant delete, insert, select, update on table idempotency_keys to docmill_app
grant delete, insert, select, update on table idempotency_keys to docmill_worker
grant delete, insert, select, update on table import_refs to docmill_app
grant delete, insert, select, update on table import_refs to docmill_worker
grant delete, insert, select, update on table invitations to docmill_worker
grant delete, insert, select, update on table job_progress_fields to docmill_app
grant delete, insert, select, update on table job_progress_fields to docmill_worker
grant delete, insert, select, update on table journal_entries to docmill_app
grant delete, insert, select, update on table journal_entries to docmill_worker
grant delete, insert, select, update on table live_subscriptions to docmill_app
grant delete, insert, select, update on table live_subscriptions to docmill_worker
grant delete, insert, select, update on table outbox to docmill_app
grant delete, insert, select, update on table outbox to docmill_worker
grant delete, insert, select, update on table pages to docmill_app
grant delete, insert, select, update on table pages to docmill_worker
grant delete, insert, select, update on table processed_content to docmill_app
grant delete, insert, select, update on table processed_content to docmill_worker
grant delete, insert, select, update on table processing_jobs to docmill_app
grant delete, insert, select, update on table processing_jobs to docmill_worker
grant delete, insert, select, update on table processing_queue to docmill_app
grant delete, insert, select, update on table processing_queue to docmill_worker
grant delete, insert, select, update on table rate_limits to docmill_app
grant delete, insert, select, update on table rate_limits to docmill_worker
grant delete, insert, select, update on table schedules to docmill_app
grant delete, insert, select, update on table schedules to docmill_worker
grant delete, insert, select, update on table session_fields to docmill_app
grant delete, insert, select, update on table session_fields to docmill_worker
grant delete, insert, select, update on table sessions to docmill_app
grant delete, insert, select, update on table sessions to docmill_worker
grant delete, insert, select, update on table share_visits to docmill_app
grant delete, insert, select, update on table share_visits to docmill_worker
grant delete, insert, select, update on table timeblocks to docmill_app
grant delete, insert, select, update on table timeblocks to docmill_worker
grant delete, insert, select, update on table timetable_documents to docmill_app
grant delete, insert, select, update on table timetable_documents to docmill_worker
grant delete, insert, select, update on table timetables to docmill_app
grant delete, insert, select, update on table timetables to docmill_worker
grant delete, insert, select, update on table upload_pieces to docmill_app
grant delete, insert, select, update on table upload_pieces to docmill_worker
grant delete, insert, select, update on table uploads to docmill_app
grant delete, insert, select, update on table uploads to docmill_worker
grant delete, insert, select, update on table user_identities to docmill_app
grant delete, insert, select, update on table user_identities to docmill_worker
grant delete, insert, select, update on table user_passwords to docmill_app
grant delete, insert, select, update on table user_passwords to docmill_worker
grant delete, insert, select, update on table users to docmill_app
grant delete, insert, select, update on table users to docmill_worker
grant delete, insert, select, update on table webhook_deliveries to docmill_app
grant delete, insert, select, update on table webhook_deliveries to docmill_worker
grant delete, insert, select, update on table webhook_endpoints to docmill_app
grant delete, insert, select, update on table webhook_endpoints to docmill_worker
grant delete, insert, select, update on table workers to docmill_app
grant delete, insert, select, update on table workers to docmill_worker
grant delete, insert, select, update on table zones to docmill_app
grant delete, insert, select, update on table zones to docmill_worker
grant execute on function append_audit(text,text,uuid,jsonb) to docmill_app
grant execute on function append_audit(text,text,uuid,jsonb) to docmill_worker
grant execute on function archive_jobs(uuid[],uuid) to docmill_app
grant execute on function archive_jobs(uuid[],uuid) to docmill_worker
grant execute on function close_audit_chain() to docmill_app
grant execute on function close_audit_chain() to docmill_worker
grant execute on function document_grants(uuid,timestamp with time zone) to docmill_worker
grant execute on function document_permission(uuid,uuid,text,timestamp with time zone) to docmill_app
grant execute on function document_permission(uuid,uuid,text,timestamp with time zone) to docmill_worker
grant execute on function document_reviewers(uuid) to docmill_worker
grant execute on function drop_metric_hours(timestamp with time zone) to docmill_app
grant execute on function drop_metric_hours(timestamp with time zone) to docmill_worker
grant execute on function drop_partitions(text,timestamp with time zone) to docmill_app
grant execute on function drop_partitions(text,timestamp with time zone) to docmill_worker
grant execute on function drop_raw_metrics(text,timestamp with time zone) to docmill_app
grant execute on function drop_raw_metrics(text,timestamp with time zone) to docmill_worker
grant execute on function ensure_partitions(timestamp with time zone) to docmill_app
grant execute on function ensure_partitions(timestamp with time zone) to docmill_worker
grant execute on function granted_blobs() to docmill_app
grant execute on function granted_blobs() to docmill_worker
grant execute on function granted_document(boolean) to docmill_app
grant execute on function granted_document(boolean) to docmill_worker
grant execute on function granted_documents(uuid,text,timestamp with time zone) to docmill_app
grant execute on function granted_documents(uuid,text,timestamp with time zone) to docmill_worker
grant execute on function granted_jobs(boolean) to docmill_app
grant execute on function granted_jobs(boolean) to docmill_worker
grant execute on function granted_owner(boolean) to docmill_app
grant execute on function granted_owner(boolean) to docmill_worker
grant execute on function granted_versions(boolean) to docmill_app
grant execute on function granted_versions(boolean) to docmill_worker
grant execute on function refresh_processing_daily() to docmill_app
grant execute on function refresh_processing_daily() to docmill_worker
grant execute on function take_rate_points(text[],integer[],integer[],integer) to docmill_app
grant execute on function take_rate_points(text[],integer[],integer[],integer) to docmill_worker
grant execute on function visible_owner(boolean) to docmill_app
grant execute on function visible_owner(boolean) to docmill_worker
grant insert, select on table api_metrics to docmill_app
grant insert, select on table api_metrics to docmill_worker
grant insert, select on table processing_history to docmill_app
grant insert, select on table processing_history to docmill_worker
grant insert, select on table processing_metrics to docmill_app
grant insert, select on table processing_metrics to docmill_worker
grant insert, select on table usage_events to docmill_app
grant insert, select on table usage_events to docmill_worker
grant insert, select on table zone_revisions to docmill_app
grant insert, select on table zone_revisions to docmill_worker
grant insert, select, update on table legal_holds to docmill_app
grant insert, select, update on table legal_holds to docmill_worker
grant insert, select, update on table processing_metrics_rollup to docmill_app
grant insert, select, update on table processing_metrics_rollup to docmill_worker
grant insert, select, update on table usage_stats to docmill_app
grant insert, select, update on table usage_stats to docmill_worker
grant select on column account_tokens.created_at to docmill_readonly
grant select on column account_tokens.email to docmill_readonly
grant select on column account_tokens.expires_at to docmill_readonly
grant select on column account_tokens.id to docmill_readonly
grant select on column account_tokens.purpose to docmill_readonly
grant select on column account_tokens.used_at to docmill_readonly
grant select on column account_tokens.user_id to docmill_readonly
grant select on column api_keys.created_at to docmill_readonly
grant select on column api_keys.expires_at to docmill_readonly
grant select on column api_keys.id to docmill_readonly
grant select on column api_keys.last_used_at to docmill_readonly
grant select on column api_keys.name to docmill_readonly
grant select on column api_keys.prefix to docmill_readonly
grant select on column api_keys.revoked_at to docmill_readonly
grant select on column api_keys.scopes to docmill_readonly
grant select on column api_keys.user_id to docmill_readonly
grant select on column document_shares.created_at to docmill_readonly
grant select on column document_shares.document_id to docmill_readonly
grant select on column document_shares.expires_at to docmill_readonly
grant select on column document_shares.folder_id to docmill_readonly
grant select on column document_shares.grantee_email to docmill_readonly
grant select on column document_shares.grantee_id to docmill_readonly
grant select on column document_shares.id to docmill_readonly
grant select on column document_shares.last_used_at to docmill_readonly
grant select on column document_shares.owner_id to docmill_readonly
grant select on column document_shares.permission to docmill_readonly
grant select on column document_shares.revoked_at to docmill_readonly
grant select on column document_shares.updated_at to docmill_readonly
grant select on column document_shares.uses to docmill_readonly
grant select on column invitations.accepted_at to docmill_readonly
grant select on column invitations.accepted_by to docmill_readonly
grant select on column invitations.created_at to docmill_readonly
grant select on column invitations.email to docmill_readonly
grant select on column invitations.expires_at to docmill_readonly
grant select on column invitations.id to docmill_readonly
grant select on column invitations.invited_by to docmill_readonly
grant select on column invitations.revoked_at to docmill_readonly
grant select on column invitations.role to docmill_readonly
grant select on column sessions.created_at to docmill_readonly
grant select on column sessions.expires_at to docmill_readonly
grant select on column sessions.id to docmill_readonly
grant select on column sessions.ip to docmill_readonly
grant select on column sessions.last_seen_at to docmill_readonly
grant select on column sessions.revoked_at to docmill_readonly
grant select on column sessions.state to docmill_readonly
grant select on column sessions.user_agent to docmill_readonly
grant select on column sessions.user_id to docmill_readonly
grant select on column share_visits.created_at to docmill_readonly
grant select on column share_visits.expires_at to docmill_readonly
grant select on column share_visits.id to docmill_readonly
grant select on column share_visits.owner_id to docmill_readonly
grant select on column share_visits.share_id to docmill_readonly
grant select on column webhook_endpoints.created_at to docmill_readonly
grant select on column webhook_endpoints.description to docmill_readonly
grant select on column webhook_endpoints.events to docmill_readonly
grant select on column webhook_endpoints.id to docmill_readonly
grant select on column webhook_endpoints.is_active to docmill_readonly
grant select on column webhook_endpoints.owner_id to docmill_readonly
grant select on column webhook_endpoints.pause_reason to docmill_readonly
grant select on column webhook_endpoints.paused_at to docmill_readonly
grant select on column webhook_endpoints.previous_until to docmill_readonly
grant select on column webhook_endpoints.updated_at to docmill_readonly
grant select on column webhook_endpoints.url to docmill_readonly
grant select on table api_metrics to docmill_readonly
grant select on table audit_chains to docmill_app
grant select on table audit_chains to docmill_readonly
grant select on table audit_chains to docmill_worker
grant select on table audit_logs to docmill_app
grant select on table audit_logs to docmill_readonly
grant select on table audit_logs to docmill_worker
grant select on table blobs to docmill_readonly
grant select on table clerk_events to docmill_readonly
grant select on table clerk_users to docmill_readonly
grant select on table document_versions to docmill_readonly
grant select on table documents to docmill_readonly
grant select on table documents_overview to docmill_app
grant select on table documents_overview to docmill_readonly
grant select on table documents_overview to docmill_worker
grant select on table error_log to docmill_app
grant select on table error_log to docmill_readonly
grant select on table error_log to docmill_worker
grant select on table export_files to docmill_readonly
grant select on table export_history to docmill_app
grant select on table export_history to docmill_readonly
grant select on table export_history to docmill_worker
grant select on table export_records to docmill_readonly
grant select on table folder_paths to docmill_app
grant select on table folder_paths to docmill_readonly
grant select on table folder_paths to docmill_worker
grant select on table folders to docmill_readonly
grant select on table hitl_tasks to docmill_readonly
grant select on table import_refs to docmill_readonly
grant select on table job_progress to docmill_app
grant select on table job_progress to docmill_readonly
grant select on table job_progress to docmill_worker
grant select on table journal_entries to docmill_readonly
grant select on table legal_holds to docmill_readonly
grant select on table metrics_due to docmill_readonly
grant select on table metrics_level to docmill_app
grant select on table metrics_level to docmill_readonly
grant select on table metrics_level to docmill_worker
grant select on table metrics_watermark to docmill_app
grant select on table metrics_watermark to docmill_readonly
grant select on table metrics_watermark to docmill_worker
grant select on table outbox to docmill_readonly
grant select on table own_documents to docmill_app
grant select on table own_pages to docmill_app
grant select on table page_words to docmill_app
grant select on table page_words to docmill_readonly
grant select on table page_words to docmill_worker
grant select on table pages to docmill_readonly
grant select on table partition_plans to docmill_app
grant select on table partition_plans to docmill_readonly
grant select on table partition_plans to docmill_worker
grant select on table processed_content to docmill_readonly
grant select on table processing_daily to docmill_app
grant select on table processing_daily to docmill_readonly
grant select on table processing_daily to docmill_worker
grant select on table processing_history to docmill_readonly
grant select on table processing_jobs to docmill_readonly
grant select on table processing_metrics to docmill_readonly
grant select on table processing_metrics_by_stage to docmill_app
grant select on table processing_metrics_by_stage to docmill_readonly
grant select on table processing_metrics_by_stage to docmill_worker
grant select on table processing_metrics_hourly to docmill_app
grant select on table processing_metrics_hourly to docmill_readonly
grant select on table processing_metrics_hourly to docmill_worker
grant select on table processing_metrics_rollup to docmill_readonly
grant select on table processing_queue to docmill_readonly
grant select on table retry_history to docmill_app
grant select on table retry_history to docmill_readonly
grant select on table retry_history to docmill_worker
grant select on table schedules to docmill_readonly
grant select on table schema_migrations to docmill_readonly
grant select on table stage_performance to docmill_app
grant select on table stage_performance to docmill_readonly
grant select on table stage_performance to docmill_worker
grant select on table state_transitions to docmill_app
grant select on table state_transitions to docmill_readonly
grant select on table state_transitions to docmill_worker
grant select on table timeblocks to docmill_readonly
grant select on table timetable_documents to docmill_readonly
grant select on table timetables to docmill_readonly
grant select on table upload_pieces to docmill_readonly
grant select on table uploads to docmill_readonly
grant select on table usage_events to docmill_readonly
grant select on table usage_stats to docmill_readonly
grant select on table user_corrections to docmill_app
grant select on table user_corrections to docmill_readonly
grant select on table user_corrections to docmill_worker
grant select on table user_identities to docmill_readonly
grant select on table users to docmill_readonly
grant select on table v_active_timetables to docmill_app
grant select on table v_active_timetables to docmill_readonly
grant select on table v_active_timetables to docmill_worker
grant select on table v_processing_queue_stats to docmill_app
grant select on table v_processing_queue_stats to docmill_readonly
grant select on table v_processing_queue_stats to docmill_worker
grant select on table webhook_deliveries to docmill_readonly
grant select on table workers to docmill_readonly
grant select on table zone_confidence_history to docmill_app
grant select on table zone_confidence_history to docmill_readonly
grant select on table zone_confidence_history to docmill_worker
grant select on table zone_revisions to docmill_readonly
grant select on table zones to docmill_readonly
grant update on column api_metrics.user_id to docmill_worker
grant update on column metrics_watermark.rolled_up_to to docmill_app
grant update on column metrics_watermark.rolled_up_to to docmill_worker
grant update on column processing_metrics.user_id to docmill_worker
grant usage on schema public to docmill_app
grant usage on schema public to docmill_readonly
grant usage on schema public to docmill_worker
grant usage on sequence metrics_id_seq to docmill_app
grant usage on sequence metrics_id_seq to docmill_worker

