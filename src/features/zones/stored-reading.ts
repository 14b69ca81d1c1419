import type { Sql } from '#db/database.ts';
import type { VersionId } from '#kernel/ids.ts';
import type { PageReading } from '#pipeline/page-reading.ts';
import type { PageContent, ZoneRow } from './page-repository.ts';
import { listZones, readPages } from './page-repository.ts';
import { parseZoneData } from '#pipeline/zone-data.ts';
import { unpackWords } from './stored-words.ts';

/** Pages read in one go: enough to keep round trips few, little enough to stay small in memory. */
const batch = 25;

/** A stored version page by page, as the writers of the pipeline want it. */
export async function* streamReading(sql: Sql, versionId: VersionId): AsyncGenerator<PageReading> {
  for (let from = 1; ;) {
    const pages = await readPages(sql, versionId, from, batch);
    const last = pages.at(-1);
    if (!last) return;
    const zones = await listZones(sql, versionId, from, last.number);
    const zonesOf = Map.groupBy(zones, (zone) => zone.pageNumber);
    for (const page of pages) yield toReading(page, zonesOf.get(page.number) ?? []);
    from = last.number + 1;
  }
}

/** Stored pages from..to, both inclusive, as they were read; those that are not stored are left out. */
export async function readStoredPages(
  sql: Sql,
  versionId: VersionId,
  from: number,
  to: number,
): Promise<PageReading[]> {
  const [pages, zones] = await Promise.all([
    readPages(sql, versionId, from, to - from + 1),
    listZones(sql, versionId, from, to),
  ]);
  const zonesOf = Map.groupBy(zones, (zone) => zone.pageNumber);
  return pages
    .filter((page) => page.number <= to)
    .map((page) => toReading(page, zonesOf.get(page.number) ?? []));
}

function toReading(page: PageContent, zones: readonly ZoneRow[]): PageReading {
  const { number, width, height, rotation, text, textSource, tool, confidence, warnings } = page;
  return {
    number,
    widthPt: width,
    heightPt: height,
    rotation,
    words: unpackWords(page.text, page.wordBoxes),
    text,
    textSource,
    tool,
    confidence,
    warnings,
    zones: zones.map(toZoneReading),
  };
}

function toZoneReading(zone: ZoneRow): PageReading['zones'][number] {
  const { kind, position, x, y, width, height, content, confidence, tool } = zone;
  const data = parseZoneData(zone.data);
  return {
    kind,
    position,
    x,
    y,
    width,
    height,
    content,
    confidence,
    tool,
    wordFrom: zone.wordFrom ?? 0,
    wordTo: zone.wordTo ?? -1,
    ...(data !== undefined && { data }),
  };
}
