import type { Actor } from '#features/identity/index.ts';
import { reader } from '#features/identity/index.ts';
import { raise } from '#kernel/app-error.ts';
import { decodeCursor, pageOf } from '#kernel/cursor.ts';
import { changedMeanwhile, versionToEdit } from '#kernel/edit-tag.ts';
import type { DocumentId } from '#kernel/ids.ts';
import type { DocumentDeps } from './document-service.ts';
import { getDocument } from './document-service.ts';
import type { DocumentVersion } from './document-version.ts';
import { versionNotFound } from './document-version.ts';
import { findVersion, listVersions, setCurrentVersion } from './document-version-repository.ts';

/** Every upload of a document, newest first. Throws `document.not_found` or `cursor.invalid`. */
export async function getVersionPage(
  deps: DocumentDeps,
  actor: Actor,
  id: DocumentId,
  query: { cursor: string | undefined; limit: number },
): Promise<{ items: DocumentVersion[]; nextCursor: string | null }> {
  const document = await getDocument(deps, actor, id, { action: 'read' });
  const before = query.cursor === undefined ? null : decodeNumber(query.cursor);
  const { limit } = query;
  const rows = await listVersions(deps.database.as(reader(actor, document)), document.id, {
    before,
    limit,
  });
  return pageOf(rows, limit, (version) => [version.number]);
}

/** One upload of a document by its number. Throws `document.not_found` or `document.version_not_found`. */
export async function getVersion(
  deps: DocumentDeps,
  actor: Actor,
  id: DocumentId,
  number: number,
): Promise<DocumentVersion> {
  const document = await getDocument(deps, actor, id, { action: 'read' });
  const version = await findVersion(deps.database.as(reader(actor, document)), id, number);
  return version ?? raise(versionNotFound(document.title, number));
}

function decodeNumber(cursor: string): number {
  return Number(decodeCursor(cursor, 1, ([number]) => Number.isInteger(number))[0]);
}

/**
 * Makes an earlier (or later) version the current one again; nothing is read anew. `ifMatch` is the ETag of the
 * document that the editor saw. Throws `document.not_found`, `document.version_not_found` or `request.precondition_failed`.
 */
export async function restoreVersion(
  deps: DocumentDeps,
  actor: Actor,
  id: DocumentId,
  number: number,
  ifMatch: string | undefined,
): Promise<void> {
  const document = await getDocument(deps, actor, id, { action: 'manage' });
  const rowVersion = versionToEdit(ifMatch, document, document.title);
  await deps.database.transaction(
    async (sql) => {
      const version =
        (await findVersion(sql, id, number)) ?? raise(versionNotFound(document.title, number));
      const changed = await setCurrentVersion(sql, actor, id, version.id, rowVersion);
      if (!changed) throw changedMeanwhile(document.title);
    },
    { actor },
  );
}
