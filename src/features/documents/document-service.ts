import type { Database } from '#db/database.ts';
import type { Actor } from '#features/identity/index.ts';
import { newestJobs } from '#features/jobs/index.ts';
import { AppError, raise } from '#kernel/app-error.ts';
import { decodeIdCursor, pageOf } from '#kernel/cursor.ts';
import type { DocumentId } from '#kernel/ids.ts';
import type { Document } from './document.ts';
import { documentEtag, documentNotFound } from './document.ts';
import type { DocumentFilter, ListedDocument } from './document-list-repository.ts';
import { listDocuments } from './document-list-repository.ts';
import { findDocument, setTrashed, updateTitle } from './document-repository.ts';

export interface DocumentDeps {
  database: Database;
}

export type DocumentWithJob = ListedDocument;

/** Throws `document.not_found`, also for what belongs to somebody else. */
export async function getDocument(
  deps: DocumentDeps,
  actor: Actor,
  id: DocumentId,
  options: { trashed?: boolean } = {},
): Promise<Document> {
  const document = await findDocument(deps.database.sql, actor, id, options);
  return document ?? raise(documentNotFound(id));
}

/** Throws `document.not_found`. */
export async function getDocumentWithJob(
  deps: DocumentDeps,
  actor: Actor,
  id: DocumentId,
): Promise<DocumentWithJob> {
  const document = await getDocument(deps, actor, id, { trashed: true });
  const [job] = await newestJobs(deps.database.sql, [document.versionId]);
  return { document, job: job ?? null };
}

export async function getDocumentPage(
  deps: DocumentDeps,
  actor: Actor,
  query: DocumentFilter & { cursor: string | undefined; limit: number },
): Promise<{ items: DocumentWithJob[]; nextCursor: string | null }> {
  const before = query.cursor === undefined ? null : decodeIdCursor(query.cursor);
  const { cursor: _, limit, ...filter } = query;
  const rows = await listDocuments(deps.database.sql, actor, { ...filter, before, limit });
  return pageOf(rows, limit, ({ document }) => [document.id]);
}

/**
 * `ifMatch` is the ETag the editor saw; without it, or with `*`, the last edit wins.
 * Throws `document.not_found`, or `request.precondition_failed` when somebody edited meanwhile.
 */
export async function renameDocument(
  deps: DocumentDeps,
  actor: Actor,
  id: DocumentId,
  title: string,
  ifMatch: string | undefined,
): Promise<void> {
  const document = await getDocument(deps, actor, id);
  const anyVersion = ifMatch === undefined || ifMatch === '*';
  const unchanged = anyVersion || ifMatch === documentEtag(document);
  const rowVersion = anyVersion ? null : document.rowVersion;
  if (!unchanged || !(await updateTitle(deps.database.sql, actor, id, title, rowVersion))) {
    throw new AppError(
      'request.precondition_failed',
      `"${document.title}" was changed meanwhile. Read it again and repeat the edit.`,
    );
  }
}

/** Puts a document into the trash. Throws `document.not_found`. */
export async function trashDocument(
  deps: DocumentDeps,
  actor: Actor,
  id: DocumentId,
): Promise<void> {
  if (!(await setTrashed(deps.database.sql, actor, id, true))) throw documentNotFound(id);
}

/** Takes a document out of the trash. Throws `document.not_found`. */
export async function restoreDocument(
  deps: DocumentDeps,
  actor: Actor,
  id: DocumentId,
): Promise<void> {
  if (!(await setTrashed(deps.database.sql, actor, id, false))) throw documentNotFound(id);
}
