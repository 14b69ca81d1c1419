-- A role for people and reports that look: it reads every lasting table of every owner, and neither secrets nor what
-- is answered to requests. People get a login of their own in it: create role anna login in role docmill_readonly.
do $$
begin
  if not exists (select from pg_roles where rolname = 'docmill_readonly') then
    create role docmill_readonly nologin;
  end if;
exception
  when duplicate_object or unique_violation then null; -- another database of this cluster was faster
end
$$;
grant usage on schema public to docmill_readonly;

-- Whether a column tells what only its owner, or nobody, may know. Some hashes are of contents and hide nothing.
create function is_secret_column(column_name text) returns boolean language sql immutable parallel safe
  return column_name ~ '(password|secret|token|_hash$)'
    and column_name not in ('input_hash', 'request_hash', 'prev_hash', 'lease_token');
comment on function is_secret_column is 'Whether the name of a column says that it holds a secret: docmill_readonly does not read it.';

-- Grants and policies from the catalog, so that a later migration only has to call it for its new tables.
create function open_to_readonly() returns void language plpgsql as $$
declare
  item record;
begin
  for item in
    select c.oid::regclass as name, c.relrowsecurity as guarded,
      string_agg(quote_ident(a.attname), ', ' order by a.attnum) filter (where not is_secret_column(a.attname)) as fields,
      bool_or(is_secret_column(a.attname)) as has_secrets,
      exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'readonly_all') as is_open
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
      -- Not what may be lost at any time, nor what only makes sense for an actor.
      and c.relpersistence = 'p' and c.relname not like 'own\_%'
      and c.relname not in ('user_passwords', 'idempotency_keys')
      and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = c.oid and deptype = 'e')
    group by c.oid
  loop
    if item.has_secrets then
      execute format('grant select (%s) on %s to docmill_readonly', item.fields, item.name);
    else
      execute format('grant select on %s to docmill_readonly', item.name);
    end if;
    if item.guarded and not item.is_open then
      execute format('create policy readonly_all on %s for select to docmill_readonly using (true)', item.name);
    end if;
  end loop;
end
$$;
comment on function open_to_readonly is 'Lets docmill_readonly read every lasting table but for secrets; to be called after new tables are made.';
revoke execute on function open_to_readonly from public;

select open_to_readonly();
