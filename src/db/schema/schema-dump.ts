import { dumpRelations } from './dump-tables.ts';
import { type CatalogReader, notOfExtension, withCatalog } from './read-catalog.ts';

/**
 * Schema `public` as text, for people to read and for a test to compare: what belongs together in
 * one section, sorted by name, without oids and owners. Not meant to be run.
 * PostgreSQL 15 and 18 give the same text but for views: 15 writes the table before a column where
 * later ones leave it out. Throws `db.unavailable`.
 */
export function dumpSchema(url: string): Promise<string> {
  return withCatalog(url, async (read) => {
    const sections: [title: string, items: readonly string[]][] = [
      ['Extensions', await lines(read, extensionsQuery)],
      ['Types', await lines(read, typesQuery)],
      ['Text search', await lines(read, textSearchQuery)],
      ['Sequences', await lines(read, sequencesQuery)],
      ['Tables and views', await dumpRelations(read)],
      ['Indexes', await lines(read, indexesQuery)],
      ['Functions', await lines(read, functionsQuery)],
      ['Triggers', await lines(read, triggersQuery)],
      ['Row policies', await lines(read, policiesQuery)],
      ['Comments', await lines(read, commentsQuery)],
      ['Grants', await lines(read, grantsQuery)],
    ];
    return sections.map(([title, items]) => section(title, items)).join('');
  });
}

function section(title: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  // Several lines need air between them, single ones read as a list.
  const gap = items.some((item) => item.includes('\n')) ? '\n\n' : '\n';
  return `-- ${title}\n\n${items.join(gap)}\n\n`;
}

/** Sorted here and not by the server, whose collations differ between machines. */
async function lines(read: CatalogReader, query: string): Promise<string[]> {
  const rows = await read<{ line: string }>(query);
  return rows.map((row) => row.line.trimEnd()).toSorted();
}

const inPublic = (namespace: string): string => `${namespace} = 'public'::regnamespace`;

const extensionsQuery = `
  select 'extension ' || quote_ident(extname) as line from pg_extension where extname <> 'plpgsql'`;

const typesQuery = `
  select concat_ws(' ', 'domain', t.oid::regtype::text, 'as', format_type(t.typbasetype, t.typtypmod),
    'default ' || t.typdefault, case when t.typnotnull then 'not null' end,
    (select string_agg('constraint ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid), ' '
      order by conname collate "C") from pg_constraint where contypid = t.oid and contype = 'c')) as line
  from pg_type t
  where t.typtype = 'd' and ${inPublic('t.typnamespace')} and ${notOfExtension('pg_type', 't.oid')}
  union all
  select 'enum ' || t.oid::regtype::text || ' ('
    || (select string_agg(quote_literal(enumlabel), ', ' order by enumsortorder) from pg_enum where enumtypid = t.oid)
    || ')'
  from pg_type t
  where t.typtype = 'e' and ${inPublic('t.typnamespace')} and ${notOfExtension('pg_type', 't.oid')}`;

// Which dictionaries see a word of which kind.
const textSearchQuery = `
  select 'text search configuration ' || quote_ident(c.cfgname) || ': ' || token.alias || ' -> '
    || string_agg(m.mapdict::regdictionary::text, ', ' order by m.mapseqno) as line
  from pg_ts_config c
  join pg_ts_config_map m on m.mapcfg = c.oid
  cross join lateral ts_token_type(c.cfgparser) token
  where token.tokid = m.maptokentype and ${inPublic('c.cfgnamespace')}
    and ${notOfExtension('pg_ts_config', 'c.oid')}
  group by c.cfgname, token.alias`;

// Sequences of identity and serial columns show with their column.
const sequencesQuery = `
  select 'sequence ' || s.seqrelid::regclass || ' as ' || format_type(s.seqtypid, null)
    || ' start ' || s.seqstart || ' increment ' || s.seqincrement
    || case when s.seqcycle then ' cycle' else '' end as line
  from pg_sequence s
  join pg_class c on c.oid = s.seqrelid
  where ${inPublic('c.relnamespace')} and not exists (
    select from pg_depend where classid = 'pg_class'::regclass and objid = c.oid and deptype in ('a', 'i', 'e'))`;

