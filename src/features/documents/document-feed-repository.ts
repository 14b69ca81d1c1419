import type { Sql } from '#db/database.ts';
import type { DocumentId, FolderId, UserId } from '#kernel/ids.ts';

/** What a list shows of a document, for those who watch. */
export interface DocumentSnapshot {
  id: DocumentId;
  ownerId: UserId;
  title: string;
  status: string;
  folderId: FolderId | null;
  documentType: string | null;
  language: string | null;
  trashed: boolean;
  updatedAt: Date;
}

/** Whoever they belong to: the feed checks the owner itself. Those that are gone are left out. */
export async function findDocumentSnapshots(
  sql: Sql,
  ids: readonly DocumentId[],
): Promise<DocumentSnapshot[]> {
  return sql<DocumentSnapshot>`
    select id, owner_id, title, status, folder_id, document_type, language,
      deleted_at is not null as trashed, updated_at
    from documents where id = any(${ids}::uuid[])`;
}
