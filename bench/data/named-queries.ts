import type { Sql } from '#db/database.ts';
import { listDocuments } from '#features/documents/document-list-repository.ts';
import { findDocument } from '#features/documents/document-repository.ts';
import { findPath, listFolders, listSubtree } from '#features/folders/folder-list-repository.ts';
import { findJob, listHistory, listJobs } from '#features/jobs/job-repository.ts';
import { findJobWithNames } from '#features/jobs/job-subject-repository.ts';
import { countHits, sortNewest, walkNewest } from '#features/search/search-repository.ts';
import { listZones } from '#features/zones/page-repository.ts';
import type { DrawnOwner } from './data-site.ts';

/** A query of the product that must stay fast, with the index that makes it so. */
export interface NamedQuery {
  name: string;
  /** Index that its plan must use, or one of several that are as good. */
  index: RegExp;
  run(sql: Sql, drawn: DrawnOwner): Promise<unknown>;
}

const newest = { trashed: false, before: null, limit: 20 };
const words = (query: string) => ({ query, documentId: undefined, limit: 20 });

/** A new query of a feature is one more line here: the bench measures it and a test reads its plan. */
export const namedQueries: readonly NamedQuery[] = [
  {
    name: 'documents.newest',
    index: /documents_newest/,
    run: (sql, { actor }) => listDocuments(sql, actor, newest),
  },
  {
    name: 'documents.of_status',
    index: /documents_status/,
    run: (sql, { actor }) => listDocuments(sql, actor, { ...newest, status: 'failed' }),
  },
  {
    name: 'documents.in_folder',
    index: /documents_folder/,
    run: (sql, { actor, folderId }) => listDocuments(sql, actor, { ...newest, folderId }),
  },
  {
    name: 'documents.one',
    index: /documents_(?:pkey|newest|owner_id_id_key)/,
    run: (sql, { actor, documentId }) => findDocument(sql, actor, documentId),
  },
  {
    name: 'folders.of_home',
    index: /folders_sibling_name/,
    run: (sql, { actor }) =>
      listFolders(sql, actor, { parentId: null, after: null, offset: 0, limit: 50 }),
  },
  {
    name: 'folders.path',
    index: /folders_(?:pkey|owner_id_id_key)/,
    run: (sql, { actor, folderId }) => findPath(sql, actor, folderId),
  },
  {
    name: 'folders.subtree',
    index: /folders_(?:parent|sibling_name)/,
    run: (sql, { actor, folderId }) =>
      listSubtree(sql, actor, { from: folderId, depth: 20, limit: 100 }),
  },
  {
    name: 'zones.of_page',
    index: /zones_position/,
    run: (sql, { versionId }) => listZones(sql, versionId, 1, 1),
  },
  {
    name: 'jobs.newest',
    index: /processing_jobs_(?:newest|version)/,
    run: (sql, { actor }) => listJobs(sql, actor, { status: undefined, before: null, limit: 20 }),
  },
  {
    name: 'jobs.one',
    index: /processing_jobs_(?:pkey|newest|owner_id_id_key)/,
    run: (sql, { actor, jobId }) => findJob(sql, actor, jobId),
  },
  {
    name: 'jobs.history',
    index: /processing_history_pkey/,
    run: (sql, { jobId }) => listHistory(sql, jobId),
  },
  {
    name: 'jobs.with_names',
    index: /processing_jobs_(?:pkey|newest|owner_id_id_key)/,
    run: (sql, { actor, jobId }) => findJobWithNames(sql, actor, jobId),
  },
  {
    name: 'search.rare_word',
    index: /pages_(?:search|newest)/,
    run: (sql, { actor }) => countHits(sql, actor, words('word4711'), 1_001),
  },
  {
    name: 'search.commonest_word_sorted',
    index: /pages/,
    run: (sql, { actor }) => sortNewest(sql, actor, words('common'), null, 1_001),
  },
  {
    name: 'search.commonest_word_walked',
    index: /pages_newest/,
    run: (sql, { actor }) => walkNewest(sql, actor, words('common'), null),
  },
];