const indexesQuery = `
  select pg_get_indexdef(i.indexrelid) as line
  from pg_index i
  join pg_class c on c.oid = i.indexrelid
  where ${inPublic('c.relnamespace')} and not c.relispartition
    and not exists (select from pg_constraint where conindid = i.indexrelid and contype in ('p', 'u', 'x'))
    and not exists (select from pg_class t where t.oid = i.indrelid and t.relispartition)
    and ${notOfExtension('pg_class', 'i.indrelid')}`;

const functionsQuery = `
  select pg_get_functiondef(p.oid) as line
  from pg_proc p
  where p.prokind in ('f', 'p') and ${inPublic('p.pronamespace')} and ${notOfExtension('pg_proc', 'p.oid')}`;

const triggersQuery = `
  select pg_get_triggerdef(t.oid, true)
    || case t.tgenabled when 'D' then ' disabled' when 'A' then ' always' when 'R' then ' replica' else '' end as line
  from pg_trigger t
  join pg_class c on c.oid = t.tgrelid
  where not t.tgisinternal and t.tgparentid = 0 and ${inPublic('c.relnamespace')}`;

// The role that made them is named for what it is: its name differs between machines.
const policiesQuery = `
  select 'row level security ' || case when c.relforcerowsecurity then 'forced' else 'enabled' end
    || ' on ' || quote_ident(c.relname) as line
  from pg_class c where c.relrowsecurity and ${inPublic('c.relnamespace')}
  union all
  select 'policy ' || quote_ident(p.polname) || ' on ' || quote_ident(c.relname)
    || case p.polcmd when 'r' then ' for select' when 'a' then ' for insert' when 'w' then ' for update'
      when 'd' then ' for delete' else '' end
    || case when p.polpermissive then '' else ' restrictive' end
    || ' to ' || (select string_agg(case when r.rolname like 'docmill\\_%' and r.rolname <> 'docmill_owner'
        then quote_ident(r.rolname) else 'the migrator' end, ', ' order by r.rolname)
      from pg_roles r where r.oid = any(p.polroles))
    || coalesce(' using (' || pg_get_expr(p.polqual, p.polrelid) || ')', '')
    || coalesce(' with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')
  from pg_policy p join pg_class c on c.oid = p.polrelid
  where ${inPublic('c.relnamespace')}`;

const commentsQuery = `
  select 'comment on ' || o.type || ' ' || o.identity || ': ' || quote_literal(d.description) as line
  from pg_description d
  cross join lateral pg_identify_object(d.classoid, d.objoid, d.objsubid) o
  where (o.schema = 'public' or o.identity like 'public.%') and not exists (
      select from pg_depend where classid = d.classoid and objid = d.objoid and deptype = 'e')
    and o.type not like 'partition%'`;

/** Who of the run-time roles may do what; what an owner may do goes without saying. */
const grantsQuery = `
  with granted as (
    select case c.relkind when 'S' then 'sequence ' else 'table ' end || quote_ident(c.relname) as object, a.*
    from pg_class c cross join lateral aclexplode(c.relacl) a
    where ${inPublic('c.relnamespace')} and not c.relispartition
    union all
    select 'column ' || quote_ident(c.relname) || '.' || quote_ident(t.attname), a.*
    from pg_attribute t join pg_class c on c.oid = t.attrelid cross join lateral aclexplode(t.attacl) a
    where ${inPublic('c.relnamespace')}
    union all
    select 'function ' || p.oid::regprocedure, a.*
    from pg_proc p cross join lateral aclexplode(p.proacl) a
    where ${inPublic('p.pronamespace')} and ${notOfExtension('pg_proc', 'p.oid')}
    union all
    select 'schema ' || quote_ident(n.nspname), a.*
    from pg_namespace n cross join lateral aclexplode(n.nspacl) a
    where n.nspname = 'public'
    union all
    select 'default for new ' || case d.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences'
      when 'f' then 'functions' else d.defaclobjtype::text end, a.*
    from pg_default_acl d cross join lateral aclexplode(d.defaclacl) a
  )
  select 'grant ' || string_agg(distinct lower(privilege_type), ', ' order by lower(privilege_type)) || ' on ' || object
    || ' to ' || quote_ident(r.rolname) as line
  from granted join pg_roles r on r.oid = grantee
  where r.rolname like 'docmill\\_%' and r.rolname <> 'docmill_owner'
  group by object, r.rolname`;
