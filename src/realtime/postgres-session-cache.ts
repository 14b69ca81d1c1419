import type { Database } from '#db/database.ts';
import { json } from '#db/sql-tag.ts';
import type { Logger } from '#kernel/logger.ts';
import { quietly } from './quietly.ts';
import type { SessionCache } from './session-cache.ts';
import { parseSessionState, sessionSeconds, toSessionState } from './session-cache.ts';

/** The expiry is moved on in steps of this, so that not every request writes. */
const slideSeconds = 3_600;

export function createPostgresSessionCache(database: Database, logger: Logger): SessionCache {
  return {
    get: (userId, sessionId) =>
      quietly(logger, null, async () => {
        // 1. all sessions of the user live on, 2. the one that was asked for
        const rows = await database.sql<{ state: unknown }>`
          with slid as (
            update session_fields set expires_at = now() + make_interval(secs => ${sessionSeconds})
            where user_id = ${userId} and expires_at > now()
              and expires_at < now() + make_interval(secs => ${sessionSeconds - slideSeconds})
          )
          select state from session_fields
          where user_id = ${userId} and session_id = ${sessionId} and expires_at > now()`;
        return parseSessionState(rows[0]?.state);
      }),
    async set(userId, sessionId, session) {
      const state = json(toSessionState(session));
      await quietly(
        logger,
        [],
        () => database.sql`
          insert into session_fields (user_id, session_id, state, expires_at)
          values (${userId}, ${sessionId}, ${state}, now() + make_interval(secs => ${sessionSeconds}))
          on conflict (user_id, session_id)
          do update set state = excluded.state, expires_at = excluded.expires_at`,
      );
    },
    async remove(userId, sessionId) {
      await database.sql`
        delete from session_fields where user_id = ${userId} and session_id = ${sessionId}`;
    },
    async drop(userId) {
      await database.sql`delete from session_fields where user_id = ${userId}`;
    },
  };
}
