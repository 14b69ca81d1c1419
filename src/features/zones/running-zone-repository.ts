import type { Sql, Transaction } from '#db/database.ts';
import type { VersionId } from '#kernel/ids.ts';
import { edgeShare, mostEdgeCharacters, smallHeading } from '#pipeline/running-titles.ts';
import type { EdgeZone, RunningZone } from '#pipeline/running-titles.ts';

/** Short texts near the edges of all pages of a version, which may be headers and footers. */
export async function listEdgeZones(sql: Sql, versionId: VersionId): Promise<EdgeZone[]> {
  return sql<EdgeZone>`
    select page_number as page, position, y as top, y + height as bottom, content as text
    from zones
    where version_id = ${versionId}
      and (kind = 'text' or
        (kind = 'heading' and coalesce((data ->> 'headingLevel')::int, 3) >= ${smallHeading}))
      and (y + height <= ${edgeShare} or y >= ${1 - edgeShare})
      and content <> '' and length(content) <= ${mostEdgeCharacters}`;
}

/** Gives zones the kinds that were found over all pages. Zones a person has corrected keep theirs. */
export async function markRunningZones(
  sql: Transaction,
  versionId: VersionId,
  zones: readonly RunningZone[],
): Promise<void> {
  if (zones.length === 0) return;
  await sql`
    update zones set kind = running.kind, data = nullif(zones.data - 'headingLevel', '{}')
    from unnest(
      ${zones.map((zone) => zone.page)}::int[],
      ${zones.map((zone) => zone.position)}::int[],
      ${zones.map((zone) => zone.kind)}::text[]
    ) as running(page, position, kind)
    where zones.version_id = ${versionId} and zones.page_number = running.page
      and zones.position = running.position and zones.status = 'extracted'`;
}
