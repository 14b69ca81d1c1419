-- The second wall between tenants. The first is the owner in every query; this one holds when a query forgets it.
-- Who acts is said by settings that end with the transaction (src/db/actor-settings.ts): without them no rows.
-- The policies are made from the catalog, so that each table with owner_id that stands before this migration has them.
--
-- docmill_app     sees the rows of its actor, and what hangs on the one document that a live share, or an open review
--                 task, lets the actor see (app.document_id names it; the database checks the grant).
-- docmill_worker  sees everything. The program takes the role on for work that belongs to no single owner.
-- the migrator    sees everything, so that later migrations and pg_dump --enable-row-security work.

-- ---------------------------------------------------------------- who acts, and what was granted

create function current_actor() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.actor_id', true), '')::uuid;
comment on function current_actor is 'The user on whose behalf the transaction runs; null when nobody was named.';

-- A reviewer with an open task sees its document and may change what was read of it.
create function document_reviewers(wanted uuid) returns table (user_id uuid) language plpgsql stable
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
comment on function document_reviewers is 'Users who hold an open review task on the document.';

create or replace function document_permission(wanted uuid, asker uuid, link text default null, at_time timestamptz default now())
returns text language sql stable security definer set search_path = public, pg_temp as $$
  select case when d.owner_id = asker then 'owner' else (
    select permission from (
      select g.permission from document_grants(wanted, at_time) g
      where g.grantee_id = asker or g.link_hash = link
      union all
      select 'review' from document_reviewers(wanted) r where r.user_id = asker
    ) granted
    order by case permission when 'edit' then 1 when 'review' then 2 when 'comment' then 3 else 4 end
    limit 1
  ) end
  from documents d where d.id = wanted
$$;

-- The document that app.document_id names, when the actor is not its owner and may see it (or, asked so, change it).
create function granted_document(changing boolean) returns uuid language plpgsql stable security definer
  set search_path = public, pg_temp as $$
declare
  wanted uuid := nullif(current_setting('app.document_id', true), '')::uuid;
  permission text;
begin
  if wanted is null then
    return null;
  end if;
  permission := document_permission(wanted, current_actor(), nullif(current_setting('app.link_hash', true), ''));
  if permission in ('edit', 'review') or (not changing and permission in ('view', 'comment')) then
    return wanted;
  end if;
  return null;
end
$$;
comment on function granted_document is 'The document named by app.document_id, when it is another''s and a share or a review task grants it.';

create function granted_owner(changing boolean) returns uuid language sql stable security definer
  set search_path = public, pg_temp
  return (select d.owner_id from documents d where d.id = granted_document(changing));
comment on function granted_owner is 'Owner of the granted document.';

create function visible_owner(changing boolean) returns uuid language sql stable security definer
  set search_path = public, pg_temp
  return coalesce(granted_owner(changing), current_actor());
-- The same two questions where no document is named, which is nearly always: expressions that the planner takes into
-- the query, so that no function is called.
create function used_document(changing boolean) returns uuid language sql stable
  return case when nullif(current_setting('app.document_id', true), '') is not null then granted_document(changing) end;
comment on function used_document is 'The granted document while one is used; null when the actor uses their own things.';

create function seen_owner(changing boolean) returns uuid language sql stable
  return case when nullif(current_setting('app.document_id', true), '') is null then current_actor()
    else visible_owner(changing) end;
comment on function seen_owner is 'Whose rows are seen: visible_owner, asked only while a document is named.';

comment on function visible_owner is 'Whose rows are seen: the owner of the granted document while one is used, else the actor.';

create function granted_versions(changing boolean) returns uuid[] language sql stable security definer
  set search_path = public, pg_temp
  return array(select v.id from document_versions v where v.document_id = granted_document(changing));
comment on function granted_versions is 'Versions of the granted document.';

create function granted_blobs() returns uuid[] language sql stable security definer
  set search_path = public, pg_temp
  return array(select v.blob_id from document_versions v where v.document_id = granted_document(false));
comment on function granted_blobs is 'Blobs of the granted document.';

create function granted_jobs(changing boolean) returns uuid[] language sql stable security definer
  set search_path = public, pg_temp
  return array(
    select j.id from processing_jobs j
    where j.version_id in (select v.id from document_versions v where v.document_id = granted_document(changing))
  );
comment on function granted_jobs is 'Jobs over versions of the granted document.';

revoke execute on function
  document_reviewers, granted_document, granted_owner, visible_owner, granted_versions, granted_blobs, granted_jobs from public;
grant execute on function document_grants, document_reviewers to docmill_worker;
grant execute on function
  granted_document, granted_owner, visible_owner, granted_versions, granted_blobs, granted_jobs
  to docmill_app, docmill_worker;

-- ---------------------------------------------------------------- what the workers may do

-- The same as the program, table by table: the rights say which statements, the policies which rows.
do $$
declare
  item record;
