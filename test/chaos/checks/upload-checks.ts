import { createHash } from 'node:crypto';
import type { ChaosFile } from '../chaos-corpus.ts';
import type { CheckContext } from './check.ts';

/** Every acknowledged upload is there, with its job, and the bytes come back as they were sent. */
export async function checkAcknowledged({
  database,
  acknowledged,
  download,
}: CheckContext): Promise<string[]> {
  const rows = await database.sql<{ documentId: string; jobId: string }>`
    select v.document_id, j.id as job_id
    from processing_jobs j join document_versions v on v.id = j.version_id`;
  const documentOf = new Map(rows.map((row) => [row.jobId, row.documentId]));
  const violations: string[] = [];
  for (const upload of acknowledged) {
    const { documentId, jobId, sha256, kind } = upload;
    if (documentOf.get(jobId) !== documentId) {
      violations.push(`document ${documentId} (${kind}) was acknowledged and is lost`);
      continue;
    }
    const bytes = await download(documentId);
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) {
      violations.push(`document ${documentId} (${kind}) comes back with other bytes`);
    }
  }
  return violations;
}

interface Outcome {
  documentId: string;
  originalName: string;
  documentStatus: string;
  jobStatus: string | null;
  pageCount: number | null;
  errorCode: string | null;
  errorMessage: string | null;
}

/** Every document ended as its file deserves: with all its pages, or with the reason why not. */
export async function checkOutcomes({ database, fates }: CheckContext): Promise<string[]> {
  const outcomes = await database.sql<Outcome>`
    select d.id as document_id, v.original_name, d.status as document_status, j.status as job_status,
      v.page_count, j.error_code, j.error_message
    from documents d
    join document_versions v on v.id = d.current_version_id
    left join lateral (
      select * from processing_jobs p where p.version_id = v.id order by p.id desc limit 1
    ) j on true`;
  return outcomes.flatMap((outcome) => {
    const wrong = whatIsWrong(outcome, fates.get(outcome.originalName));
    return wrong === null
      ? []
      : [`document ${outcome.documentId} (${outcome.originalName}) ${wrong}`];
  });
}

function whatIsWrong(outcome: Outcome, fate: ChaosFile['fate'] | undefined): string | null {
  const { documentStatus, jobStatus, pageCount, errorCode, errorMessage } = outcome;
  if (fate === undefined) return 'was never uploaded';
  if (jobStatus === null) return 'has no job';
  if (documentStatus !== jobStatus) return `is ${documentStatus} while its job is ${jobStatus}`;
  if ('pages' in fate) {
    if (jobStatus !== 'completed') return `is ${jobStatus} (${errorCode}: ${errorMessage})`;
    return pageCount === fate.pages ? null : `has ${pageCount} pages instead of ${fate.pages}`;
  }
  if (jobStatus !== 'failed') return `is ${jobStatus} although it cannot be read`;
  if (errorCode !== fate.fails) return `failed with ${errorCode} instead of ${fate.fails}`;
  return errorMessage ? null : 'failed without saying why';
}

/** Files with the same pages were read the same, whatever was killed meanwhile. */
export async function checkReadingsAgree({ database }: CheckContext): Promise<string[]> {
  const rows = await database.sql<{ originalName: string; readings: number }>`
    select reading.original_name, count(distinct reading.hash) as readings
    from (
      select v.id, v.original_name,
        md5(string_agg(p.number || ':' || p.text || p.word_boxes::text, '|' order by p.number)) as hash
      from document_versions v
      join documents d on d.current_version_id = v.id and d.status = 'completed'
      join pages p on p.version_id = v.id
      group by v.id, v.original_name
    ) reading
    group by reading.original_name
    having count(distinct reading.hash) > 1`;
  return rows.map((row) => `${row.originalName} was read in ${row.readings} different ways`);
}
