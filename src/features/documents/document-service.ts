import type { Database } from '#db/database.ts';
import { type DocumentContents, emptyContents } from '#engines/document-contents.ts';
import type { Actor, DocumentAction } from '#features/identity/index.ts';
import { allowed, reader, systemActor, using } from '#features/identity/index.ts';
import { newestJobs } from '#features/jobs/index.ts';
import { AppError, raise } from '#kernel/app-error.ts';
import { decodeIdCursor, pageOf } from '#kernel/cursor.ts';
import { changedMeanwhile, versionToEdit } from '#kernel/edit-tag.ts';
import type { DocumentId } from '#kernel/ids.ts';
import type { Document } from './document.ts';
import { documentNotFound } from './document.ts';
import type { DocumentChange } from './document-edit-repository.ts';
import {
  deleteTrashedDocuments,
  keepFolderLive,
  updateDocument,
} from './document-edit-repository.ts';
import type { DocumentFilter, ListedDocument } from './document-list-repository.ts';
import { listDocuments } from './document-list-repository.ts';
import { findDocument, readVersionContents, setTrashed } from './document-repository.ts';
import { checkMetadata } from './metadata-rules.ts';

export interface DocumentDeps {
  database: Database;
}

export type DocumentWithJob = ListedDocument;

/**
 * A document that the actor may do `action` with; `manage` unless said otherwise, so that what forgets to say it is for
 * owners only. Throws `document.not_found`, also for what the actor may not even see,
 * or `access.denied` for what they may see and not do that with.
 */
export async function getDocument(
  deps: DocumentDeps,
  actor: Actor,
  id: DocumentId,
  options: { trashed?: boolean; action?: DocumentAction } = {},
): Promise<Document> {
  // Nearly always it is the actor's own. Only then is the database asked to look up what was granted.
  const document =
    (await findDocument(deps.database.as(actor), actor, id, options)) ??
    (await findDocument(deps.database.as(using(actor, id)), actor, id, options)) ??
    raise(documentNotFound(id));
  if (!allowed(actor, 'read', document)) throw documentNotFound(id);
  if (!allowed(actor, options.action ?? 'manage', document)) {
    throw new AppError(
      'access.denied',
      `"${document.title}" belongs to somebody else, who lets you see it but not do this. Ask them for more.`,
      { details: { permission: document.permission } },
    );
  }
  return document;
}

/** Throws `document.not_found`. */
export async function getDocumentWithJob(
  deps: DocumentDeps,
  actor: Actor,
  id: DocumentId,
): Promise<DocumentWithJob> {
  const document = await getDocument(deps, actor, id, { trashed: true, action: 'read' });
  const [job] = await newestJobs(deps.database.as(reader(actor, document)), [document.versionId]);
  return { document, job: job ?? null };
}

/** What the file lists of itself, empty lists where it lists nothing. Throws `document.not_found`. */
export async function getDocumentContents(
  deps: DocumentDeps,
  actor: Actor,
  id: DocumentId,
): Promise<DocumentContents> {
  const document = await getDocument(deps, actor, id, { trashed: true, action: 'read' });
  const sql = deps.database.as(reader(actor, document));
  return (await readVersionContents(sql, document.versionId)) ?? emptyContents;
}

export async function getDocumentPage(
  deps: DocumentDeps,
  actor: Actor,
  query: DocumentFilter & { cursor: string | undefined; offset?: number; limit: number },
): Promise<{ items: DocumentWithJob[]; nextCursor: string | null }> {
  const before = query.cursor === undefined ? null : decodeIdCursor(query.cursor);
  const { cursor: _, limit, ...filter } = query;
  const shared = query.shared === true || actor.kind === 'link';
  // As the program, since row policies show one granted document at a time: the query itself asks what was granted.
  const sql = deps.database.as(shared ? systemActor : actor);
  const rows = await listDocuments(sql, actor, { ...filter, shared, before, limit });
  return pageOf(rows, limit, ({ document }) => [document.id]);
}

/**
 * Renames, moves to a folder or Home, replaces the metadata, or several of these. `ifMatch` is the ETag the editor saw;
 * without it, or with `*`, the last edit wins. Throws `document.not_found`, `folder.not_found`,
 * `document.metadata_invalid`, or `request.precondition_failed` when somebody edited meanwhile.
 */
export async function editDocument(
  deps: DocumentDeps,
  actor: Actor,
  id: DocumentId,
  change: DocumentChange,
  ifMatch: string | undefined,
): Promise<void> {
  if (change.metadata !== undefined) checkMetadata(change.metadata);
  const { folderId } = change;
  // Where a document lies is its owner's business.
  const action = folderId === undefined ? 'edit' : 'manage';
  const document = await getDocument(deps, actor, id, { action });
  const rowVersion = versionToEdit(ifMatch, document, document.title);
  await deps.database.transaction(
    async (sql) => {
      if (folderId && !(await keepFolderLive(sql, actor, folderId))) {
        throw new AppError('folder.not_found', `There is no folder ${folderId}.`, {
          details: { field: 'folderId' },
        });
      }
      const changed = await updateDocument(sql, document.ownerId, id, change, rowVersion);
      if (!changed) throw changedMeanwhile(document.title);
    },
    { actor: reader(actor, document) },
  );
}

/**
 * Deletes a trashed document for good, with all that was read of it. Its bytes follow with the next sweep.
 * Throws `document.not_found`, also for one that is not in the trash.
 */
export async function purgeDocument(
  deps: DocumentDeps,
  actor: Actor,
  id: DocumentId,
): Promise<void> {
  await deps.database.transaction(
    async (sql) => {
      const deleted = await deleteTrashedDocuments(sql, [id], { owner: actor.userId });
      if (deleted === 0) throw documentNotFound(id);
    },
    { actor },
  );
}

/** Puts a document into the trash. Throws `document.not_found`. */
export async function trashDocument(
  deps: DocumentDeps,
  actor: Actor,
  id: DocumentId,
): Promise<void> {
  if (!(await setTrashed(deps.database.as(actor), actor, id, true))) throw documentNotFound(id);
}

/** Takes a document out of the trash. Throws `document.not_found`. */
export async function restoreDocument(
  deps: DocumentDeps,
  actor: Actor,
  id: DocumentId,
): Promise<void> {
  if (!(await setTrashed(deps.database.as(actor), actor, id, false))) throw documentNotFound(id);
}
