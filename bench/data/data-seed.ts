import type { Database, Transaction } from '#db/database.ts';
import { archiveSteps } from './archive-seed.ts';
import { each, idOf } from './seeded-id.ts';

/** How many rows of each kind. */
export interface DataScale {
  owners: number;
  documents: number;
  zonesPerDocument: number;
  historyPerJob: number;
  /** Folders below one folder of the first owner. */
  treeFolders: number;
  /** Folders of the archivist, who has more than anybody else: half side by side, half in chains as deep as may be. */
  archiveFolders: number;
}

/**
 * Fills an empty database as the superuser, with triggers off: every row is as its triggers would have left it.
 * The rows are made on the server, where they are wanted.
 */
export async function seedData(admin: Database, scale: DataScale): Promise<void> {
  const { owners, documents, zonesPerDocument, historyPerJob, treeFolders, archiveFolders } = scale;
  const ownerOf = (n: string): string => idOf(1, `((${n}) - 1) % ${owners} + 1`);
  const words = `'word' || (n % 5000) || ' common text of page ' || n || ' topic' || (n % 97)`;
  const steps = [
    `insert into users (id, email) select ${idOf(1, 'n')}, 'owner' || n || '@example.org' from ${each(owners)}`,
    // One folder for every owner, and a wide tree below the folder of the first.
    `insert into folders (id, owner_id, name) select ${idOf(5, 'n')}, ${idOf(1, 'n')}, 'Letters' from ${each(owners)}`,
    `insert into folders (id, owner_id, parent_id, name)
     select ${idOf(6, 'n')}, ${idOf(1, '1')},
       case when n <= 20 then ${idOf(5, '1')} else ${idOf(6, 'n / 20')} end, 'folder ' || n from ${each(treeFolders)}`,
    `insert into folders (id, owner_id, name) values (${idOf(7, '1')}, ${idOf(1, '1')}, 'Elsewhere')`,
    `insert into blobs (id, owner_id, purpose, bucket, object_key, media_type, state, sha256, size_bytes, stored_at)
     select ${idOf(8, 'n')}, ${ownerOf('n')}, 'source', 'local', 'key ' || n, 'application/pdf', 'stored',
       md5(n::text) || md5((-n)::text), 1000, now() from ${each(documents)}`,
    `insert into documents (id, owner_id, folder_id, title, current_version_id, status)
     select ${idOf(2, 'n')}, ${ownerOf('n')}, case when (n / ${owners}) % 2 = 0 then ${idOf(5, `(n - 1) % ${owners} + 1`)} end,
       'Document ' || n, ${idOf(3, 'n')}, 'completed' from ${each(documents)}`,
    `insert into document_versions (id, owner_id, document_id, number, blob_id, original_name, page_count, uploaded_by)
     select ${idOf(3, 'n')}, ${ownerOf('n')}, ${idOf(2, 'n')}, 1, ${idOf(8, 'n')}, n || '.pdf', 1, ${ownerOf('n')}
     from ${each(documents)}`,
    `insert into processing_jobs (id, owner_id, version_id, requested_by, status, progress, pages_done, started_at, completed_at)
     select ${idOf(4, 'n')}, ${ownerOf('n')}, ${idOf(3, 'n')}, ${ownerOf('n')}, 'completed', 100, 1, now(), now()
     from ${each(documents)}`,
    `insert into pages (version_id, number, owner_id, job_id, width, height, text, text_source, tool, confidence, word_boxes)
     select ${idOf(3, 'n')}, 1, ${ownerOf('n')}, ${idOf(4, 'n')}, 595, 842, ${words}, 'text_layer', 'bench', 0.99, ''
     from ${each(documents)}`,
    `insert into zones (id, owner_id, version_id, page_number, position, kind, x, y, width, height, content, confidence, tool)
     select ${idOf(9, `n * 100 + z`)}, ${ownerOf('n')}, ${idOf(3, 'n')}, 1, z, 'text', 0.1, 0.1, 0.5, 0.05,
       'a paragraph of a dozen words that says what it has to say', case when z = 3 then 0.7 else 0.97 end, 'bench'
     from ${each(documents)}, generate_series(1, ${zonesPerDocument}) z`,
    `insert into processing_history (owner_id, job_id, seq, action, status)
     select ${ownerOf('n')}, ${idOf(4, 'n')}, h, 'item.done', 'running'
     from ${each(documents)}, generate_series(1, ${historyPerJob}) h`,
    ...archiveSteps(archiveFolders, treeFolders),
  ];
  await admin.transaction(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql`set local work_mem = '256MB'`;
    for (const step of steps) await runText(sql, step);
  });
  await admin.slow`vacuum analyze`;
}

/** A text made here and from numbers alone. */
async function runText(sql: Transaction, text: string): Promise<void> {
  const template = Object.assign([text], { raw: [text] });
  await sql(template);
}
