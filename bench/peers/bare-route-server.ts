/** The least that a list of documents can cost here: Fastify, one named query, no schema, no job. */
import fastify from 'fastify';
import { createDatabase } from '#db/create-database.ts';
import { literalInteger } from '#db/sql-tag.ts';
import { localOwner } from '#features/identity/index.ts';
import { silentLogger } from '#kernel/logger.ts';

const [url = ''] = process.argv.slice(2);
const database = createDatabase({ url, poolSize: 10, logger: silentLogger });
const app = fastify();

app.get<{ Querystring: { limit: string } }>('/v1/documents', async ({ query }) => {
  // On behalf of the owner: row policies show nothing to nobody, and an empty list is no reference.
  const items = await database.as(localOwner)`
    select d.id, d.title, d.status, d.row_version, d.created_at, d.updated_at, d.processed_at,
      v.id as version_id, v.number as version_number, v.original_name, v.page_count,
      b.media_type, b.size_bytes, b.sha256
    from documents d
    join document_versions v on v.id = d.current_version_id
    join blobs b on b.id = v.blob_id
    where d.owner_id = ${localOwner.userId} and d.deleted_at is null
    order by d.id desc
    limit ${literalInteger(Number(query.limit))}`;
  return { items };
});

console.log(await app.listen({ host: '127.0.0.1', port: 0 }));
