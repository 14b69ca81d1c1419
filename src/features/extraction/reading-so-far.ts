import type { Sql } from '#db/database.ts';
import type { VersionId } from '#kernel/ids.ts';
import { readVersionMetadata } from '#features/documents/index.ts';
import { listAllPages, listHeadings } from '#features/zones/index.ts';
import type { PageFacts } from '#pipeline/document-facts.ts';

/** What the finished stages of a job stored, as the validate stage wants it: without words or text. */
export async function readSoFar(
  sql: Sql,
  versionId: VersionId,
): Promise<{ metadata: Record<string, string>; pages: PageFacts[] }> {
  const [metadata, pages, headings] = await Promise.all([
    readVersionMetadata(sql, versionId),
    listAllPages(sql, versionId),
    listHeadings(sql, versionId),
  ]);
  const headingsOf = Map.groupBy(headings, (heading) => heading.pageNumber);
  return {
    metadata,
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
