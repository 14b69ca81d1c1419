-- Undoes V011: rows are told apart by the conditions of the queries alone. No data is lost.
drop view own_documents;
drop view own_pages;
do $$
declare
  item record;
begin
  for item in
    select p.polname as policy, p.polrelid::regclass as name from pg_policy p
    join pg_class c on c.oid = p.polrelid
    where c.relnamespace = 'public'::regnamespace and p.polname in
      ('migrator_all', 'worker_all', 'own_rows', 'granted_adding', 'reading', 'adding', 'changing', 'removing')
  loop
    execute format('drop policy %I on %s', item.policy, item.name);
  end loop;
  for item in
    select c.oid::regclass as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relrowsecurity
  loop
    execute format('alter table %s no force row level security', item.name);
    execute format('alter table %s disable row level security', item.name);
  end loop;
  for item in
    select c.oid::regclass as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'v' and c.reloptions @> array['security_invoker=true']
  loop
    execute format('alter view %s reset (security_invoker)', item.name);
  end loop;
  execute 'revoke all on all tables in schema public from docmill_worker';
  execute 'revoke all on all sequences in schema public from docmill_worker';
  execute 'revoke all on all functions in schema public from docmill_worker';
  execute 'revoke usage on schema public from docmill_worker';
end
$$;
drop function granted_jobs(boolean);
drop function granted_blobs();
drop function granted_versions(boolean);
drop function seen_owner(boolean);
drop function used_document(boolean);
drop function visible_owner(boolean);
drop function granted_owner(boolean);
drop function granted_document(boolean);
create or replace function document_permission(wanted uuid, asker uuid, link text default null, at_time timestamptz default now())
returns text language sql stable security definer set search_path = public, pg_temp as $$
  select case when d.owner_id = asker then 'owner' else (
    select g.permission from document_grants(wanted, at_time) g
    where g.grantee_id = asker or g.link_hash = link
    order by case g.permission when 'edit' then 1 when 'comment' then 2 else 3 end
    limit 1
  ) end
  from documents d where d.id = wanted
$$;
drop function document_reviewers(uuid);
drop function current_actor();
