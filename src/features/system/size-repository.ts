import type { Sql } from '#db/database.ts';
import type { UserId } from '#kernel/ids.ts';

/** All in bytes on the disk of the database, partitions counted with their table. */
export interface TableSize {
  table: string;
  /** Rows and what is kept beside them because it is large. */
  tableBytes: number;
  indexBytes: number;
  /** As the planner takes it to be; exact only after an analyze. */
  rowsAbout: number;
}

export interface OwnerSize {
  ownerId: UserId;
  /** null for an account that was emptied. */
  email: string | null;
  blobs: number;
  blobBytes: number;
}

/** All tables with their indexes, those of the catalog included, in bytes; asking for the database as a whole needs rights on it. */
export async function readDatabaseSize(sql: Sql): Promise<number> {
  const rows = await sql<{ bytes: number }>`
    select sum(pg_total_relation_size(oid))::bigint as bytes from pg_class where relkind in ('r', 'm')`;
  return rows[0]?.bytes ?? 0;
}

/** Every table, the largest with its indexes first. */
export function readTableSizes(sql: Sql): Promise<TableSize[]> {
  return sql<TableSize>`
    select c.relname::text as table, sum(pg_table_size(l.oid))::bigint as table_bytes,
      sum(pg_indexes_size(l.oid))::bigint as index_bytes, sum(greatest(l.reltuples, 0))::bigint as rows_about
    from pg_class c
    -- A table that is not cut has no tree.
    left join lateral pg_partition_tree(c.oid) p on c.relkind = 'p' and p.isleaf
    join pg_class l on l.oid = coalesce(p.relid, c.oid)
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'm') and not c.relispartition
    group by c.oid, c.relname
    order by sum(pg_total_relation_size(l.oid)) desc, c.relname`;
}

/** Who has bytes in the blob store, the most first. */
export function readOwnerSizes(sql: Sql): Promise<OwnerSize[]> {
  return sql<OwnerSize>`
    select b.owner_id, u.email, count(*)::int as blobs, sum(b.size_bytes)::bigint as blob_bytes
    from blobs b join users u on u.id = b.owner_id
    where b.state = 'stored'
    group by b.owner_id, u.email order by sum(b.size_bytes) desc, b.owner_id`;
}
