import { createHash } from 'node:crypto';
import { Client } from 'pg';

/**
 * A hash over every row of every table and over every sequence: two equal ones mean that nothing was
 * written in between. `url` is the owner's. A transaction that was rolled back leaves its numbers taken: `rowsOnly` leaves
 * the sequences out.
 */
export async function databaseHash(
  url: string,
  options: { rowsOnly?: true } = {},
): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const hash = createHash('sha256');
    const tables = await client.query<{ name: string }>(`
      select quote_ident(relname) as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'm') order by 1`);
    for (const { name } of tables.rows) {
      const rows = await client.query<{ line: string }>(
        `select t::text as line from ${name} t order by 1`,
      );
      hash.update(`${name}\n${rows.rows.map((row) => row.line).join('\n')}\n`);
    }
    if (options.rowsOnly) return hash.digest('hex');
    const sequences = await client.query(
      `select sequencename, last_value from pg_sequences where schemaname = 'public' order by 1`,
    );
    return hash.update(JSON.stringify(sequences.rows)).digest('hex');
  } finally {
    await client.end();
  }
}
