import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '#db/database.ts';
import type { ChaosFile } from './chaos-corpus.ts';
import type { ChaosSite } from './chaos-site.ts';

const restLimitMs = 300_000;

/** Waits until every job has ended; a violation when one has not in five minutes. */
export async function waitForRest(database: Database): Promise<string[]> {
  const deadline = performance.now() + restLimitMs;
  for (;;) {
    const open = await openJobs(database).catch(() => undefined);
    if (open?.length === 0) return [];
    if (performance.now() > deadline) {
      return [
        `rest: after ${restLimitMs} ms these jobs are open: ${open?.join(', ') ?? 'unknown'}`,
      ];
    }
    await pause(100);
  }
}

async function openJobs(database: Database): Promise<string[]> {
  const rows = await database.sql<{ id: string; status: string }>`
    select id, status from processing_jobs where status not in ('completed', 'failed', 'cancelled')`;
  return rows.map((row) => `${row.id} ${row.status}`);
}

interface UnluckyJob {
  id: string;
  errorCode: string;
  originalName: string;
  fewestTries: number;
}

/** What a kill may leave as the reason of a failure. */
const bluntReasons = ['engine.crashed', 'db.unavailable'];

/**
 * Files whose work items were killed three times in a row have failed, which is right: nothing tells them from
 * a file that kills. They are retried as a person would do it, and must end then as they deserve.
 */
export async function retryUnlucky(
  site: ChaosSite,
  corpus: readonly ChaosFile[],
): Promise<{ count: number; violations: string[] }> {
  const good = corpus.filter((file) => 'pages' in file.fate).map((file) => file.fileName);
  const failed = await site.database.sql<UnluckyJob>`
    select j.id, j.error_code, v.original_name, min(q.attempts) as fewest_tries
    from processing_jobs j
    join document_versions v on v.id = j.version_id
    join processing_queue q on q.job_id = j.id and q.status = 'dead'
    where j.status = 'failed' and (v.original_name = any(${good}) or j.error_code = any(${bluntReasons}))
    group by j.id, v.original_name`;
  const violations: string[] = [];
  for (const job of failed) {
    if (!bluntReasons.includes(job.errorCode) || job.fewestTries < 3) {
      violations.push(
        `retry: ${job.originalName} failed with ${job.errorCode} after ${job.fewestTries} tries`,
      );
    }
    const answer = await fetch(`${site.server.address}/v1/jobs/${job.id}/retry`, {
      method: 'POST',
    });
    if (answer.status !== 202) violations.push(`retry: ${answer.status} ${await answer.text()}`);
  }
  return { count: failed.length, violations };
}
