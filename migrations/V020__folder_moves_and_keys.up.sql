-- Moving a folder of thousands is quick, and what is about an entry or made of a result points at it by a key.

-- ---------------------------------------------------------------- folders

-- Refuses cycles and more than 20 levels. The lock keeps two opposite moves of one owner from both passing their check
-- and making a cycle together. For the owner of the objects, because a recursive query under row policies was planned
-- as a comparison of all folders with all folders: 700 ms for a folder of 4,000. All that is reached has one owner.
create or replace function guard_folder_parent() returns trigger language plpgsql
  security definer set search_path = pg_catalog, public, pg_temp as $$
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
$$;

-- ---------------------------------------------------------------- keys that were missing

-- What would break them can only have been left by a purge: it goes now as it would have gone then.
delete from processed_content c
where c.entry_id is not null
  and not exists (select from journal_entries e where e.owner_id = c.owner_id and e.id = c.entry_id);
alter table processed_content add constraint processed_content_entry_fk foreign key (owner_id, entry_id)
  references journal_entries (owner_id, id) on delete cascade;
create index processed_content_entry on processed_content (entry_id, task_type, created_at desc)
  where entry_id is not null;

update timetables t set processed_content_id = null
where t.processed_content_id is not null
  and not exists (select from processed_content c where c.owner_id = t.owner_id and c.id = t.processed_content_id);
alter table timetables add constraint timetables_content_fk foreign key (owner_id, processed_content_id)
  references processed_content (owner_id, id) on delete set null (processed_content_id);

-- ---------------------------------------------------------------- words

comment on function derive_entry_status is 'Trigger: the newest analysis decides the status of a journal entry.';
comment on function record_zone_revision is 'Trigger: a changed zone leaves what it was before as a revision.';
comment on function refuse_revision_update is 'Trigger: revisions are history and are not changed.';
comment on function return_task_to_queue is 'Trigger: a task that loses its reviewer waits again.';
comment on function release_tasks_of_user is 'Trigger: a user who may not review any more gives their tasks back.';
comment on function cancel_tasks_of_job is 'Trigger: the open tasks of a job end with it.';
comment on function count_usage is 'Trigger: usage_events are summed up in usage_stats.';
