import type { Sql } from '#db/database.ts';
import type { Actor } from '#features/identity/index.ts';
import type { DocumentId, EntryId, JobId, TimetableId } from '#kernel/ids.ts';
import type { JobStatus } from '#kernel/state-machines.ts';

/** The status of a job with the names of what it works on. */
export interface JobSubject {
  id: JobId;
  kind: string;
  status: JobStatus;
  stage: string | null;
  progress: number;
  /** null for a job over a journal entry. */
  document: { id: DocumentId; title: string } | null;
  /** null for a job over a document. */
  entry: { id: EntryId; excerpt: string } | null;
  /** The live timetables that come from the document. */
  timetables: { id: TimetableId; name: string }[];
}

/** null when the job is not there or not the actor's. */
export async function findJobWithNames(
  sql: Sql,
  actor: Actor,
  id: JobId,
): Promise<JobSubject | null> {
  const rows = await sql<JobSubject>`
    select j.id, j.kind, j.status, j.stage, j.progress,
      case when d.id is not null then jsonb_build_object('id', d.id, 'title', d.title) end as document,
      case when e.id is not null then jsonb_build_object('id', e.id, 'excerpt', e.excerpt) end as entry,
      coalesce((
        select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) order by t.id)
        from timetable_documents l join timetables t on t.id = l.timetable_id
        where l.document_id = d.id and t.deleted_at is null
      ), '[]') as timetables
    from processing_jobs j
    left join document_versions v on v.id = j.version_id
    left join documents d on d.id = v.document_id
    left join journal_entries e on e.id = j.entry_id
    where j.id = ${id} and j.owner_id = ${actor.userId}`;
  return rows[0] ?? null;
}
