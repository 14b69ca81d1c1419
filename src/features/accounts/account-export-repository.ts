import type { Sql } from '#db/database.ts';
import { fragment } from '#db/sql-tag.ts';
import type { Actor } from '#features/identity/index.ts';

/** A row as JSON text, just as the database holds it: numbers keep all their digits. */
export interface ExportedLine {
  id: string;
  line: string;
}

/** What is taken along of each kind, in the order of ids, from `after` on. */
const sources = {
  documents: fragment`
    select d.id, to_jsonb(d) - 'owner_id' || jsonb_build_object('versions', (
      select coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'number', v.number, 'original_name', v.original_name,
        'page_count', v.page_count, 'note', v.note, 'created_at', v.created_at) order by v.number), '[]')
      from document_versions v where v.document_id = d.id)) as content
    from documents d`,
  folders: fragment`select f.id, to_jsonb(f) - 'owner_id' - 'name_key' as content from folders f`,
  journal: fragment`select e.id, to_jsonb(e) - 'owner_id' - 'search' as content from journal_entries e`,
  timetables: fragment`
    select t.id, to_jsonb(t) - 'owner_id' - 'search' || jsonb_build_object('blocks', (
      select coalesce(jsonb_agg(to_jsonb(b) - 'owner_id' - 'search' order by b.day_of_week, b.track, b.start_time), '[]')
      from timeblocks b where b.timetable_id = t.id)) as content
    from timetables t`,
} as const;

export type ExportedKind = keyof typeof sources;

/** Up to 500 rows of the actor, in the order of their ids; the next page begins after the last one. */
export async function listExported(
  sql: Sql,
  actor: Actor,
  kind: ExportedKind,
  after: string | null,
): Promise<ExportedLine[]> {
  return sql<ExportedLine>`
    select row.id, row.content::text as line from (${sources[kind]}
      where owner_id = ${actor.userId} and (${after}::uuid is null or id > ${after}::uuid)) row
    order by row.id limit 500`;
}

/** An uploaded file. */
export interface ExportedFile {
  versionId: string;
  documentId: string;
  number: number;
  originalName: string;
  objectKey: string;
  createdAt: Date;
}

/** Up to 500 files of the actor, every version, in the order of the ids of versions. */
export async function listExportedFiles(
  sql: Sql,
  actor: Actor,
  after: string | null,
): Promise<ExportedFile[]> {
  return sql<ExportedFile>`
    select v.id as version_id, v.document_id, v.number, v.original_name, b.object_key, v.created_at
    from document_versions v join blobs b on b.id = v.blob_id
    where v.owner_id = ${actor.userId} and b.state = 'stored' and (${after}::uuid is null or v.id > ${after}::uuid)
    order by v.id limit 500`;
}
