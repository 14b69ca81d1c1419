import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { createDatabase } from '#db/create-database.ts';
import type { CopyValue, Database } from '#db/database.ts';
import { appUrl, ownerUrl, readCredentials } from '#db/embedded/cluster-credentials.ts';
import { localOwner } from '#features/identity/index.ts';
import type { BlobId, DocumentId, JobId, VersionId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import { silentLogger } from '#kernel/logger.ts';

/** Addresses of the embedded database of a running server. */
export async function databaseUrls(dataDir: string): Promise<{ owner: string; app: string }> {
  const credentials = await readCredentials(path.join(dataDir, 'pg18.json'));
  return { owner: ownerUrl(credentials), app: appUrl(credentials) };
}

/** A connection as the owner of the schema, for filling tables. */
export function openAsOwner(url: string): Database {
  return createDatabase({ url, poolSize: 4, statementTimeoutMs: 600_000, logger: silentLogger });
}

export interface FilledDocument {
  documentId: DocumentId;
  versionId: VersionId;
  jobId: JobId;
}

interface NewDocument extends FilledDocument {
  blobId: BlobId;
  title: string;
}

/** Inserts documents as if each had been uploaded and processed, by COPY; without pages. */
export async function insertDocuments(
  database: Database,
  count: number,
  pageCount: number,
): Promise<FilledDocument[]> {
  const documents: NewDocument[] = Array.from({ length: count }, (_, index) => ({
    documentId: newId<DocumentId>(Date.now() + index),
    versionId: newId<VersionId>(Date.now() + index),
    jobId: newId<JobId>(Date.now() + index),
    blobId: newId<BlobId>(),
    title: `Minutes of meeting ${index + 1}`,
  }));
  await database.transaction(async (sql) => {
    for (const { table, columns, row } of tablesToFill(pageCount)) {
      await sql.copyInto(table, columns.split(' '), documents.map(row));
    }
  });
  return documents;
}

interface FilledTable {
  table: string;
  /** Names with a space in between, in the order of the row. */
  columns: string;
  row: (document: NewDocument) => CopyValue[];
}

function tablesToFill(pageCount: number): FilledTable[] {
  const owner = localOwner.userId;
  const now = new Date();
  const pdf = 'application/pdf';
  return [
    {
      table: 'blobs',
      columns: 'id owner_id purpose bucket object_key media_type state sha256 size_bytes stored_at',
      row: ({ blobId }) => {
        return [blobId, owner, 'source', 'local', blobId, pdf, 'stored', someHash(), 123_456, now];
      },
    },
    {
      table: 'documents',
      columns: 'id owner_id title current_version_id',
      row: ({ documentId, title, versionId }) => [documentId, owner, title, versionId],
    },
    {
      table: 'document_versions',
      columns: 'id owner_id document_id number blob_id original_name page_count uploaded_by',
      row: ({ versionId, documentId, blobId, title }) => {
        return [versionId, owner, documentId, 1, blobId, `${title}.pdf`, pageCount, owner];
      },
    },
    {
      table: 'processing_jobs',
      columns:
        'id owner_id version_id requested_by status stage tier tool confidence progress pages_done started_at completed_at',
      row: ({ jobId, versionId }) => {
        const result = ['completed', 'validate', 'text_layer', 'bench', 0.99, 100, pageCount];
        return [jobId, owner, versionId, owner, ...result, now, now];
      },
    },
  ];
}

/** Every document has other bytes: equal ones would be duplicates. */
function someHash(): string {
  return randomBytes(32).toString('hex');
}