begin
  execute 'grant usage on schema public to docmill_worker';
  for item in
    select c.oid::regclass as object, lower(a.privilege_type) as privilege
    from pg_class c cross join lateral aclexplode(c.relacl) a
    where c.relnamespace = 'public'::regnamespace and a.grantee = 'docmill_app'::regrole and c.relkind <> 'S'
  loop
    execute format('grant %s on %s to docmill_worker', item.privilege, item.object);
  end loop;
  for item in
    select c.oid::regclass as object, lower(a.privilege_type) as privilege
    from pg_class c cross join lateral aclexplode(c.relacl) a
    where c.relnamespace = 'public'::regnamespace and a.grantee = 'docmill_app'::regrole and c.relkind = 'S'
  loop
    execute format('grant %s on sequence %s to docmill_worker', item.privilege, item.object);
  end loop;
  for item in
    select c.oid::regclass as object, quote_ident(t.attname) as field, lower(a.privilege_type) as privilege
    from pg_attribute t join pg_class c on c.oid = t.attrelid cross join lateral aclexplode(t.attacl) a
    where c.relnamespace = 'public'::regnamespace and a.grantee = 'docmill_app'::regrole
  loop
    execute format('grant %s (%s) on %s to docmill_worker', item.privilege, item.field, item.object);
  end loop;
  for item in
    select p.oid::regprocedure as object
    from pg_proc p cross join lateral aclexplode(p.proacl) a
    where p.pronamespace = 'public'::regnamespace and a.grantee = 'docmill_app'::regrole and a.privilege_type = 'EXECUTE'
  loop
    execute format('grant execute on function %s to docmill_worker', item.object);
  end loop;
end
$$;

-- ---------------------------------------------------------------- the policies

-- Each condition is one equality on the owner, which the planner merges with the equality in the query itself. A second
-- way in (`or`) would be counted as a second condition, and the estimates, and with them the plans, would be wrong.
-- While a grant is used a row must also hang on its document; `case` keeps that out of the estimates too.
do $$
declare
  item record;
  own text;
  hangs text;
  reading text;
  changing text;
begin
  for item in
    select c.oid::regclass as name, c.relname,
      array(select attname::text from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped) as fields
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    order by c.relname
  loop
    -- 1. Whose a row is: the column that says so.
    own := case
      when item.relname = 'users' then 'id'
      when 'owner_id' = any(item.fields) then 'owner_id'
      when 'user_id' = any(item.fields) then 'user_id'
    end;
    continue when own is null;
    execute format('alter table %s enable row level security', item.name);
    execute format('alter table %s force row level security', item.name);
    execute format('create policy migrator_all on %s to current_user using (true) with check (true)', item.name);
    execute format('create policy worker_all on %s to docmill_worker using (true) with check (true)', item.name);

    -- 2. How a row hangs on a document, when it does; %%1$L is whether it is to be changed.
    hangs := case
      when own <> 'owner_id' or item.relname in ('folders', 'document_shares') then null
      when item.relname = 'documents' then 'id = (select granted_document(%1$L))'
      when item.relname = 'blobs' then 'id = any ((select granted_blobs())::uuid[])'
      when 'version_id' = any(item.fields) then 'version_id = any ((select granted_versions(%1$L))::uuid[])'
      when 'document_id' = any(item.fields) then 'document_id = (select granted_document(%1$L))'
      when 'job_id' = any(item.fields) then 'job_id = any ((select granted_jobs(%1$L))::uuid[])'
    end;
    if hangs is null then
      execute format('create policy own_rows on %s to docmill_app using (%2$I = (select current_actor())) with check (%2$I = (select current_actor()))',
        item.name, own);
    else
      hangs := 'owner_id = (select seen_owner(%1$L)) and case when (select used_document(%1$L)) is null then true else '
        || hangs || ' end';
      reading := format(hangs, false);
      changing := format(hangs, true);
      execute format('create policy reading on %s for select to docmill_app using (%s)', item.name, reading);
      if item.relname = 'blobs' then
        changing := 'owner_id = (select current_actor())';
      end if;
      execute format('create policy changing on %s for update to docmill_app using (%s) with check (%s)',
        item.name, changing, changing);
      -- The document itself, its versions and its bytes are removed and added by its owner alone.
      if item.relname in ('documents', 'document_versions', 'blobs') then
        changing := 'owner_id = (select current_actor())';
        execute format('create policy adding on %s for insert to docmill_app with check (%s)', item.name, changing);
      end if;
      execute format('create policy removing on %s for delete to docmill_app using (%s)', item.name, changing);
    end if;

    -- 3. What a change of a granted document writes: what hangs on it, history, usage, events. Accounts and shares never.
    if own = 'owner_id' and item.relname not in
      ('documents', 'document_versions', 'blobs', 'folders', 'document_shares') then
      execute format('create policy %I on %s for insert to docmill_app with check (owner_id = (select current_actor()) or owner_id = (select granted_owner(true)))',
        case when hangs is null then 'granted_adding' else 'adding' end, item.name);
    end if;
  end loop;

  -- A view asks with the rights of its owner, whom no policy stops, unless it is told not to.
  for item in
    select c.oid::regclass as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'v' and not exists (
      select from pg_depend where classid = 'pg_class'::regclass and objid = c.oid and deptype = 'e')
  loop
    execute format('alter view %s set (security_invoker = true)', item.name);
  end loop;
end
$$;

-- ---------------------------------------------------------------- search

-- Under a policy PostgreSQL uses no index whose operator it cannot trust to keep quiet about the rows it sees, and
-- trusts none of full text, trigrams and jsonb. So the rows of the actor stand in views without that mistrust: the
-- owner of the view sees all rows, its condition leaves those of the actor, and the GIN indexes serve it.
create view own_pages as select * from pages where owner_id = (select current_actor());
comment on view own_pages is 'Pages of the actor, for search: policies would keep the index on words from being used.';
create view own_documents as select * from documents where owner_id = (select current_actor());
comment on view own_documents is 'Documents of the actor, for search in titles and metadata.';
grant select on own_pages, own_documents to docmill_app;
