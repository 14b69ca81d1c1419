-- A restored version brings back what was found of it, and bytes that are gone are taken off the usage of their owner.

-- ---------------------------------------------------------------- versions

-- Another version becomes the current one: the status of the document is that of the newest run over it, type and
-- language are what its newest finished run found, unless a person has set them, and the edit shows in the row version.
create or replace function follow_current_version() returns trigger language plpgsql as $$
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
$$;

-- ---------------------------------------------------------------- usage

-- Bytes count from the upload on and until they are gone: a document in the trash still takes its room. What was never
-- counted (an upload that was given up) is not taken off, and the key keeps a repeated purge from counting twice.
create function count_purged_bytes() returns trigger language plpgsql as $$
begin
  insert into usage_events (metric, source_id, owner_id, amount)
  select 'storage_bytes', 'purged ' || old.id, old.owner_id, -e.amount
  from usage_events e
  where e.metric = 'storage_bytes' and e.source_id = old.id::text and e.owner_id = old.owner_id
  on conflict do nothing;
  return null;
end
$$;
comment on function count_purged_bytes is 'Trigger: bytes that are gone are taken off the usage of their owner, once.';
create trigger blobs_count_purged after update of state on blobs
  for each row when (new.state = 'purged' and old.state <> 'purged') execute function count_purged_bytes();
