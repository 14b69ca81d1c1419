import type { Sql, Transaction } from '#db/database.ts';
import { fragment, json } from '#db/sql-tag.ts';
import type { ContentId, JobId, UserId, VersionId } from '#kernel/ids.ts';
import { newId } from '#kernel/ids.ts';
import type { ProcessedContent } from './content.ts';

const columns = fragment`
  id, version_id, job_id, task_type, source, processed_data, confidence_score, ai_provider_info, author_id,
  superseded_at, created_at`;

export interface NewContent {
  ownerId: UserId;
  versionId: VersionId;
  jobId: JobId | null;
  taskType: string;
  processedData: Record<string, unknown>;
  /** 0..1; a person's result is certain. */
  confidenceScore: number;
  /** null for a machine. */
  authorId: UserId | null;
}

/**
 * Stores a result in the place of the current one, which is kept. A machine's result does not take the place of a
 * person's: it is kept as history. Throws `content.conflict` when another one came at the same time.
 */
export async function storeContent(sql: Transaction, content: NewContent): Promise<void> {
  const { ownerId, versionId, jobId, taskType, processedData, confidenceScore, authorId } = content;
  const isHuman = authorId !== null;
  // 1. the current one makes room, 2. a machine's result stands back while a person's stays current
  await sql`
    update processed_content set superseded_at = now()
    where version_id = ${versionId} and task_type = ${taskType} and superseded_at is null
      and (${isHuman} or source = 'machine')`;
  await sql`
    insert into processed_content
      (id, owner_id, version_id, job_id, task_type, source, processed_data, confidence_score, author_id, superseded_at)
    select ${newId<ContentId>()}, ${ownerId}, ${versionId}, ${jobId}, ${taskType},
      ${isHuman ? 'human' : 'machine'}, ${json(processedData)}, ${confidenceScore}, ${authorId},
      case when exists (
        select from processed_content
        where version_id = ${versionId} and task_type = ${taskType} and superseded_at is null
      ) then now() end`;
}

/** The current result; null when there is none. */
export async function findContent(
  sql: Sql,
  versionId: VersionId,
  taskType: string,
): Promise<ProcessedContent | null> {
  const rows = await sql<ProcessedContent>`
    select ${columns} from processed_content
    where version_id = ${versionId} and task_type = ${taskType} and superseded_at is null`;
  return rows[0] ?? null;
}

/** Current results of a version by task type; with `history` also those before them, newest first. */
export async function listContent(
  sql: Sql,
  versionId: VersionId,
  history: boolean,
): Promise<ProcessedContent[]> {
  return sql<ProcessedContent>`
    select ${columns} from processed_content
    where version_id = ${versionId} and (${history} or superseded_at is null)
    order by task_type, superseded_at desc nulls first, created_at desc, id desc
    limit 500`;
}
