import { Client } from 'pg';

import { readLastingTables } from '#db/backup/lasting-tables.ts';

/** A hash over the rows of every table that a backup holds, generated columns included. `url` is the owner's. */
export async function rowHashes(url: string): Promise<Record<string, string>> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const hashes: Record<string, string> = {};
    for (const { name } of await readLastingTables(client)) {
      const { rows } = await client.query<{ hash: string }>(
        `select count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as hash from ${name} t`,
      );
      hashes[name] = rows[0]?.hash ?? '';
    }
    return hashes;
  } finally {
    await client.end();
  }
}
