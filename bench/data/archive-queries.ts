import {
  findPath,
  listFolders,
  listSubtree,
  listTrashedFolders,
} from '#features/folders/folder-list-repository.ts';
import {
  deleteTrashedFolder,
  findChain,
  restoreSubtree,
  trashSubtree,
  updateFolder,
} from '#features/folders/folder-repository.ts';
import { archive } from './archive-seed.ts';
import type { NamedQuery } from './named-queries.ts';

const page = { after: null, before: null, offset: 0, limit: 50 };
/** Siblings come in the order of an index: of 50,000 none are sorted. */
const siblings = /^(?![^]*Sort Key: \w+\.name_key)[^]*folders_(?:sibling_name|parent)/;
const byId = /folders_(?:pkey|owner_id_id_key)/;

/** What is asked of the folders of the archivist, and done to them, with the indexes that their plans must use. */
export const archiveQueries: readonly NamedQuery[] = [
  {
    name: 'archive.list_wide',
    index: siblings,
    run: (sql, { actor }) => listFolders(sql, actor, { ...page, parentId: archive.wide }),
  },
  {
    name: 'archive.list_wide_middle',
    index: /Index Cond: .*name_key > /,
    run: (sql, { actor }) =>
      listFolders(sql, actor, { ...page, parentId: archive.wide, after: 'Folder 40000' }),
  },
  {
    name: 'archive.list_home',
    index: siblings,
    run: (sql, { actor }) => listFolders(sql, actor, { ...page, parentId: null }),
  },
  {
    name: 'archive.list_trash',
    index: /folders_trashed/,
    run: (sql, { actor }) => listTrashedFolders(sql, actor, page),
  },
  {
    name: 'archive.path',
    index: byId,
    run: (sql, { actor }) => findPath(sql, actor, archive.bottom),
  },
  {
    name: 'archive.subtree',
    index: siblings,
    run: (sql, { actor }) => listSubtree(sql, actor, { from: archive.wide, depth: 20, limit: 500 }),
  },
  {
    name: 'archive.chain',
    index: /Index Cond: .*name_key = /,
    run: (sql, { actor }) => findChain(sql, actor, archive.wide, ['Folder 40000', 'Letters']),
  },
];

/** Changes, whose plans are read only. */
export const archiveChanges: readonly NamedQuery[] = [
  {
    name: 'archive.rename',
    index: byId,
    run: (sql, { actor }) => updateFolder(sql, actor, archive.wide, { name: 'Broad' }, null),
  },
  {
    name: 'archive.move',
    index: byId,
    run: (sql, { actor }) =>
      updateFolder(sql, actor, archive.tree, { parentId: archive.elsewhere }, null),
  },
  {
    name: 'archive.trash',
    index: /documents_of_folder/,
    run: (sql, { actor }) => trashSubtree(sql, actor, archive.tree),
  },
  {
    name: 'archive.restore',
    index: /folders_parent/,
    run: (sql, { actor }) => restoreSubtree(sql, actor, archive.tree),
  },
  {
    name: 'archive.purge',
    index: /folders_trashed/,
    run: (sql, { actor }) => deleteTrashedFolder(sql, actor, archive.tree),
  },
  {
    // What the foreign key asks for each folder that is deleted, in its words.
    name: 'archive.purge_of_documents',
    index: /documents_of_folder/,
    run: (sql) => sql`
      update only documents set folder_id = null
      where ${archive.archivist}::uuid = owner_id and ${archive.tree}::uuid = folder_id`,
  },
];
