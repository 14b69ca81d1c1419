import { Client } from 'pg';
import type { Sql, SqlValue } from '#db/database.ts';
import { createSqlCompiler } from '#db/sql-tag.ts';
import type { DrawnOwner } from './data-site.ts';
import type { NamedQuery } from './named-queries.ts';

/**
 * The plan of a query as its owner would get it, as text; row policies are part of it. `anyOwner` asks for the plan that
 * a named statement may keep, which is made without knowing the owner.
 */
export async function explainQuery(
  appUrl: string,
  query: NamedQuery,
  drawn: DrawnOwner,
  options: { anyOwner: boolean } = { anyOwner: false },
): Promise<string> {
  const compile = createSqlCompiler({ prepare: false });
  const client = new Client({ connectionString: appUrl });
  await client.connect();
  const plans: string[] = [];
  const explain: Sql = async (strings: TemplateStringsArray, ...values: readonly SqlValue[]) => {
    const statement = compile(strings, values);
    const { rows } = await client.query<{ 'QUERY PLAN': string }>({
      text: `explain ${options.anyOwner ? '(generic_plan)' : ''} ${statement.text}`,
      values: options.anyOwner ? [] : [...statement.values],
    });
    plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
    return [];
  };
  try {
    await client.query(`select set_config('app.actor_id', $1, false)`, [drawn.actor.userId]);
    await query.run(explain, drawn);
  } finally {
    await client.end();
  }
  return plans.join('\n');
}

/** Tables that grow with the library; a small one may be read whole. */
const large = new Set([
  'users',
  'folders',
  'blobs',
  'documents',
  'document_versions',
  'processing_jobs',
  'processing_history',
  'pages',
  'zones',
]);

/** The large tables that a plan reads from one end to the other. */
export function wholeTablesRead(plan: string): string[] {
  const read = [...plan.matchAll(/Seq Scan on (\w+)/g)].map(([, table = '']) => table);
  return read.filter((table) => large.has(table));
}
