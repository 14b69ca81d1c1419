import { Client } from 'pg';

import { toDatabaseError } from '../database-error.ts';

/** Reads rows of the catalog, columns as the query names them. */
export type CatalogReader = <Row extends Record<string, unknown>>(query: string) => Promise<Row[]>;

/**
 * Runs `work` in one read-only snapshot of the catalog. Names of schema public are printed without
 * the schema. Throws `db.unavailable`.
 */
export async function withCatalog<Result>(
  url: string,
  work: (read: CatalogReader) => Promise<Result>,
): Promise<Result> {
  const client = new Client({ connectionString: url, application_name: 'docmill catalog' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(
      'begin isolation level repeatable read read only; set local search_path = public',
    );
    return await work(async <Row extends Record<string, unknown>>(query: string) => {
      const result = await client.query<Row>(query);
      return result.rows;
    });
  } catch (error) {
    throw toDatabaseError(error, {});
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A condition that leaves out what belongs to an extension. */
export function notOfExtension(catalog: string, oid: string): string {
  return `not exists (select from pg_depend where classid = '${catalog}'::regclass and objid = ${oid} and deptype = 'e')`;
}
