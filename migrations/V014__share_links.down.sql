-- Undoes V014. Shares with an address are lost, and what is known of the use of links.
drop function granted_documents(uuid, text, timestamptz);
create or replace function document_grants(wanted uuid, at_time timestamptz default now())
returns table (share_id uuid, grantee_id uuid, link_hash text, permission text, folder_id uuid, distance integer)
language sql stable as $$
  with recursive above (id, parent_id, distance) as (
    select f.id, f.parent_id, 1
    from documents d join folders f on f.id = d.folder_id
    where d.id = wanted and d.deleted_at is null and f.deleted_at is null
    union all
    select f.id, f.parent_id, above.distance + 1
    from above join folders f on f.id = above.parent_id
    where f.deleted_at is null and above.distance < 64
  )
  select s.id, s.grantee_id, s.link_hash, s.permission, s.folder_id, reached.distance
  from (
    select s.id, 0 as distance from document_shares s
    where s.document_id = wanted
      and exists (select from documents d where d.id = wanted and d.deleted_at is null)
    union all
    select s.id, above.distance from above join document_shares s on s.folder_id = above.id
  ) reached
  join document_shares s on s.id = reached.id
  where s.revoked_at is null and (s.expires_at is null or s.expires_at > at_time)
  order by reached.distance, s.id
$$;
create or replace function document_reviewers(wanted uuid) returns table (user_id uuid) language plpgsql stable
  set search_path = public, pg_temp as $$
begin
  -- Asked by name, because this schema may be without review tasks.
  if to_regclass('hitl_tasks') is null then
    return;
  end if;
  return query
    select distinct t.assigned_to from hitl_tasks t
    join processing_jobs j on j.id = t.job_id
    join document_versions v on v.id = j.version_id
    where t.assigned_to is not null and t.status in ('assigned', 'in_progress') and v.document_id = wanted;
end
$$;
drop table share_visits;
drop trigger document_shares_password on document_shares;
drop function count_share_passwords();
drop trigger audit on document_shares;
select audit_table('document_shares', ignored => '{last_used_at,last_seen_at,state}');
drop trigger document_shares_touch on document_shares;
create trigger document_shares_touch before update on document_shares
  for each row execute function touch_updated_at();
delete from document_shares where grantee_email is not null;
drop index document_shares_one_live_email;
drop index document_shares_email;
alter table document_shares
  drop constraint document_shares_owner,
  drop constraint document_shares_uses_of_link,
  drop constraint document_shares_one_receiver,
  drop column grantee_email,
  drop column password_version,
  drop column uses,
  drop column last_used_at;
alter table document_shares add constraint document_shares_one_receiver
  check (num_nonnulls(grantee_id, link_hash) = 1);
