import type { Database } from '#db/database.ts';
import { getDocument } from '#features/documents/index.ts';
import type { Actor } from '#features/identity/index.ts';
import { using } from '#features/identity/index.ts';
import { raise } from '#kernel/app-error.ts';
import type { DocumentId } from '#kernel/ids.ts';
import { type ProcessedContent, contentNotFound } from './content.ts';
import { findContent, listContent, storeContent } from './content-repository.ts';

export interface ContentDeps {
  database: Database;
}

/** Structured results of the current version. Throws `document.not_found`. */
export async function getContentList(
  deps: ContentDeps,
  actor: Actor,
  id: DocumentId,
  history: boolean,
): Promise<ProcessedContent[]> {
  const { versionId } = await getDocument(deps, actor, id, { action: 'read' });
  return listContent(deps.database.as(using(actor, id)), versionId, history);
}

/** Throws `document.not_found` or `content.not_found`. */
export async function getContent(
  deps: ContentDeps,
  actor: Actor,
  id: DocumentId,
  taskType: string,
): Promise<ProcessedContent> {
  const { versionId } = await getDocument(deps, actor, id, { action: 'read' });
  return (
    (await findContent(deps.database.as(using(actor, id)), versionId, taskType)) ??
    raise(contentNotFound(taskType))
  );
}

/** A person's result takes the place of the current one. Throws `document.not_found` or `content.conflict`. */
export async function putContent(
  deps: ContentDeps,
  actor: Actor,
  id: DocumentId,
  taskType: string,
  processedData: Record<string, unknown>,
): Promise<ProcessedContent> {
  const { versionId, ownerId } = await getDocument(deps, actor, id, { action: 'correct' });
  await deps.database.transaction(
    (sql) =>
      storeContent(sql, {
        ownerId,
        versionId,
        jobId: null,
        taskType,
        processedData,
        confidenceScore: 1,
        authorId: actor.userId,
      }),
    { actor: using(actor, id) },
  );
  return getContent(deps, actor, id, taskType);
}
