-- The fast layer and what runs by the clock. The UNLOGGED tables hold what Redis holds where there is
-- one: everything in them can be made again, so that writing them costs no log and a crash may empty
-- them. schedules and outbox are ordinary tables: what they promise must survive.

-- ---------------------------------------------------------------- what may be lost

create unlogged table cache_entries (
  key text primary key check (length(key) between 1 and 500),
  value bytea not null,
  expires_at timestamptz not null
);
create index cache_entries_expiry on cache_entries (expires_at);
comment on table cache_entries is 'Results that are dear to make and can be made again, such as ocr:result:… and llm:result:….';
comment on column cache_entries.key is 'The same key as in Redis.';
comment on column cache_entries.value is 'The bytes as they were given.';
comment on column cache_entries.expires_at is 'From then on the entry is as good as absent.';

create unlogged table session_fields (
  user_id uuid not null,
  session_id text not null check (length(session_id) between 1 and 200),
  state jsonb not null check (jsonb_typeof(state) = 'object'),
  expires_at timestamptz not null,
  primary key (user_id, session_id)
);
create index session_fields_expiry on session_fields (expires_at);
comment on table session_fields is 'What a request needs to know of its session, so that the sessions table is not read each time.';
comment on column session_fields.user_id is 'Whose session; no reference, since the entry may outlive the user until it is dropped.';
comment on column session_fields.session_id is 'Which session of that user.';
comment on column session_fields.state is 'E-mail, role, last access.';
comment on column session_fields.expires_at is 'Moves on with every use: seven days after the last one of any session of this user.';

create unlogged table rate_limits (
  key text primary key check (length(key) between 1 and 500),
  used integer not null check (used >= 0),
  window_ends_at timestamptz not null
);
create index rate_limits_expiry on rate_limits (window_ends_at);
comment on table rate_limits is 'How much of a limit is used up in the window that is open.';
comment on column rate_limits.key is 'ratelimit:{principal}:{route}, and :{seconds} for windows beside the first.';
comment on column rate_limits.used is 'Points taken in this window.';
comment on column rate_limits.window_ends_at is 'Set by the first point of a window and never moved by the next ones.';

create unlogged table job_progress_fields (
  job_id uuid primary key,
  fields jsonb not null check (jsonb_typeof(fields) = 'object'),
  expires_at timestamptz not null
);
create index job_progress_fields_expiry on job_progress_fields (expires_at);
comment on table job_progress_fields is 'How far each job is, as last told; processing_jobs is the truth.';
comment on column job_progress_fields.job_id is 'The job; no reference, since progress is told outside of its transaction.';
comment on column job_progress_fields.fields is 'Names and texts: status, stage, percent, confidence, pages done and total, eta.';
comment on column job_progress_fields.expires_at is 'Seven days after it was last told.';

create unlogged table live_subscriptions (
  user_id uuid not null,
  job_id uuid not null,
  expires_at timestamptz not null,
  primary key (user_id, job_id)
);
create index live_subscriptions_expiry on live_subscriptions (expires_at);
comment on table live_subscriptions is 'Jobs that somebody watches over a live connection, so that a new connection can take them up.';
comment on column live_subscriptions.user_id is 'Who watches.';
comment on column live_subscriptions.job_id is 'What is watched.';
comment on column live_subscriptions.expires_at is 'Moved on by the heartbeat of the connection.';

-- Takes points out of several windows at once, or out of none. The rows are locked in the order of their
-- keys, so that two callers wait for each other and never in a circle; the locks fall with the statement.
create function take_rate_points(keys text[], limits integer[], window_seconds integer[], points integer)
returns table (place integer, used integer, resets_in double precision, taken boolean)
language plpgsql as $$
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
$$;
comment on function take_rate_points is 'Points out of the windows of a rate limit: all of them or none.';

-- ---------------------------------------------------------------- what must survive

