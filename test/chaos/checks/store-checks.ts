import type { CheckContext } from './check.ts';

/**
 * Rows and files of the blob store belong together one to one. To be called after a sweep that takes
 * every upload that has not ended for dead.
 */
export async function checkStore({ database, blobs }: CheckContext): Promise<string[]> {
  const rows = await database.sql<{ objectKey: string; state: string; sizeBytes: number | null }>`
    select object_key, state, size_bytes from blobs where state <> 'purged'`;
  const files = new Map(
    (await Array.fromAsync(blobs.list())).map((file) => [file.key, file.sizeBytes]),
  );
  const violations: string[] = [];
  for (const { objectKey, state, sizeBytes } of rows) {
    const fileBytes = files.get(objectKey);
    files.delete(objectKey);
    if (state !== 'stored') violations.push(`blob ${objectKey} is still ${state}`);
    else if (fileBytes === undefined) violations.push(`blob ${objectKey} has no file`);
    else if (fileBytes !== sizeBytes) violations.push(`blob ${objectKey} has ${fileBytes} bytes`);
  }
  return [...violations, ...[...files.keys()].map((key) => `file ${key} belongs to no blob`)];
}

/** Every stored blob belongs to a version: an upload either became a document or left nothing. */
export async function checkBlobsInUse({ database }: CheckContext): Promise<string[]> {
  const rows = await database.sql<{ id: string }>`
    select b.id from blobs b
    where b.state = 'stored' and not exists (select from document_versions v where v.blob_id = b.id)`;
  return rows.map((row) => `blob ${row.id} is stored and belongs to no document`);
}
