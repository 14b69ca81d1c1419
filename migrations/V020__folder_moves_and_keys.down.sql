-- Undoes V020. No data is lost.
alter table timetables drop constraint timetables_content_fk;
drop index processed_content_entry;
alter table processed_content drop constraint processed_content_entry_fk;
create or replace function guard_folder_parent() returns trigger language plpgsql as $$
declare
  above integer;
  below integer;
  looped boolean;
begin
  if new.parent_id is null then
    return new;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('folders:' || new.owner_id::text, 0));
  with recursive up as (
    select f.id, f.parent_id, 1 as level from folders f where f.id = new.parent_id
    union all
    select f.id, f.parent_id, up.level + 1 from folders f join up on f.id = up.parent_id where up.level < 64
  )
  select count(*), coalesce(bool_or(up.id = new.id), false) into above, looped from up;
  if looped then
    raise exception 'folder % would be inside itself', new.id
      using errcode = 'integrity_constraint_violation', constraint = 'folders_no_cycle';
  end if;
  with recursive down as (
    select new.id as id, 1 as level
    union all
    select f.id, down.level + 1 from folders f join down on f.parent_id = down.id where down.level < 64
  )
  select max(level) into below from down;
  if above + below > 20 then
    raise exception 'folders may be nested 20 deep'
      using errcode = 'integrity_constraint_violation', constraint = 'folders_depth';
  end if;
  return new;
end
$$;
comment on function derive_entry_status() is null;
comment on function record_zone_revision() is null;
comment on function refuse_revision_update() is null;
comment on function return_task_to_queue() is null;
comment on function release_tasks_of_user() is null;
comment on function cancel_tasks_of_job() is null;
comment on function count_usage() is null;
