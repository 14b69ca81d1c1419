-- The views of one's own rows repeat the columns of their tables, and so the words on them.
do $$
declare
  item record;
begin
  for item in
    select v.relname as name, a.attname as field, col_description(t.oid, b.attnum) as words
    from (values ('own_documents', 'documents'), ('own_pages', 'pages')) as pair (view_name, table_name)
    join pg_class v on v.oid = to_regclass(pair.view_name)
    join pg_class t on t.oid = to_regclass(pair.table_name)
    join pg_attribute a on a.attrelid = v.oid and a.attnum > 0
    join pg_attribute b on b.attrelid = t.oid and b.attname = a.attname
    where col_description(v.oid, a.attnum) is null and col_description(t.oid, b.attnum) is not null
  loop
    execute format('comment on column %I.%I is %L', item.name, item.field, item.words);
  end loop;
end
$$;
