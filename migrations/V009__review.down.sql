-- Undoes V009. Revisions, review tasks, structured results, exports and usage are lost; zones keep their present state.
-- Bytes of exports in blob storage are not touched; their rows in blobs stay.
drop table webhook_deliveries;
drop table webhook_endpoints;
drop table idempotency_keys;
drop table usage_events;
drop function count_usage();
drop table usage_stats;
drop view export_history;
drop table export_files;
drop table export_records;
drop trigger processing_jobs_cancel_tasks on processing_jobs;
drop function cancel_tasks_of_job();
drop trigger users_release_tasks on users;
drop function release_tasks_of_user();
drop table hitl_tasks;
drop function return_task_to_queue();
drop table processed_content;
drop view zone_confidence_history;
drop view user_corrections;
drop trigger zones_record on zones;
drop function record_zone_revision();
drop table zone_revisions;
drop function refuse_revision_update();
drop trigger zones_version on zones;
create trigger zones_version before update of kind, x, y, width, height, content, data, position on zones
  for each row execute function bump_row_version();
alter table zones drop constraint zones_polygon_check, drop constraint zones_data_check;
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
      using errcode = 'DM001';
  end if;
  return new;
end
$$;
delete from state_transitions where machine = 'hitl_tasks';
