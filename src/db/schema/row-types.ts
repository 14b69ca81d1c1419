import { camelCase } from '../camel-case.ts';
import { columnTypeOf } from '../column-type.ts';
import { notOfExtension, withCatalog } from './read-catalog.ts';

interface Column extends Record<string, unknown> {
  relation: string;
  name: string;
  /** The type as it travels: of a domain its base type. */
  wireType: number;
  nullable: boolean;
}

/**
 * TypeScript interfaces for the rows of every table and view of schema `public`, as the `sql` tag
 * reads them: `folders` becomes `FolderRow`. Columns of a view may all be null, because the
 * catalog does not know better. Throws `db.unavailable`, and Error when two names become one.
 */
export function generateRowTypes(url: string): Promise<string> {
  return withCatalog(url, async (read) => {
    const columns = await read<Column>(columnsQuery);
    const relations = Map.groupBy(columns, (column) => column.relation);
    const taken = new Map<string, string>();
    const interfaces = [...relations].map(([relation, own]) => {
      const name = rowTypeName(relation);
      const twin = taken.get(name);
      if (twin !== undefined) throw new Error(`${twin} and ${relation} would both become ${name}`);
      taken.set(name, relation);
      const members = own.map((column) => `  ${memberOf(column)}\n`).join('');
      return `/** A row of ${relation}. */\nexport interface ${name} {\n${members}}\n`;
    });
    return [header, ...interfaces].join('\n');
  });
}

const header = `// Generated from the migrated database by scripts/generate-row-types.ts. Do not edit.
`;

function memberOf(column: Column): string {
  const name = camelCase(column.name);
  const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
  const { typeScript } = columnTypeOf(column.wireType);
  const absent = column.nullable && typeScript !== 'unknown' ? ' | null' : '';
  return `${key}: ${typeScript}${absent};`;
}

/** `processing_jobs` becomes `ProcessingJobRow`: the last word in the singular, in Pascal case. */
export function rowTypeName(relation: string): string {
  const name = camelCase(singular(relation));
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}Row`;
}

function singular(name: string): string {
  if (/[^aeiou]ies$/.test(name)) return name.replace(/ies$/, 'y');
  if (/(?:ss|x|ch|sh)es$/.test(name)) return name.replace(/es$/, '');
  return /(?:ss|us|is)$/.test(name) ? name : name.replace(/s$/, '');
}

const columnsQuery = `
  with recursive wire as (
    -- 1. every type; 2. of a domain, and of a domain over it, what it is made of
    select oid, typbasetype as base, oid as last, typnotnull as required from pg_type
    union all
    select w.oid, t.typbasetype, t.oid, w.required or t.typnotnull from wire w join pg_type t on t.oid = w.base
  )
  select c.relname as relation, a.attname as name, w.last::int as "wireType",
    not (a.attnotnull or w.required) as nullable
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid
  join wire w on w.oid = a.atttypid and w.base = 0
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
    and c.relnamespace = 'public'::regnamespace
    and a.attnum > 0 and not a.attisdropped and ${notOfExtension('pg_class', 'c.oid')}
  order by c.relname collate "C", a.attnum`;
