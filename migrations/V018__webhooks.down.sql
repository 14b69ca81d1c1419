-- Undoes V018. Secrets before the last rotation, pauses, and how the last attempts went are lost. Deliveries that are held
-- are given up; what was told stays in the outbox until it is swept.

drop trigger export_files_tell_webhooks on export_files;
drop trigger zone_revisions_tell_webhooks on zone_revisions;
drop trigger hitl_tasks_tell_decision on hitl_tasks;
drop trigger hitl_tasks_tell_request on hitl_tasks;
drop trigger documents_tell_webhooks on documents;
drop function tell_export_finished;
drop function tell_zone_corrected;
drop function tell_review;
drop function tell_document_finished;
drop function tell_webhooks;

update webhook_deliveries set status = 'dead' where status = 'held';
drop index webhook_deliveries_of_endpoint;
alter table webhook_deliveries
  drop constraint webhook_deliveries_status_check,
  add constraint webhook_deliveries_status_check check (status in ('pending', 'delivered', 'dead')),
  drop column response_excerpt,
  drop column duration_ms,
  drop column last_attempt_at;
comment on column webhook_deliveries.status is 'pending, delivered, or dead after the last attempt.';
comment on column webhook_deliveries.next_attempt_at is 'When to try again; null when it is over.';

alter table webhook_endpoints
  drop constraint webhook_endpoints_pause,
  drop constraint webhook_endpoints_rotation,
  drop column pause_reason,
  drop column paused_at,
  drop column previous_until,
  drop column previous_secret;
comment on column webhook_endpoints.secret is 'Signs what is sent; shown once and never logged.';
