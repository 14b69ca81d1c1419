-- Webhooks are sent now. Triggers write what happened to the outbox in the transaction of the change, and only when an
-- endpoint of the owner wants to hear of it; a handler of the outbox makes one delivery for each endpoint, and a sender
-- sends them. A delivery that is being sent stays pending with its next attempt in the near future, so that a sender that
-- dies gives it back by the clock; attempts is the token that keeps a late writer out.

-- ---------------------------------------------------------------- endpoints

alter table webhook_endpoints
  add column previous_secret bytea check (length(previous_secret) between 24 and 64),
  add column previous_until timestamptz,
  add column paused_at timestamptz,
  add column pause_reason text check (length(pause_reason) between 1 and 500),
  add constraint webhook_endpoints_rotation check ((previous_secret is null) = (previous_until is null)),
  add constraint webhook_endpoints_pause check ((paused_at is null) = (pause_reason is null));
comment on column webhook_endpoints.secret is 'Signs what is sent, encrypted with the key of the installation; shown once and never logged.';
comment on column webhook_endpoints.previous_secret is 'The secret before the last rotation, encrypted; signs as well until it ends.';
comment on column webhook_endpoints.previous_until is 'When the previous secret ends.';
comment on column webhook_endpoints.paused_at is 'Since when nothing is sent because nothing was taken; null while it is sent to.';
comment on column webhook_endpoints.pause_reason is 'Why it was paused.';

-- ---------------------------------------------------------------- deliveries

alter table webhook_deliveries
  add column last_attempt_at timestamptz,
  add column duration_ms integer check (duration_ms >= 0),
  add column response_excerpt text check (length(response_excerpt) <= 2000),
  drop constraint webhook_deliveries_status_check,
  add constraint webhook_deliveries_status_check check (status in ('pending', 'held', 'delivered', 'dead'));
create index webhook_deliveries_of_endpoint on webhook_deliveries (endpoint_id, id desc);
comment on column webhook_deliveries.status is 'pending, held while the endpoint is paused, delivered, or dead after the last attempt.';
comment on column webhook_deliveries.next_attempt_at is 'When to try next, or when to take it from a sender that died; null unless pending.';
comment on column webhook_deliveries.last_attempt_at is 'When the last attempt began.';
comment on column webhook_deliveries.duration_ms is 'How long the last attempt took, in milliseconds.';
comment on column webhook_deliveries.response_excerpt is 'Beginning of the body of the last answer.';

-- ---------------------------------------------------------------- what is told

-- Runs as the owner of the schema: whoever changes a shared document must not see the endpoints of its owner.
create function tell_webhooks(owner uuid, event text, subject text, data jsonb) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
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
$$;
comment on function tell_webhooks is 'Writes webhook.event to the outbox when an endpoint of the owner wants the event.';
revoke execute on function tell_webhooks from public;

create function tell_document_finished() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  perform tell_webhooks(new.owner_id, 'document.' || new.status, new.id::text,
    jsonb_build_object('documentId', new.id, 'versionId', new.current_version_id, 'status', new.status));
  return null;
end
$$;
comment on function tell_document_finished is 'Tells webhooks that a document was read to the end, or could not be.';
create trigger documents_tell_webhooks after update of status on documents
  for each row when (new.status in ('completed', 'failed') and new.status <> old.status)
  execute function tell_document_finished();

create function tell_review() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
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
$$;
comment on function tell_review is 'Tells webhooks that a person is asked, or has decided.';
create trigger hitl_tasks_tell_request after insert on hitl_tasks
  for each row execute function tell_review();
create trigger hitl_tasks_tell_decision after update of status on hitl_tasks
  for each row when (new.status = 'completed' and old.status <> 'completed') execute function tell_review();

create function tell_zone_corrected() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  document uuid;
begin
  select v.document_id into document from document_versions v where v.id = new.version_id;
  perform tell_webhooks(new.owner_id, 'zone.corrected', document::text, jsonb_build_object(
    'zoneId', new.zone_id, 'documentId', document, 'versionId', new.version_id, 'pageNumber', new.page_number,
    'kind', new.kind, 'revision', new.number));
  return null;
end
$$;
comment on function tell_zone_corrected is 'Tells webhooks that a person changed a zone.';
create trigger zone_revisions_tell_webhooks after insert on zone_revisions
  for each row when (new.author_id is not null) execute function tell_zone_corrected();

create function tell_export_finished() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
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
$$;
comment on function tell_export_finished is 'Tells webhooks that the last file of an export is there, or could not be made.';
create trigger export_files_tell_webhooks after update of finished_at on export_files
  for each row when (new.finished_at is not null and old.finished_at is null) execute function tell_export_finished();

revoke execute on function tell_document_finished, tell_review, tell_zone_corrected, tell_export_finished from public;
