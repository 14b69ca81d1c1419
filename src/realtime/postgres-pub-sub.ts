import type { Database } from '#db/database.ts';
import type { Logger } from '#kernel/logger.ts';
import type { PubSub } from './pub-sub.ts';
import { quietly } from './quietly.ts';

/** LISTEN and NOTIFY; each message is a commit of its own that does not wait for the disk. */
export function createPostgresPubSub(database: Database, logger: Logger): PubSub {
  return {
    publish: (channel, message) =>
      quietly(logger, false, async () => {
        await database.sql`
          select set_config('synchronous_commit', 'off', true), pg_notify(${channel}, ${message})`;
        return true;
      }),
    subscribe: (channel, listener) => database.listen(channel, listener),
  };
}
