import type { Database } from '#db/database.ts';
import type { JobId } from '#kernel/ids.ts';
import type { Logger } from '#kernel/logger.ts';
import { quietly } from './quietly.ts';
import type { SubscriptionStore } from './subscription-store.ts';
import { subscriptionSeconds } from './subscription-store.ts';

export function createPostgresSubscriptionStore(
  { sql }: Database,
  logger: Logger,
): SubscriptionStore {
  return {
    async add(userId, jobIds) {
      if (jobIds.length === 0) return;
      await quietly(
        logger,
        [],
        () => sql`
          insert into live_subscriptions (user_id, job_id, expires_at)
          select distinct ${userId}::uuid, j.id, now() + make_interval(secs => ${subscriptionSeconds})
          from unnest(${jobIds}::uuid[]) as j (id)
          on conflict (user_id, job_id) do update set expires_at = excluded.expires_at`,
      );
    },
    async remove(userId, jobIds) {
      await quietly(
        logger,
        [],
        () => sql`
          delete from live_subscriptions where user_id = ${userId} and job_id = any(${jobIds}::uuid[])`,
      );
    },
    list: (userId) =>
      quietly(logger, [], async () => {
        const rows = await sql<{ jobId: JobId }>`
          select job_id from live_subscriptions where user_id = ${userId} and expires_at > now()`;
        return rows.map((row) => row.jobId);
      }),
    async touch(userId) {
      await quietly(
        logger,
        [],
        () => sql`
          update live_subscriptions set expires_at = now() + make_interval(secs => ${subscriptionSeconds})
          where user_id = ${userId} and expires_at > now()`,
      );
    },
  };
}
