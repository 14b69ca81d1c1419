import type { Sql } from '#db/database.ts';
import type { VersionId } from '#kernel/ids.ts';
import { readVersionMetadata } from '#features/documents/index.ts';
import {
  listAllPages,
  listEdgeZones,
  listHeadings,
  readStoredPages,
} from '#features/zones/index.ts';
import type { PageFacts } from '#pipeline/document-facts.ts';
import { type PageSample, sampledRanges } from '#pipeline/document-type/page-sample.ts';
import type { EdgeZone } from '#pipeline/running-titles.ts';

/**
 * What the finished stages of a job stored, as the validate stage wants it: words and text only of the few
 * pages that tell the type and the language. `pageCount` counts all pages of the version.
 */
export async function readSoFar(
  sql: Sql,
  versionId: VersionId,
  pageCount: number,
): Promise<{
  metadata: Record<string, string>;
  pages: PageFacts[];
  samples: PageSample[];
  edges: EdgeZone[];
}> {
  const [metadata, pages, headings, edges, samples] = await Promise.all([
    readVersionMetadata(sql, versionId),
    listAllPages(sql, versionId),
    listHeadings(sql, versionId),
    listEdgeZones(sql, versionId),
    Promise.all(
      sampledRanges(pageCount).map(({ from, to }) => readStoredPages(sql, versionId, from, to)),
    ),
  ]);
  const headingsOf = Map.groupBy(headings, (heading) => heading.pageNumber);
  return {
    metadata,
    edges,
    samples: samples.flat(),
    pages: pages.map((page) => ({
      number: page.number,
      confidence: page.confidence,
      textSource: page.textSource,
      wordCount: page.wordCount,
      warnings: page.warnings,
      headings: (headingsOf.get(page.number) ?? []).map(({ level, text }) => ({ level, text })),
    })),
  };
}
