-- Undoes V022. What was taken off the usage stays so.
drop trigger blobs_count_purged on blobs;
drop function count_purged_bytes();
create or replace function follow_current_version() returns trigger language plpgsql as $$
declare
  newest record;
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
  new.row_version := old.row_version + 1;
  return new;
end
$$;
