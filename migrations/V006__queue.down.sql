-- Back to claims by priority and age alone. Items of paused jobs are due at once again.
drop view error_log;
drop view retry_history;
drop view stage_performance;
drop view v_processing_queue_stats;

create or replace function derive_document_status() returns trigger language plpgsql as $$
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

drop trigger processing_history_number on processing_history;
create trigger processing_history_number before insert on processing_history
  for each row execute function number_history();
drop function finish_items;
drop function claim_items;

update processing_queue set run_at = now() where run_at = 'infinity';
drop index processing_queue_ready;
create index processing_queue_ready on processing_queue (queue, priority desc, id) where status = 'ready';
comment on table processing_queue is null;
comment on column processing_queue.run_at is null;

comment on table workers is null;
comment on column workers.lock_key is null;
alter table workers drop column holds_lock;

alter table processing_jobs drop column pages_planned, drop column pages_before, drop column resumed_at;

alter table processing_history drop constraint processing_history_job_fk;
alter table processing_history add constraint processing_history_job_id_fkey
  foreign key (job_id) references processing_jobs on delete cascade;
alter table processing_queue drop constraint processing_queue_job_fk;
alter table processing_queue add constraint processing_queue_job_id_fkey
  foreign key (job_id) references processing_jobs on delete cascade;
