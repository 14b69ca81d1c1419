import { Client } from 'pg';

import type { Migration } from '#db/migrate/migration-file.ts';
import { migrateDown, migrateUp } from '#db/migrate/run-migrations.ts';
import { dumpSchema } from '#db/schema/schema-dump.ts';

/** `table.column` → how many values there are and the sum of their hashes. */
type Checksums = Map<string, string>;

export interface RoundTrip {
  steps: number;
  /** Columns whose values did not come back after down and up; the step down says so. */
  lost: number;
  /** What was not as before; empty when all is well. */
  faults: string[];
}

/**
 * Walks a filled database down, migration by migration. At each one: down, up, and down once more. Below it, schema and
 * values must be the same both times. Above it, the values must have come back, unless the down file says in its first
 * lines that something is lost.
 */
export async function roundTrip(
  ownerUrl: string,
  adminUrl: string,
  migrations: readonly Migration[],
  say: (text: string) => void = () => undefined,
): Promise<RoundTrip> {
  const trip: RoundTrip = { steps: 0, lost: 0, faults: [] };
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    let above = await readChecksums(client);
    for (const migration of migrations.toReversed()) {
      if (migration.irreversible !== undefined) break;
      const step = await goDownTwice(ownerUrl, client, migrations, migration);
      const title = `V${migration.version} ${migration.name}`;
      if (step.schemaBelow !== step.schemaAgain) {
        trip.faults.push(`${title}: ${firstDifference(step.schemaBelow, step.schemaAgain)}`);
      }
      const changed = differing(step.below, step.belowAgain);
      trip.faults.push(...changed.map((column) => `${title}: ${column} changed`));
      const lost = differing(above, step.restored);
      trip.lost += lost.length;
      if (lost.length > 0 && !saysSo(migration)) {
        trip.faults.push(`${title}: loses ${lost[0] ?? ''} and does not say so`);
      }
      say(`${title}: ${step.below.size} columns below, ${lost.length} not as before`);
      trip.steps += 1;
      above = step.belowAgain;
    }
    return trip;
  } finally {
    await client.end();
  }
}

async function goDownTwice(
  ownerUrl: string,
  client: Client,
  migrations: readonly Migration[],
  { version }: Migration,
) {
  const to = migrations.findLast((other) => other.version < version)?.version ?? 0;
  const upTo = migrations.filter((other) => other.version <= version);
  await migrateDown(ownerUrl, migrations, { to });
  const [schemaBelow, below] = [await dumpRules(ownerUrl), await readChecksums(client)];
  await migrateUp(ownerUrl, upTo);
  const restored = await readChecksums(client);
  await migrateDown(ownerUrl, migrations, { to });
  const [schemaAgain, belowAgain] = [await dumpRules(ownerUrl), await readChecksums(client)];
  return { schemaBelow, below, restored, schemaAgain, belowAgain };
}

/** The schema without its comments: those of later migrations stay, since they stay true. */
async function dumpRules(ownerUrl: string): Promise<string> {
  const lines = (await dumpSchema(ownerUrl)).split('\n');
  return lines.filter((line) => !line.startsWith('comment on ')).join('\n');
}

function differing(before: Checksums, after: Checksums): string[] {
  return [...before].filter(([column, sum]) => after.get(column) !== sum).map(([column]) => column);
}

function firstDifference(before: string, after: string): string {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const at = old.findIndex((line, index) => line !== now[index]);
  return `the schema has "${now[at] ?? ''}" in the place of "${old[at] ?? ''}"`;
}

function saysSo({ down }: Migration): boolean {
  return /(?<!no data is |nothing is )\blost\b/i.test(down.sql.slice(0, 600));
}

async function readChecksums(client: Client): Promise<Checksums> {
  const tables = await client.query<{ name: string; columns: string[] }>(`
    select c.oid::regclass::text as name, array_agg(quote_ident(a.attname) order by attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and a.attnum > 0 and not a.attisdropped and c.relname <> 'schema_migrations'
      and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = c.oid and deptype = 'e')
    group by c.oid order by 1`);
  if (tables.rows.length === 0) return new Map();
  const each = tables.rows.map(({ name, columns }) => {
    const sums = columns.map(
      (column) =>
        `'${column}', count(${column}) || ':' || sum(hashtextextended(${column}::text, 0)::numeric)`,
    );
    return `select '${name}' as name, jsonb_build_object(${sums.join(', ')}) as sums from ${name}`;
  });
  const found = await client.query<{ name: string; sums: Record<string, string | null> }>(
    each.join(' union all '),
  );
  return new Map(
    found.rows.flatMap(({ name, sums }) =>
      // A column without values is as good as none.
      Object.entries(sums).flatMap(([column, sum]): [string, string][] =>
        sum === null ? [] : [[`${name}.${column}`, sum]],
      ),
    ),
  );
}
