import { notOfExtension, withCatalog } from '#db/schema/read-catalog.ts';

import { markdownTable } from './markdown-table.ts';

interface Column extends Record<string, unknown> {
  relation: string;
  name: string;
  type: string;
  required: boolean;
  about: string | null;
}

interface Relation extends Record<string, unknown> {
  name: string;
  kind: 'table' | 'view' | 'materialised view';
  about: string | null;
  /** How it is cut, for a partitioned table. */
  partitioning: string | null;
}

interface Link extends Record<string, unknown> {
  child: string;
  parent: string;
}

/** Everything of schema `public` that people may want to read, with its comments. */
export interface SchemaFacts {
  relations: readonly Relation[];
  columns: readonly Column[];
  links: readonly Link[];
}

/** Throws `db.unavailable`. */
export function readSchemaFacts(url: string): Promise<SchemaFacts> {
  return withCatalog(url, async (read) => ({
    relations: await read<Relation>(relationsQuery),
    columns: await read<Column>(columnsQuery),
    links: await read<Link>(linksQuery),
  }));
}

/** Tables, views and columns without a comment, such as `zones.content`. */
export function withoutComment({ relations, columns }: SchemaFacts): string[] {
  return [
    ...relations.filter((relation) => !relation.about).map((relation) => relation.name),
    ...columns.filter((column) => !column.about).map(({ relation, name }) => `${relation}.${name}`),
  ];
}

/** docs/reference/schema.md */
export function schemaPage(facts: SchemaFacts): string {
  const columnsOf = Map.groupBy(facts.columns, (column) => column.relation);
  const sectionsOf = (isTable: boolean): string[] =>
    facts.relations
      .filter((relation) => (relation.kind === 'table') === isTable)
      .map((relation) => relationSection(relation, columnsOf.get(relation.name) ?? []));
  return [
    note,
    introduction,
    diagram(facts),
    '## Tables\n',
    ...sectionsOf(true),
    '## Views\n',
    ...sectionsOf(false),
  ].join('\n');
}

const note =
  '<!-- Written by scripts/write-schema-page.ts from the comments in the database: do not edit. -->\n';

const introduction = `# Schema

Every table and view of the database with its columns, in the words of the comments that the migrations give them.
[\`migrations/schema.sql\`](../../migrations/schema.sql) has all the rest: constraints, indexes, triggers, grants.
`;

/** An arrow from each table to those it refers to; what everything refers to is left out of the picture. */
function diagram({ links }: SchemaFacts): string {
  const arrows = links
    .filter(({ child, parent }) => parent !== 'users' && child !== parent)
    .map(({ child, parent }) => `  ${child} }o--|| ${parent} : ""`);
  const lines = ['```mermaid', 'erDiagram', ...arrows, '```'];
  return `## How the tables hang together

A line leads from the many to the one. Every table with an \`owner_id\` also refers to \`users\`, which is not drawn.

${lines.join('\n')}
`;
}

function relationSection(relation: Relation, columns: readonly Column[]): string {
  const { name, kind, about, partitioning } = relation;
  const cut = partitioning === null ? '' : ` Partitioned by ${partitioning.toLowerCase()}.`;
  const what = kind === 'materialised view' ? ' Materialised.' : '';
  const isTable = kind === 'table';
  const rows = columns.map((column) => [
    `\`${column.name}\``,
    `\`${column.type}\``,
    ...(isTable ? [column.required ? 'yes' : ''] : []),
    (column.about ?? '').replaceAll('\n', ' '),
  ]);
  const head = ['Column', 'Type', ...(isTable ? ['Required'] : []), 'What it is'];
  return `### ${name}\n\n${about ?? ''}${cut}${what}\n\n${markdownTable(head, rows)}`;
}

const isShown = `c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
  and not c.relispartition and ${notOfExtension('pg_class', 'c.oid')}`;

const relationsQuery = `
  select c.relname as name, obj_description(c.oid, 'pg_class') as about, pg_get_partkeydef(c.oid) as partitioning,
    case c.relkind when 'v' then 'view' when 'm' then 'materialised view' else 'table' end as kind
  from pg_class c where ${isShown} order by c.relname collate "C"`;

const columnsQuery = `
  select c.relname as relation, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
    a.attnotnull or t.typnotnull as required, col_description(c.oid, a.attnum) as about
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
  where ${isShown} order by c.relname collate "C", a.attnum`;

const linksQuery = `
  select distinct c.relname as child, p.relname as parent
  from pg_constraint k
  join pg_class c on c.oid = k.conrelid
  join pg_class p on p.oid = k.confrelid
  where k.contype = 'f' and k.conparentid = 0 and ${isShown}
  order by 1, 2`;
