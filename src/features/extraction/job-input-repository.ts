import type { Sql } from '#db/database.ts';
import type { VersionFile } from '#features/documents/index.ts';
import type { JobOptions } from '#features/jobs/index.ts';
import type { JobId } from '#kernel/ids.ts';
import type { JobStatus } from '#kernel/state-machines.ts';

/** What a work item needs to know of its job. */
export interface JobInput {
  version: VersionFile;
  options: JobOptions;
  status: JobStatus;
}

/** One question for all of it, since every work item asks. null when the job or its file is gone. */
export async function findJobInput(sql: Sql, id: JobId): Promise<JobInput | null> {
  const rows = await sql<VersionFile & { options: JobOptions; status: JobStatus }>`
    select v.id as version_id, v.owner_id, v.document_id, v.page_count, v.original_name,
      b.object_key, b.media_type, b.sha256, j.options, j.status
    from processing_jobs j
    join document_versions v on v.id = j.version_id
    join blobs b on b.id = v.blob_id
    where j.id = ${id}`;
  const [row] = rows;
  if (row === undefined) return null;
  const { options, status, ...version } = row;
  return { version, options, status };
}
