-- Undoes V021. The role docmill_readonly stays: it belongs to the cluster, and other databases may use it.
do $$
declare
  item record;
begin
  for item in
    select p.polrelid::regclass as name from pg_policy p where p.polname = 'readonly_all'
  loop
    execute format('drop policy readonly_all on %s', item.name);
  end loop;
  -- A right on one column is not taken back with those on the table.
  for item in
    select c.oid::regclass as name, string_agg(quote_ident(a.attname), ', ') as fields
    from pg_class c join pg_attribute a on a.attrelid = c.oid cross join lateral aclexplode(a.attacl) g
    where c.relnamespace = 'public'::regnamespace and g.grantee = 'docmill_readonly'::regrole
    group by c.oid
  loop
    execute format('revoke select (%s) on %s from docmill_readonly', item.fields, item.name);
  end loop;
  execute 'revoke all on all tables in schema public from docmill_readonly';
  execute 'revoke usage on schema public from docmill_readonly';
end
$$;
drop function open_to_readonly();
drop function is_secret_column(text);
