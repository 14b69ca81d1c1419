import { asId } from '#kernel/ids.ts';
import type { FolderId, UserId } from '#kernel/ids.ts';
import { each, idOf, seededId } from './seeded-id.ts';

/** As deep as folders may be nested. */
export const deepest = 20;

const folder = (n: number): FolderId => asId<FolderId>(seededId(10, n));

/** The folders of one owner who has a hundred thousand. */
export const archive = {
  archivist: asId<UserId>(seededId(11, 1)),
  /** Holds half of all folders, side by side. */
  wide: folder(1),
  /** Holds a tree of thousands, twenty to a folder, each with a document. */
  tree: folder(2),
  /** Empty; the tree moves into it. */
  elsewhere: folder(3),
  /** The lowest of a chain of twenty. */
  bottom: asId<FolderId>(seededId(13, deepest)),
};

/** Statements that fill it. Side by side: kind 12; in chains: kind 13; the tree: kind 14, and its documents: kind 15. */
export function archiveSteps(folders: number, treeFolders: number): string[] {
  const owner = idOf(11, '1');
  const half = Math.ceil(folders / 2);
  return [
    `insert into users (id, email) values (${owner}, 'archivist@example.org')`,
    `insert into folders (id, owner_id, name) values
       (${idOf(10, '1')}, ${owner}, 'Wide'), (${idOf(10, '2')}, ${owner}, 'Tree'), (${idOf(10, '3')}, ${owner}, 'Elsewhere')`,
    `insert into folders (id, owner_id, parent_id, name)
     select ${idOf(12, 'n')}, ${owner}, ${idOf(10, '1')}, 'Folder ' || n from ${each(half)}`,
    `insert into folders (id, owner_id, parent_id, name)
     select ${idOf(13, 'n')}, ${owner}, case when (n - 1) % ${deepest} > 0 then ${idOf(13, 'n - 1')} end, 'Level ' || n
     from ${each(half)}`,
    `insert into folders (id, owner_id, parent_id, name)
     select ${idOf(14, 'n')}, ${owner}, case when n <= 20 then ${idOf(10, '2')} else ${idOf(14, 'n / 20')} end, 'Branch ' || n
     from ${each(treeFolders)}`,
    `insert into blobs (id, owner_id, purpose, bucket, object_key, media_type, state, sha256, size_bytes, stored_at)
     select ${idOf(15, 'n')}, ${owner}, 'source', 'local', 'archive ' || n, 'application/pdf', 'stored',
       md5(n::text) || md5((-n)::text), 1000, now() from ${each(treeFolders)}`,
    `insert into documents (id, owner_id, folder_id, title, current_version_id, status)
     select ${idOf(15, 'n')}, ${owner}, ${idOf(14, 'n')}, 'Document ' || n, ${idOf(15, 'n')}, 'completed'
     from ${each(treeFolders)}`,
    `insert into document_versions (id, owner_id, document_id, number, blob_id, original_name, page_count, uploaded_by)
     select ${idOf(15, 'n')}, ${owner}, ${idOf(15, 'n')}, 1, ${idOf(15, 'n')}, n || '.pdf', 1, ${owner}
     from ${each(treeFolders)}`,
  ];
}