create table schedules (
  name text primary key check (name ~ '^[a-z][a-z0-9._-]{0,99}$'),
  pattern text not null check (length(pattern) between 1 and 100),
  timezone text not null default 'UTC',
  missed text not null check (missed in ('skip', 'run_once')),
  next_fire_at timestamptz not null,
  last_fire_at timestamptz,
  last_started_at timestamptz,
  last_finished_at timestamptz,
  last_duration_ms integer check (last_duration_ms >= 0),
  last_error text,
  runs bigint not null default 0 check (runs >= 0),
  runner uuid,
  lease_token bigint not null default 0,
  lease_expires_at timestamptz,
  constraint schedules_runner_has_lease check ((runner is null) = (lease_expires_at is null))
);
comment on table schedules is 'What runs by the clock. A due row is claimed by one update, so that it fires once however many processes look.';
comment on column schedules.name is 'Name of the task in the code, such as sweep.cache.';
comment on column schedules.pattern is 'Cron pattern: second (optional), minute, hour, day, month, weekday.';
comment on column schedules.timezone is 'Time zone the pattern is read in.';
comment on column schedules.missed is 'What happens to firings that nobody was there for: forgotten, or made good by one run.';
comment on column schedules.next_fire_at is 'When it is due.';
comment on column schedules.last_fire_at is 'For when the last run was planned.';
comment on column schedules.last_started_at is 'When the last run began.';
comment on column schedules.last_finished_at is 'When the last run ended.';
comment on column schedules.last_duration_ms is 'How long the last run took.';
comment on column schedules.last_error is 'Why the last run failed; null when it did not.';
comment on column schedules.runs is 'Runs begun so far.';
comment on column schedules.runner is 'Process that runs it at the moment.';
comment on column schedules.lease_token is 'Rises with every run, so that a runner that was given up cannot write over its successor.';
comment on column schedules.lease_expires_at is 'From then on the runner counts as dead.';

create table outbox (
  id bigint generated always as identity primary key,
  owner_id uuid,
  topic text not null check (length(topic) between 1 and 100),
  key text not null check (length(key) between 1 and 500),
  payload jsonb not null default '{}' check (jsonb_typeof(payload) = 'object'),
  created_at timestamptz not null default now(),
  published_at timestamptz,
  attempts integer not null default 0 check (attempts >= 0),
  next_attempt_at timestamptz not null default now(),
  last_error text
);
create index outbox_waiting on outbox (topic, key, id) where published_at is null;
create index outbox_due on outbox (id) where published_at is null;
create index outbox_published on outbox (published_at) where published_at is not null;
comment on table outbox is 'What the world must hear of a change, written in the transaction of the change and told afterwards, at least once.';
comment on column outbox.id is 'Events of one topic and key are told in this order.';
comment on column outbox.owner_id is 'Whose change; null when nobody''s. No reference: the removal of a user''s bytes outlives the user.';
comment on column outbox.topic is 'What kind of event, such as document.changed or blob.purge.';
comment on column outbox.key is 'What it is about; the next event of a key waits until the one before is told.';
comment on column outbox.payload is 'What a receiver needs.';
comment on column outbox.created_at is 'When the change was made.';
comment on column outbox.published_at is 'When every receiver had it.';
comment on column outbox.attempts is 'Failed tries so far.';
comment on column outbox.next_attempt_at is 'Not before then; moves on with every failure.';
comment on column outbox.last_error is 'Why the last try failed.';

-- Everybody who shows documents hears that one changed. By trigger, because many statements change them.
create function tell_document_changed() returns trigger language plpgsql as $$
begin
  insert into outbox (owner_id, topic, key, payload)
  values (new.owner_id, 'document.changed', new.id::text,
    jsonb_build_object('documentId', new.id, 'status', new.status, 'deleted', new.deleted_at is not null));
  return null;
end
$$;
comment on function tell_document_changed is 'Writes document.changed to the outbox.';
create trigger documents_tell_insert after insert on documents
  for each row execute function tell_document_changed();
create trigger documents_tell after update of title, status, folder_id, metadata, deleted_at, current_version_id on documents
  for each row when (
    (old.title, old.status, old.folder_id, old.metadata, old.deleted_at, old.current_version_id)
    is distinct from
    (new.title, new.status, new.folder_id, new.metadata, new.deleted_at, new.current_version_id)
  ) execute function tell_document_changed();

-- Bytes go after their row has: never before, and not only if somebody remembers.
create function tell_blob_purge() returns trigger language plpgsql as $$
begin
  insert into outbox (owner_id, topic, key, payload)
  values (old.owner_id, 'blob.purge', old.id::text,
    jsonb_build_object('blobId', old.id, 'bucket', old.bucket, 'objectKey', old.object_key));
  return null;
end
$$;
comment on function tell_blob_purge is 'Writes blob.purge to the outbox.';
create trigger blobs_tell_purging after update of state on blobs
  for each row when (old.state is distinct from new.state and new.state = 'purging')
  execute function tell_blob_purge();
create trigger blobs_tell_delete after delete on blobs
  for each row when (old.state in ('stored', 'failed', 'purging')) execute function tell_blob_purge();

-- ---------------------------------------------------------------- what the run-time role may do

grant select, insert, update, delete on
  cache_entries, session_fields, rate_limits, job_progress_fields, live_subscriptions, schedules, outbox
  to docmill_app;
grant execute on function take_rate_points(text[], integer[], integer[], integer) to docmill_app;
