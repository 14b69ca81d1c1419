import type { Database } from '#db/database.ts';
import { json } from '#db/sql-tag.ts';
import type { Logger } from '#kernel/logger.ts';
import type { ProgressStore } from './progress-store.ts';
import { parseProgress, progressSeconds } from './progress-store.ts';
import { quietly } from './quietly.ts';

export function createPostgresProgressStore(database: Database, logger: Logger): ProgressStore {
  return {
    async put(jobId, progress) {
      await quietly(
        logger,
        [],
        () => database.sql`
          insert into job_progress_fields as p (job_id, fields, expires_at)
          values (${jobId}, ${json(progress)}, now() + make_interval(secs => ${progressSeconds}))
          on conflict (job_id) do update set fields = excluded.fields, expires_at = excluded.expires_at
          where (p.fields ->> 'at')::numeric <= (excluded.fields ->> 'at')::numeric`,
      );
    },
    get: (jobId) =>
      quietly(logger, null, async () => {
        const rows = await database.sql<{ fields: unknown }>`
          select fields from job_progress_fields where job_id = ${jobId} and expires_at > now()`;
        return parseProgress(rows[0]?.fields);
      }),
  };
}
