import { type Client, DatabaseError } from 'pg';
import { expect, test } from 'vitest';

import { useFilledSchema } from './filled-schema.ts';
import { violations } from './violations.ts';

let client: Client;
useFilledSchema((opened) => (client = opened));

/** Rules that refuse by a trigger and not by a constraint of their name. */
const triggerRules = ['folders_no_cycle', 'folders_depth', 'zone_revisions_append_only'];

test.each(
  Object.entries(violations).flatMap(([rule, statements]) =>
    statements.map((statement): [string, string] => [rule, statement]),
  ),
)('%s refuses: %s', async (rule, statement) => {
  const error: unknown = await client.query(statement).catch((refusal: unknown) => refusal);
  expect(error).toBeInstanceOf(DatabaseError);
  expect(error).toMatchObject({ code: expect.stringMatching(/^23/) });
  const { constraint } = error instanceof DatabaseError ? error : {};
  // The key of a partition carries its month or day.
  expect(constraint?.replace(/_\d{6,8}_/, '_')).toBe(rule);
});

test('every rule that can be broken has a statement here that breaks it', async () => {
  // A unique key that holds the primary key can only be broken together with it: it is there for
  // composite foreign keys to point at.
  const found = await client.query<{ name: string }>(`
    select n.conname as name from pg_constraint n
    left join pg_constraint p on p.conrelid = n.conrelid and p.contype = 'p' and n.conrelid <> 0
    left join pg_class c on c.oid = n.conrelid
    where not coalesce(c.relispartition, false) and n.connamespace = 'public'::regnamespace and n.contype in ('c', 'f', 'u', 'x', 'p')
      and not coalesce(n.contype = 'u' and n.conkey @> p.conkey, false)
      and n.conname <> 'schema_migrations_pkey'
    union
    select i.indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indexrelid
    where i.indisunique and not c.relispartition and c.relnamespace = 'public'::regnamespace
      -- What is derived cannot be written to.
      and not exists (select from pg_class m where m.oid = i.indrelid and m.relkind = 'm')
      and not exists (select from pg_constraint where conindid = i.indexrelid)`);
  const rules = found.rows.map((row) => row.name);
  expect(Object.keys(violations).toSorted()).toEqual([...rules, ...triggerRules].toSorted());
});
