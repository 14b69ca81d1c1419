-- Users that came from Clerk stay, with their identities. Jobs that make exports and the list of events that were taken in are lost; the exports stay.

drop trigger processing_jobs_end_export on processing_jobs;
drop function end_export_files;
drop index processing_jobs_export;
drop index processing_jobs_one_open_export;
delete from processing_jobs where export_id is not null;
alter table processing_queue
  drop constraint processing_queue_queue_check,
  add constraint processing_queue_queue_check
    check (queue in ('classify', 'preprocess', 'ocr', 'llm', 'validate', 'persist'));
alter table processing_jobs
  drop constraint processing_jobs_owner_id_export_id_fkey,
  drop constraint processing_jobs_stage_check,
  add constraint processing_jobs_stage_check
    check (stage in ('classify', 'preprocess', 'ocr', 'llm', 'validate', 'persist'));
drop table clerk_users;
drop table clerk_events;
