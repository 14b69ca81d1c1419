-- Users of a Clerk instance, as its webhooks and its API tell of them. Events come twice and in any order: the id of an
-- event is kept, and for each user the time of the newest state that was applied, so that each has one effect. Besides,
-- jobs that make exports hang on their export now.

create table clerk_events (
  id text primary key check (length(id) between 1 and 255),
  type text not null check (length(type) between 1 and 100),
  subject text not null check (length(subject) between 1 and 255),
  effect text not null check (effect in ('created', 'linked', 'updated', 'enabled', 'disabled', 'unchanged', 'stale', 'ignored')),
  event_at timestamptz not null,
  received_at timestamptz not null default now()
);
create index clerk_events_received on clerk_events (received_at);
comment on table clerk_events is 'Messages from Clerk that were taken; one that comes again has no second effect. Kept for 30 days, far longer than a signature is valid.';
comment on column clerk_events.id is 'Id of the message, from the header svix-id.';
comment on column clerk_events.type is 'Such as user.updated.';
comment on column clerk_events.subject is 'Id of the user at Clerk.';
comment on column clerk_events.effect is 'What it did here; stale when a newer state was known.';
comment on column clerk_events.event_at is 'Time of the state it tells of.';
comment on column clerk_events.received_at is 'When it came.';

create table clerk_users (
  subject text primary key check (length(subject) between 1 and 255),
  event_at timestamptz not null,
  is_disabled boolean not null default false,
  is_deleted boolean not null default false,
  constraint clerk_users_deleted check (is_disabled or not is_deleted)
);
comment on table clerk_users is 'What is known of a user at Clerk; who it is here stands in user_identities. The line of a deleted one stays, so that a late event does not bring it back.';
comment on column clerk_users.subject is 'Id of the user at Clerk.';
comment on column clerk_users.event_at is 'Time of the newest state that was applied.';
comment on column clerk_users.is_disabled is 'Banned, locked or deleted there, and suspended here because of that.';
comment on column clerk_users.is_deleted is 'Deleted there, for good.';

grant select, insert, update, delete on clerk_events, clerk_users to docmill_worker;

-- ---------------------------------------------------------------- jobs that make exports

alter table processing_jobs
  drop constraint processing_jobs_stage_check,
  add constraint processing_jobs_stage_check
    check (stage in ('classify', 'preprocess', 'ocr', 'llm', 'validate', 'persist', 'export')),
  add constraint processing_jobs_owner_id_export_id_fkey
    foreign key (owner_id, export_id) references export_records (owner_id, id) on delete cascade;
create unique index processing_jobs_one_open_export on processing_jobs (export_id, kind)
  where status in ('queued', 'running', 'in_review', 'paused');
create index processing_jobs_export on processing_jobs (export_id, id desc) where export_id is not null;

alter table processing_queue
  drop constraint processing_queue_queue_check,
  add constraint processing_queue_queue_check
    check (queue in ('classify', 'preprocess', 'ocr', 'llm', 'validate', 'persist', 'export'));

-- The files of an export end with its job: what is not made when the job is over will not be. A retry makes anew what failed.
create function end_export_files() returns trigger language plpgsql as $$
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
$$;
comment on function end_export_files is 'Ends the open files of an export with its job, and opens the failed ones for a retry.';
create trigger processing_jobs_end_export after update of status on processing_jobs
  for each row when (new.export_id is not null and
    (new.status in ('failed', 'cancelled') or (old.status = 'failed' and new.status = 'queued')))
  execute function end_export_files();
